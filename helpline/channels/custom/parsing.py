"""What a program tells us of its channel, as events. Struct by struct: what is not understood is refused with its place."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from helpline.channels.inbound import (
    OPTED_OUT,
    Deleted,
    Edited,
    Event,
    Media,
    NotUnderstood,
    Reachable,
    Reacted,
    ReadUpTo,
    Reported,
    Said,
    Who,
)
from helpline.channels.outbound import Failed
from helpline.channels.reasons import Reason

Id = Annotated[str, Meta(min_length=1, max_length=150)]
Short = Annotated[str, Meta(max_length=200)]
Moment = Annotated[datetime, Meta(tz=True)]


class Strict(Struct, kw_only=True, forbid_unknown_fields=True):
    """What is misspelt is said so, and not overlooked."""


class Person(Strict):
    address: Id
    name: Short = ""
    email: Annotated[str, Meta(max_length=254)] = ""
    phone: Annotated[str, Meta(max_length=40)] = ""
    locale: Annotated[str, Meta(max_length=10)] = ""

    def who(self) -> Who:
        """As the product knows them."""
        return Who(address=self.address, name=self.name, email=self.email, phone=self.phone, locale=self.locale)


class Attached(Strict):
    url: Annotated[str, Meta(pattern=r"^https?://", max_length=2000)]
    name: Short = ""
    type: Annotated[str, Meta(max_length=100)] = ""


class Place(Strict):
    latitude: Annotated[float, Meta(ge=-90, le=90)]
    longitude: Annotated[float, Meta(ge=-180, le=180)]
    name: Short = ""
    address: Annotated[str, Meta(max_length=500)] = ""


class MessageGiven(Strict, tag_field="type", tag="message"):
    id: Id
    sender: Person = msgspec.field(name="from")
    text: Annotated[str, Meta(max_length=20_000)] = ""
    files: Annotated[list[Attached], Meta(max_length=10)] = []
    location: Place | None = None
    reply_to: Annotated[str, Meta(max_length=150)] = ""
    at: Moment | None = None

    def event(self) -> Event:
        """Somebody wrote."""
        media = tuple(Media(ref={"url": one.url}, name=one.name, media_type=one.type) for one in self.files)
        details = {"location": msgspec.to_builtins(self.location)} if self.location else {}
        return Said(
            external_id=self.id,
            who=self.sender.who(),
            text=self.text,
            media=media,
            details=details,
            answers=self.reply_to,
            at=self.at,
        )


class EditGiven(Strict, tag_field="type", tag="edit"):
    id: Id
    sender: Person = msgspec.field(name="from")
    text: Annotated[str, Meta(max_length=20_000)]
    at: Moment | None = None

    def event(self) -> Event:
        """Somebody changed what they wrote."""
        return Edited(external_id=self.id, who=self.sender.who(), text=self.text, at=self.at)


class DeleteGiven(Strict, tag_field="type", tag="delete"):
    id: Id

    def event(self) -> Event:
        """Somebody took back what they wrote."""
        return Deleted(external_id=self.id)


class ReactionGiven(Strict, tag_field="type", tag="reaction"):
    id: Id
    sender: Person = msgspec.field(name="from")
    emoji: Annotated[str, Meta(max_length=40)] = ""
    at: Moment | None = None

    def event(self) -> Event:
        """Somebody put a sign to a message."""
        return Reacted(external_id=self.id, who=self.sender.who(), emoji=self.emoji, at=self.at)


class StatusGiven(Strict, tag_field="type", tag="status"):
    id: Id
    state: Literal["delivered", "read", "failed"]
    reason: Reason | None = None
    detail: Annotated[str, Meta(max_length=500)] = ""

    def event(self) -> Event:
        """What became of a message of ours."""
        if self.state != "failed":
            return Reported(external_id=self.id, state=self.state)
        why = Failed.by(self.reason, self.detail) if self.reason else Failed("permanent", self.detail)
        return Reported(external_id=self.id, state=self.state, failure=why)


class ReadGiven(Strict, tag_field="type", tag="read"):
    sender: Person = msgspec.field(name="from")
    at: Moment

    def event(self) -> Event:
        """Somebody has read all until then."""
        return ReadUpTo(who=self.sender.who(), at=self.at)


class SubscriptionGiven(Strict, tag_field="type", tag="subscription"):
    sender: Person = msgspec.field(name="from")
    active: bool
    at: Moment | None = None

    def event(self) -> Event:
        """Somebody wants to be written to, or no longer."""
        why = "opted_in" if self.active else OPTED_OUT
        return Reachable(who=self.sender.who(), reachable=self.active, why=why, at=self.at)


Given = MessageGiven | EditGiven | DeleteGiven | ReactionGiven | StatusGiven | ReadGiven | SubscriptionGiven


class Call(Strict):
    events: Annotated[list[Given], Meta(min_length=1, max_length=100)]


_DECODER = msgspec.json.Decoder(Call)


def events_of(body: bytes) -> list[Event]:
    """What a call tells; ``NotUnderstood`` with the place for what it says wrongly."""
    try:
        return [given.event() for given in _DECODER.decode(body).events]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotUnderstood(str(error)) from error
