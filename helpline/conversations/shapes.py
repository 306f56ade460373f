"""How conversations and messages look on the wire, and who is told about them."""

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import Meta

from helpline.channels.models import ChannelKind
from helpline.core import In, Out, Tx, Update
from helpline.core.shapes import UNSET, UnsetType
from helpline.files.shapes import FileOut
from helpline.people.fields import Skills

from .event_shapes import EventOut
from .mail_shapes import MailIn
from .models import AuthorKind, CloseReason, Conversation, Message, MessageKind, MessageState, State, Visibility
from .particulars import Particulars, read
from .template_shapes import TemplateIn

MOST_TEXT = 20_000
Text = Annotated[str, Meta(max_length=MOST_TEXT)]
ClientId = Annotated[str, Meta(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
Choices = Annotated[list[Annotated[str, Meta(min_length=1, max_length=200)]], Meta(max_length=30)]
Note = Annotated[str, Meta(max_length=2000)]


class ConversationOut(Out):
    id: str
    version: int
    state: State
    close_reason: CloseReason | None
    channel_id: str
    channel_kind: ChannelKind
    category_id: str
    owner_id: str | None
    team_id: str
    decider: Literal["contact", "server"] | None
    """Who is asked which team it goes to, while its state is `bot`; after that, who said so."""
    agent_id: str | None
    contact_id: str | None
    contact_point_id: str
    contact_name: str
    subject: str
    page: str | None
    priority: int
    urgency: float
    skills: list[str]
    created_at: datetime
    queued_at: datetime | None
    assigned_at: datetime | None
    offered_at: datetime | None
    offered_until: datetime | None
    first_answer_at: datetime | None
    closed_at: datetime | None
    last_seq: int
    last_text: str
    last_holds: str
    """What the last message is, where its text is only a sign or a name for it."""
    last_by: Literal["contact", "agent", "bot", ""]
    last_at: datetime
    waiting_since: datetime | None
    unread: int
    agent_reminded_at: datetime | None
    escalated_at: datetime | None
    rating_asked_at: datetime | None
    message_left_at: datetime | None
    snoozed_at: datetime | None
    snoozed_until: datetime | None
    woken_at: datetime | None
    reply_until: datetime | None
    """Until when the contact can be answered freely; nothing where always."""
    service_record_id: str | None
    previous_id: str | None


class AuthorOut(Out):
    kind: AuthorKind
    id: str
    name: str


class MessageOut(Out):
    id: str
    conversation_id: str
    seq: int
    kind: MessageKind
    author: AuthorOut
    visibility: Visibility
    text: str
    files: list[FileOut]
    event: EventOut | None
    at: datetime
    client_id: str | None
    state: MessageState
    mentions: list[str]
    details: Particulars | None = None
    """What else it holds, on channels that have it, and why it did not arrive."""


class MentionOut(Out):
    id: str
    conversation_id: str
    message_id: str
    seq: int
    by_id: str
    by_name: str
    at: datetime
    read_at: datetime | None


class ConversationPage(Out):
    items: list[ConversationOut]
    next: str | None


class MessagePage(Out):
    items: list[MessageOut]
    more: bool


class QueueOut(Out):
    team_id: str
    name: str
    waiting: int
    oldest: datetime | None
    ready_agents: int


class ReturnedOut(Out):
    conversation_id: str
    contact_name: str
    state: State
    agent_id: str | None


class MessageIn(In):
    id: ClientId
    text: Text = ""
    visibility: Visibility = "public"
    file_ids: Annotated[list[str], Meta(max_length=10)] = []
    seen_up_to: int | None = None
    anyway: bool = False
    draft: Annotated[int, Meta(ge=0)] | None = None
    """The version of the draft that it was made from; the draft goes with it."""
    mentions: Annotated[list[str], Meta(max_length=20)] = []
    """Colleagues whom a note asks in: they may read the conversation from then on."""
    reply_to: str | None = None
    """The message that it answers, where the channel can point at one (`quotes`)."""
    mail: MailIn | None = None
    """In conversations by e-mail; without it, whoever had a copy of what is answered has one of the answer."""
    choices: Choices = []
    """Answers to tap, up to the channel's `choices` of `choice_length` characters; numbered in the text where it has none."""
    template: TemplateIn | None = None
    """Also where the contact cannot be answered freely any more; `text` is left out, or what it says as the agent saw it."""


class SeenIn(In):
    seq: Annotated[int, Meta(ge=0)]


class SnoozeIn(In):
    until: Annotated[datetime, Meta(tz=True)] | None = None


class TransferIn(In):
    agent_id: str | None = None
    team_id: str | None = None
    note: Note = ""


class NeedsIn(In):
    priority: Annotated[int, Meta(ge=-1_000_000, le=1_000_000)] | UnsetType = UNSET
    skills: Skills | UnsetType = UNSET


class ContactLinkIn(In):
    contact_id: str | None


_SAME = [name for name in ConversationOut.__struct_fields__ if name != "service_record_id"]


def conversation_out(row: Any) -> ConversationOut:
    """A conversation as agents see it; ``row`` is the entity or a row of its table."""
    return ConversationOut(service_record_id=row.record_id, **{name: getattr(row, name) for name in _SAME})


def message_out(message: Message) -> MessageOut:
    """A message as agents see it."""
    return MessageOut(
        id=message.id,
        conversation_id=message.conversation_id,
        seq=message.seq,
        kind=message.kind,
        author=AuthorOut(kind=message.author_kind, id=message.author_id, name=message.author_name),
        visibility=message.visibility,
        text=message.text,
        files=message.files,
        event=message.event,
        at=message.at,
        client_id=client_id(message.external_id),
        state=message.state,
        mentions=message.mentions,
        details=read(message.details),
    )


def returned_out(row: Conversation) -> ReturnedOut:
    """A conversation that one had, and where it is now: no more than its former agent knew or may learn."""
    return ReturnedOut(conversation_id=row.id, contact_name=row.contact_name, state=row.state, agent_id=row.agent_id)


def client_id(external_id: str | None) -> str | None:
    """The id the sender gave the message."""
    return external_id.rpartition("/")[2] if external_id else None


def desks(conversation: Any) -> set[str]:
    """The groups whose desks follow a conversation: who serves it, may take it, was asked in, or looks at it."""
    groups = {f"conversation:{conversation.id}", *(f"agent:{id}" for id in conversation.mentioned)}
    if conversation.agent_id:
        groups.add(f"agent:{conversation.agent_id}")
    if conversation.state in {State.WAITING, State.BOT}:
        groups.add(f"team:{conversation.team_id}")
    return groups


def visitor(conversation: Any) -> str:
    """The group of the contact's own windows."""
    return f"visitor:{conversation.contact_point_id}"


def conversation_update(tx: Tx, id: str, also: frozenset[str]) -> Update:
    """What desks are told about a conversation whose state changed: also the team and the supervisors."""
    row = tx.get(Conversation, id)
    return Update.of(
        "conversation", id, conversation_out(row), {*desks(row), f"team:{row.team_id}", "supervisors", *also}
    )


def message_update(tx: Tx, id: str, also: frozenset[str]) -> Update:
    """What desks are told about a message."""
    message = tx.get(Message, id)
    row = tx.get(Conversation, message.conversation_id)
    return Update.of("message", id, message_out(message), {*desks(row), *also})
