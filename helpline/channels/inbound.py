"""What happens on channels, as adapters tell it: values, the same for every provider."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import urlencode

from msgspec import Meta, MsgspecError

from .outbound import Failed

T = TypeVar("T")
Id = Annotated[str, Meta(min_length=1, max_length=200)]
"""What a provider calls a message: without it nobody could tell whether it came before."""
Address = Annotated[str, Meta(max_length=254)]
"""What one writes to."""


@dataclass(frozen=True, kw_only=True)
class Raw:
    """What came in, byte for byte."""

    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names in small letters."""
    query: Mapping[str, str] = field(default_factory=dict)
    url: str = ""
    """The whole address that was called, which some providers sign."""
    at: datetime | None = None

    @property
    def content(self) -> bytes:
        """What it says: the body, or without one what stands in the address."""
        return self.body or urlencode(sorted(self.query.items())).encode()


@dataclass(frozen=True, kw_only=True)
class Who:
    """A person, or a group of them, as the provider knows them; ``address`` is what one writes to."""

    address: str
    name: str = ""
    email: str = ""
    phone: str = ""
    locale: str = ""
    member: str = ""
    """Who of a group it was, by the provider's id."""
    member_name: str = ""


@dataclass(frozen=True, kw_only=True)
class Media:
    """A file that came with a message and is still with the provider; ``fetch`` understands ``ref``."""

    ref: Mapping[str, Any]
    name: str = ""
    media_type: str = ""
    size: int | None = None
    content: bytes | None = None
    """The bytes, where they came along."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened on a channel."""

    at: datetime | None = None
    """When, by the provider's clock: what it tells twice or too late undoes nothing that happened since."""

    @property
    def about(self) -> frozenset[str]:
        """The people and messages that it names: of two events that name the same, the earlier is taken in first."""
        who: Who | None = getattr(self, "who", None)
        named = {getattr(self, "external_id", ""), getattr(self, "answers", ""), who.address if who else ""}
        return frozenset(named - {""})


@dataclass(frozen=True, kw_only=True)
class Said(Event):
    """A contact wrote. ``external_id`` is the provider's; the same one again changes nothing."""

    external_id: str
    who: Who
    text: str = ""
    media: tuple[Media, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)
    """What else the message holds (``conversations.particulars.Particulars``): location, sticker, subject, cc …"""
    answers: str = ""
    """The provider's id of the message that it points at, of either side."""
    thread: str = ""
    reply_with: Mapping[str, Any] = field(default_factory=dict)
    """What an answer needs, such as a reply token; kept until the next message of theirs. With ``until`` in it (seconds since
    1970) it is good once, and until then."""
    automatic: bool = False
    """Whether a machine wrote it: nothing automatic answers."""
    awaits: str = ""
    """What waits at the contact's to be told that this was heard, by the provider's id (``signs.Heard``)."""


@dataclass(frozen=True, kw_only=True)
class SaidElsewhere(Event):
    """Somebody of our side wrote to a contact: in the provider's own inbox or by another program; or it is an echo of ours."""

    external_id: str
    who: Who
    """To whom."""
    text: str = ""
    media: tuple[Media, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)
    answers: str = ""
    by: str = ""
    """What the provider calls the program; empty where a person wrote at the provider's, or nobody says."""
    key: str = ""
    """Ours (``Outbound.key``), where it came along with what we sent."""


@dataclass(frozen=True, kw_only=True)
class Edited(Event):
    """The sender changed a message."""

    external_id: str
    who: Who
    text: str


@dataclass(frozen=True, kw_only=True)
class Deleted(Event):
    """The sender took a message back."""

    external_id: str


@dataclass(frozen=True, kw_only=True)
class Reacted(Event):
    """A contact put a sign to a message, ours or theirs; an empty one takes it away."""

    external_id: str
    who: Who
    emoji: str = ""


@dataclass(frozen=True, kw_only=True)
class Reported(Event):
    """What became of a message of ours."""

    external_id: str
    state: Literal["sent", "delivered", "read", "failed"]
    failure: Failed | None = None


@dataclass(frozen=True, kw_only=True)
class ReadUpTo(Event):
    """A contact has read what was written to them until then."""

    who: Who
    at: datetime


OPTED_OUT = "opted_out"
"""They asked for no more messages: that holds until they take it back, whatever else they write."""


@dataclass(frozen=True, kw_only=True)
class Reachable(Event):
    """A contact can be written to from now on, or no longer: followed, blocked, opted out (``why``)."""

    who: Who
    reachable: bool
    why: str
    said_by: str = ""
    """The message that said so, where it was one: it counts from when that came first."""


@dataclass(frozen=True, kw_only=True)
class Unsupported(Event):
    """A contact sent something that we cannot show; it stands in the conversation, and what came is kept."""

    external_id: str
    who: Who
    what: str
    reply_with: Mapping[str, Any] = field(default_factory=dict)


class NotUnderstood(Exception):
    """What came in makes no sense to its adapter; it is put into quarantine, with the reason."""


@dataclass(frozen=True, kw_only=True)
class Puzzling(Event):
    """One of several things that were told at once makes no sense; the others are taken in, and the whole waits in quarantine."""

    why: str


def one_by_one(told: Iterable[T], read: Callable[[T], list[Event]]) -> list[Event]:
    """What each of these tells. One that makes no sense holds up no other: providers put several customers into one call."""
    events: list[Event] = []
    for one in told:
        try:
            events += read(one)
        except (NotUnderstood, MsgspecError) as error:
            events.append(Puzzling(why=str(error)))
    return events


def sensible(events: list[Event]) -> list[Event]:
    """These, unless there is nothing but riddles in them: then ``NotUnderstood``."""
    riddles = [one.why for one in events if isinstance(one, Puzzling)]
    if events and len(riddles) == len(events):
        raise NotUnderstood(riddles[0])
    return events
