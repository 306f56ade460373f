"""The lines of an import and of an export: one JSON object each, told apart by ``type``."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType, field

from helpline.conversations import CloseReason, State
from helpline.core import In
from helpline.people import Role

Id = Annotated[str, Meta(min_length=1, max_length=150)]
Name = Annotated[str, Meta(min_length=1, max_length=120)]
LongName = Annotated[str, Meta(max_length=200)]
Address = Annotated[str, Meta(max_length=254)]
Locale = Annotated[str, Meta(max_length=10)]
Text = Annotated[str, Meta(max_length=20_000)]
Time = Annotated[datetime, Meta(tz=True)]
Position = Annotated[int, Meta(ge=0, le=100_000)]
Count = Annotated[int, Meta(ge=0, le=1000)]


class Part(In, omit_defaults=True):
    """What is as it is without being said is left out."""


class OwnerLine(Part, tag="owner", tag_field="type", kw_only=True):
    name: Name
    active: bool = True


class TeamLine(Part, tag="team", tag_field="type", kw_only=True):
    name: Name
    limit: Count | None = None
    active: bool = True


class AgentLine(Part, tag="agent", tag_field="type", kw_only=True):
    email: Address
    name: Name
    role: Role = Role.AGENT
    locale: Literal["en", "zh-TW"] = "en"
    limit: Count | None = None
    active: bool = False
    teams: list[Name] = []


class CategoryLine(Part, tag="category", tag_field="type", kw_only=True):
    name: Name
    team: Name
    owner: Name | None = None
    requires: list[Literal["result", "reasons", "notes", "contact"]] = field(
        default_factory=lambda: ["result", "reasons"]
    )
    active: bool = True


class ChannelLine(Part, tag="channel", tag_field="type", kw_only=True):
    name: Name
    category: Name
    kind: Annotated[str, Meta(min_length=1, max_length=20, pattern="^[a-z_]+$")] = "webchat"
    allowed_domains: list[str] = []
    brand_color: Annotated[str, Meta(pattern=r"^#[0-9a-fA-F]{6}$")] = "#215aca"
    greeting: Annotated[str, Meta(max_length=1000)] = ""
    active: bool = False


class ResultLine(Part, tag="result", tag_field="type", kw_only=True):
    label: Name
    category: Annotated[str, Meta(max_length=120)] = ""
    position: Position = 0
    active: bool = True


class ReasonLine(Part, tag="reason", tag_field="type", kw_only=True):
    label: Name
    heading: Name | None = None
    description: Annotated[str, Meta(max_length=2000)] = ""
    position: Position = 0
    active: bool = True
    categories: list[Name] = []


class ContactLine(Part, tag="contact", tag_field="type", kw_only=True):
    id: Id
    name: Annotated[str, Meta(min_length=1, max_length=200)]
    email: Address = ""
    phone: Annotated[str, Meta(max_length=40)] = ""
    company: LongName = ""
    locale: Locale = ""
    notes: Annotated[str, Meta(max_length=10_000)] = ""
    created_at: Time | None = None


class FileIn(Part):
    name: Annotated[str, Meta(min_length=1, max_length=200)]
    path: Annotated[str, Meta(min_length=1, max_length=1000)]
    """Beside the file of lines, such as ``files/invoice.pdf``."""


class EntryIn(Part):
    """What was said, or an event: queued, assigned, transferred, returned, closed."""

    at: Time
    by: Literal["contact", "agent", "bot", "event"] = "contact"
    id: Id | None = None
    agent: Address | None = None
    """E-mail address or name; left out: who served the conversation."""
    name: LongName = ""
    text: Text = ""
    visibility: Literal["public", "internal"] = "public"
    files: Annotated[list[FileIn], Meta(max_length=10)] = []
    event: dict[str, Any] | None = None


class ReasonIn(Part):
    label: Name
    heading: Name | None = None
    written: Name | None = None
    """As it was written on the record, if it has another name now."""


class HandoverIn(Part):
    to: Address
    at: Time
    why: Annotated[str, Meta(max_length=20)] = "transferred"


class RecordIn(Part):
    id: Id | None = None
    number: int | None = None
    """Only told; a record taken in gets the next number here."""
    handler: Address | None = None
    contact: Id | None = None
    owner: Name | None = None
    direction: Literal["inbound", "outbound"] = "inbound"
    result: Name | None = None
    reasons: Annotated[list[Name | ReasonIn], Meta(max_length=50)] = []
    notes: Text = ""
    started_at: Time | None = None
    conversation_ended_at: Time | None = None
    ended_at: Time | None | UnsetType = UNSET
    """``null``: not completed yet. Left out: with the conversation."""
    waited_seconds: Annotated[float, Meta(ge=0)] | None = None
    handovers: list[HandoverIn] = []
    written: dict[Literal["result", "owner", "category", "channel", "contact"], LongName] = {}
    """Names as they were written on the record, where they are others now."""


class RecordLine(RecordIn, tag="record", tag_field="type", kw_only=True):
    id: Id
    conversations: Annotated[list[Id], Meta(min_length=1, max_length=200)]


class ConversationLine(Part, tag="conversation", tag_field="type", kw_only=True):
    id: Id
    channel: Name
    category: Name | None = None
    team: Name | None = None
    agent: Address | None = None
    contact: Id | ContactLine | None = None
    contact_name: LongName = ""
    address: Address | None = None
    email: Address = ""
    locale: Locale = ""
    thread: LongName = ""
    page: Annotated[str, Meta(max_length=500)] | None = None
    priority: Annotated[int, Meta(ge=-1000, le=1000)] = 0
    state: State = State.CLOSED
    created_at: Time | None = None
    queued_at: Time | None = None
    assigned_at: Time | None = None
    closed_at: Time | None = None
    close_reason: CloseReason | None = None
    messages: Annotated[list[EntryIn], Meta(max_length=10_000)] = []
    """May as well follow as lines of their own, right below."""
    record: RecordIn | None = None


class MessageLine(EntryIn, tag="message", tag_field="type", kw_only=True):
    conversation: Id
    id: Id


SettingLine = OwnerLine | TeamLine | AgentLine | CategoryLine | ChannelLine | ResultLine | ReasonLine
Line = SettingLine | ContactLine | ConversationLine | MessageLine | RecordLine

decode = msgspec.json.Decoder(Line).decode
encode = msgspec.json.Encoder().encode


def kind_of(line: Line) -> str:
    """What the line is: ``contact``, ``conversation`` …"""
    return str(line.__struct_config__.tag)
