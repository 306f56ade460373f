"""What a message holds beside its text and files, on the channels that have it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

Short = Annotated[str, Meta(max_length=500)]


class Particular(Struct, kw_only=True, omit_defaults=True, frozen=True):
    """A part of a message's particulars; what is not there is not sent."""


class Location(Particular, frozen=True):
    latitude: float
    longitude: float
    name: str = ""
    address: str = ""


class Sticker(Particular, frozen=True):
    id: str
    package: str = ""
    emoji: str = ""
    url: str = ""
    keywords: list[str] = []


class Card(Particular, frozen=True):
    """A person or place that was passed on."""

    name: str
    phones: list[str] = []
    emails: list[str] = []


class Button(Particular, frozen=True):
    """What was tapped."""

    title: str
    data: str = ""


class Reaction(Particular, frozen=True):
    emoji: str
    by: str
    name: str = ""


class Version(Particular, frozen=True):
    """What stood there before the sender changed it."""

    text: str
    until: datetime


class Failure(Particular, frozen=True):
    """Why it did not reach the contact."""

    kind: str
    reason: str = ""
    """In one of our words (``channels.reasons``), where it is known."""
    detail: str = ""
    """In the provider's."""


class Missed(Failure, kw_only=True, frozen=True):
    """Who did not get a copy, and why."""

    address: str


class Mail(Particular, frozen=True):
    """An e-mail's own."""

    author: str = ""
    """The address that it says it is from, of one that came in."""
    name: str = ""
    written_at: datetime | None = None
    caution: str = ""
    """Why the author may be somebody else than it seems: ``name``, which shows another address, or ``address``, which looks like
    one it is not; or ``reply``, where answers go to another address than the author's."""
    subject: str = ""
    renamed: str = ""
    """Not empty where it is about something else than the mail before it."""
    to: list[str] = []
    cc: list[str] = []
    bcc: list[str] = []
    id: str = ""
    """Its Message-ID, of one that goes out."""
    reply_to: str = ""
    """Where answers go, if elsewhere."""
    answers: str = ""
    """The Message-ID of what it answers."""
    answered: str | None = None
    """The message here that it answers, of one that goes out; empty where it answers none."""
    references: list[str] = []
    signature: str = ""
    quoted_from: str = ""
    """The line above what is quoted."""
    html: str = ""
    """Not empty where there is more to see than the text: the whole mail is asked for."""
    quoted: str = ""
    """What goes below an answer; of a mail that came in, not empty where the whole of it says more."""
    automatic: str = ""
    """What kind of automatic mail it is."""
    left_out: int = 0
    """How many files more came with it, which are in the mail as it came and not here."""


class Elsewhere(Particular, frozen=True):
    """Where something was said to the contact that was not said here."""

    app: str = ""
    """What the provider calls the program; empty where a person wrote at the provider's, or nobody says."""


class SentTemplate(Particular, frozen=True):
    """An approved text that was sent, and what was filled in."""

    name: str
    language: str = ""
    values: dict[str, str] = {}
    """By the name or number of their place, in the order of the places."""
    links: list[str] = []
    """What else can be tapped below it: what opens, calls or copies something."""


class Particulars(Particular, frozen=True):
    """All that there can be."""

    location: Location | None = None
    sticker: Sticker | None = None
    cards: list[Card] = []
    button: Button | None = None
    choices: list[str] = []
    """The answers that were offered to tap."""
    reply_to: str = ""
    """The message that it answers, by its id here."""
    tokens: dict[str, str] = {}
    """By what its provider speaks of it: ``quote`` to point at it, ``read`` to say that it was read."""
    reactions: list[Reaction] = []
    versions: list[Version] = []
    changed_at: dict[str, datetime] = {}
    """When its sender last changed ``text``, and when whoever is named put or took their sign, by the provider's clock."""
    deleted_at: datetime | None = None
    written_at: datetime | None = None
    """When it was written, where it came later."""
    unsupported: str = ""
    """What it is, where it cannot be shown."""
    payload: str = ""
    """In which payload that is kept as it came."""
    mail: Mail | None = None
    template: SentTemplate | None = None
    failure: Failure | None = None
    missed: list[Missed] = []
    """Who should have had a copy and did not get it, of one that went out."""
    elsewhere: Elsewhere | None = None
    """Of what somebody of our side said, and not by Helpline."""
    referral: str = ""
    """The advertisement or link by which they came."""


def holds(text: str, files: Sequence[Any], details: Particulars | None) -> str:
    """What a message is, where it has no words of its own: lists say it in the language of who reads them."""
    if text.strip():
        return ""
    if files:
        return "file"
    there = ("location", "sticker", "cards", "button", "template", "unsupported", "mail")
    return next((name for name in there if details is not None and getattr(details, name)), "")


def preview(particulars: Particulars | None) -> str:
    """What stands in lists for a message without words, beside what it is, which lists say in the language of who reads."""
    if particulars is None:
        return ""
    if particulars.location:
        return particulars.location.name or particulars.location.address
    if particulars.sticker:
        return particulars.sticker.emoji
    if particulars.cards:
        return particulars.cards[0].name
    return particulars.button.title if particulars.button else ""


def read(kept: Any) -> Particulars | None:
    """As they are kept with the message; nothing for nothing."""
    return msgspec.convert(kept, Particulars) if kept else None


def kept(particulars: Particulars) -> dict[str, Any] | None:
    """As they are to be kept."""
    return msgspec.to_builtins(particulars) or None
