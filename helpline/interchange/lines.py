"""The lines of an import and of an export: one JSON object each, told apart by ``type``."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from helpline.conversations import CloseReason, State
from helpline.conversations.mail_shapes import MailIn
from helpline.conversations.models import MessageState
from helpline.conversations.particulars import Particulars
from helpline.people.fields import Skills
from helpline.service_records import RecordState

from .merge_lines import ContactMergeLine
from .setting_lines import SettingLine
from .setting_parts import Address, Id, Locale, LongName, Name, Part, Text, Time


class ContactLine(Part, tag="contact", tag_field="type", kw_only=True):
    id: Id
    name: Annotated[str, Meta(min_length=1, max_length=200)]
    email: Address = ""
    phone: Annotated[str, Meta(max_length=40)] = ""
    company: LongName = ""
    locale: Locale = ""
    notes: Annotated[str, Meta(max_length=10_000)] = ""
    external_id: Annotated[str, Meta(min_length=1, max_length=200)] | None = None
    """What a site that vouches for its visitors calls this person."""
    agent: Address | None = None
    """Who is responsible for them."""
    created_at: Time | None = None


class ContactPointLine(Part, tag="contact_point", tag_field="type", kw_only=True):
    """An address on a channel, also of somebody who never wrote."""

    channel: Name
    address: Annotated[str, Meta(min_length=1, max_length=254)]
    name: LongName = ""
    email: Address = ""
    phone: Annotated[str, Meta(max_length=40)] = ""
    locale: Locale = ""
    time_zone: Annotated[str, Meta(max_length=64)] = ""
    browser: Annotated[str, Meta(max_length=100)] = ""
    answered: Annotated[list[Name], Meta(max_length=200)] = []
    claims: dict[str, Any] = {}
    unreachable: Annotated[str, Meta(max_length=20)] = ""
    """Why they cannot be written to."""
    contact: Id | None = None
    created_at: Time | None = None


class RatingIn(Part):
    """That the contact was asked what they thought, and what they answered."""

    agent: Address
    asked_at: Time
    expires_at: Time
    rated_at: Time | None = None
    stars: Annotated[int, Meta(ge=1, le=5)] | None = None
    comment: Text = ""
    reasons: Annotated[list[LongName], Meta(max_length=100)] = []


class FileIn(Part):
    name: Annotated[str, Meta(min_length=1, max_length=200)]
    path: Annotated[str, Meta(min_length=1, max_length=1000)]
    """Beside the file of lines, such as ``files/invoice.pdf``."""


class MentionIn(Part):
    """A colleague whom a note asks in, and when they read it."""

    agent: Address
    read_at: Time | None = None


class EntryIn(Part):
    """What was said, or an event: queued, assigned, transferred, returned, closed …"""

    at: Time
    by: Literal["contact", "agent", "bot", "event"] = "contact"
    id: Id | None = None
    agent: Address | None = None
    """E-mail address or name; left out: who served the conversation."""
    name: LongName | None = None
    """As it was shown then; left out: the name of now."""
    text: Text = ""
    visibility: Literal["public", "internal"] = "public"
    files: Annotated[list[FileIn], Meta(max_length=10)] = []
    event: dict[str, Any] | None = None
    mentions: Annotated[list[MentionIn], Meta(max_length=100)] = []
    state: MessageState = "sent"
    details: Particulars | None = None
    """What else it holds, on channels that have it."""


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
    number: Annotated[int, Meta(ge=1, le=2_000_000_000)] | None = None
    """Kept where it is free; else, and left out, it is the next one here."""
    state: RecordState | None = None
    """Left out: completed, or in wrap-up without an ``ended_at``."""
    handler: Address | None = None
    contact: Id | None | UnsetType = UNSET
    team: Name | None = None
    owner: Name | None | UnsetType = UNSET
    direction: Literal["inbound", "outbound"] = "inbound"
    result: Name | None = None
    reasons: Annotated[list[Name | ReasonIn], Meta(max_length=50)] = []
    notes: Text = ""
    started_at: Time | None = None
    conversation_ended_at: Time | None = None
    ended_at: Time | None | UnsetType = UNSET
    """``null``: not completed yet. Left out: with the conversation."""
    waited_seconds: Annotated[float, Meta(ge=0)] | None = None
    rating: Annotated[int, Meta(ge=1, le=5)] | None = None
    edited_by: Address | None = None
    edited_at: Time | None = None
    handovers: list[HandoverIn] = []
    written: dict[Literal["result", "owner", "category", "channel", "contact"], LongName] = {}
    """Names as they were written on the record, where they are others now."""


class RecordLine(RecordIn, tag="record", tag_field="type", kw_only=True):
    id: Id
    conversations: Annotated[list[Id], Meta(min_length=1, max_length=10_000)]
    began_with: Id | None = None
    """Left out: the earliest of them."""


class ConversationLine(Part, tag="conversation", tag_field="type", kw_only=True):
    id: Id
    channel: Name
    category: Name | None = None
    owner: Name | None | UnsetType = UNSET
    team: Name | None = None
    agent: Address | None = None
    contact: Id | ContactLine | None = None
    contact_name: LongName = ""
    address: Address | None = None
    email: Address = ""
    locale: Locale = ""
    thread: LongName = ""
    page: Annotated[str, Meta(max_length=500)] | None = None
    subject: Annotated[str, Meta(max_length=500)] = ""
    priority: Annotated[int, Meta(ge=-1_000_000, le=1_000_000)] = 0
    skills: Skills = []
    state: State = State.CLOSED
    created_at: Time | None = None
    queued_at: Time | None = None
    assigned_at: Time | None = None
    closed_at: Time | None = None
    close_reason: CloseReason | None = None
    previous: Id | None | UnsetType = UNSET
    """Which one the contact had before; left out: the latest that is there."""
    waiting_since: Time | None | UnsetType = UNSET
    unread: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    snoozed_at: Time | None = None
    snoozed_until: Time | None = None
    woken_at: Time | None = None
    message_left_at: Time | None = None
    """When the contact was asked to leave a message, if that is what waits."""
    avoid: Address | None = None
    """Who handed it to the team for which it waits."""
    messages: Annotated[list[EntryIn], Meta(max_length=10_000)] = []
    """May as well follow as lines of their own, right below."""
    record: RecordIn | None = None
    rating: RatingIn | None = None


class MessageLine(EntryIn, tag="message", tag_field="type", kw_only=True):
    conversation: Id
    id: Id


class DraftLine(Part, tag="draft", tag_field="type", kw_only=True):
    """What an agent has begun to write."""

    conversation: Id
    agent: Address
    text: Text = ""
    visibility: Literal["public", "internal"] = "public"
    aside: Text = ""
    """What was begun of the other kind."""
    files: Annotated[list[FileIn], Meta(max_length=10)] = []
    mail: MailIn | None = None
    """What was decided of the mail that it becomes."""
    choices: Annotated[list[Annotated[str, Meta(max_length=200)]], Meta(max_length=30)] = []
    """What the contact is to choose from."""
    saved_at: Time | None = None


Line = (
    SettingLine
    | ContactLine
    | ContactPointLine
    | ConversationLine
    | MessageLine
    | RecordLine
    | ContactMergeLine
    | DraftLine
)

decode = msgspec.json.Decoder(Line).decode
encode = msgspec.json.Encoder().encode


def kind_of(line: Line) -> str:
    """What the line is: ``contact``, ``conversation`` …"""
    return str(line.__struct_config__.tag)
