"""Tables of conversations."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from sqlalchemy import JSON, CheckConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from helpline.core import Scoped, references


class State(StrEnum):
    """Where a conversation stands (domain.md, Conversation states)."""

    BOT = "bot"
    WAITING = "waiting"
    OFFERED = "offered"
    ACTIVE = "active"
    CLOSED = "closed"


class CloseReason(StrEnum):
    """Why a conversation ended."""

    AGENT_CLOSED = "agent_closed"
    CONTACT_CLOSED = "contact_closed"
    CONTACT_TIMEOUT = "contact_timeout"
    ABANDONED = "abandoned"
    NO_AGENT = "no_agent"
    OUT_OF_HOURS = "out_of_hours"
    FLOW_ENDED = "flow_ended"
    BLOCKED = "blocked"
    SERVICE_LIMIT = "service_limit"
    ELSEWHERE = "elsewhere"
    """It holds only what was said outside of Helpline before the contact ever wrote."""
    ERROR = "error"


AuthorKind = Literal["contact", "agent", "bot", "system"]
MessageKind = Literal["text", "file", "event"]
MessageState = Literal["queued", "sent", "delivered", "read", "failed", "unknown"]
Visibility = Literal["public", "internal"]


class Conversation(Scoped):
    """One exchange with one contact point on one channel, from first message to close."""

    __tablename__ = "conversation"
    version: Mapped[int] = mapped_column(default=1)
    state: Mapped[State] = mapped_column(String(10))
    close_reason: Mapped[CloseReason | None] = mapped_column(String(20))
    channel_id: Mapped[str] = mapped_column(String(36))
    channel_kind: Mapped[str] = mapped_column(String(20))
    category_id: Mapped[str] = mapped_column(String(36))
    owner_id: Mapped[str | None] = mapped_column(String(36))
    contact_point_id: Mapped[str] = mapped_column(String(36))
    thread: Mapped[str] = mapped_column(String(200), default="")
    contact_id: Mapped[str | None] = mapped_column(String(36))
    contact_name: Mapped[str] = mapped_column(String(200))
    subject: Mapped[str] = mapped_column(String(500), default="", server_default="")
    """What it is about, on channels where people say so."""
    page: Mapped[str | None] = mapped_column(String(500))
    team_id: Mapped[str] = mapped_column(String(36))
    agent_id: Mapped[str | None] = mapped_column(String(36))
    priority: Mapped[int] = mapped_column(default=0)
    urgency: Mapped[float] = mapped_column(default=0.0)
    """Where it stands in its queue, the highest first: the priority, less what all had gained before it came (``rules.py``)."""
    skills: Mapped[list[str]] = mapped_column(default=list)
    """What its agent must be able to do."""
    decider: Mapped[str | None] = mapped_column(String(10))
    """Who is asked which team it goes to, or said so: ``contact`` or ``server``. The team that a contact chose is kept to."""
    choices: Mapped[list[str]] = mapped_column(default=list)
    """The teams on the contact's card, in its order; they are numbered where there is no card."""
    lane: Mapped[str] = mapped_column(String(560), default="")
    """Who can take it: kind of channel and skills in one word. In a lane of a queue nobody overtakes."""
    created_at: Mapped[datetime]
    queued_at: Mapped[datetime | None]
    assigned_at: Mapped[datetime | None]
    offered_at: Mapped[datetime | None]
    offered_until: Mapped[datetime | None]
    """When an offer goes to the next agent."""
    first_answer_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    last_seq: Mapped[int] = mapped_column(default=0)
    last_text: Mapped[str] = mapped_column(String(200), default="")
    last_holds: Mapped[str] = mapped_column(String(12), default="", server_default="")
    """What the last message is, where its text is only a sign or a name for it: a file, a place, a sticker."""
    last_by: Mapped[str] = mapped_column(String(10), default="")
    last_at: Mapped[datetime]
    waiting_since: Mapped[datetime | None]
    """The contact waits for an answer since; empty when an agent wrote last."""
    unread: Mapped[int] = mapped_column(default=0)
    snoozed_at: Mapped[datetime | None]
    """Put aside by its agent since; empty again when it wakes."""
    snoozed_until: Mapped[datetime | None]
    """Empty for one that only wakes when the contact writes."""
    woken_at: Mapped[datetime | None]
    """When its time was up; empty again once the agent has looked."""
    agent_reminded_at: Mapped[datetime | None]
    """When the agent was last told that the contact waits; of this wait if it is later than ``waiting_since``."""
    escalated_at: Mapped[datetime | None]
    """When the supervisors were last told so."""
    rating_asked_at: Mapped[datetime | None]
    """When the contact was asked to rate it: once."""
    message_left_at: Mapped[datetime | None]
    """When the contact was asked to leave a message: it waits behind all who are there in person; empty once an agent has it."""
    place_told: Mapped[int | None]
    """Which place in this queue the contact was told last, and below: when. Empty before they are told one."""
    place_told_at: Mapped[datetime | None]
    closed_told_until: Mapped[datetime | None]
    """The contact was told that nobody is there until then."""
    reply_until: Mapped[datetime | None]
    """Until when the contact can be answered freely, on channels that close a while after their last message."""
    asked_seq: Mapped[int | None]
    """Which message offered answers to choose from, while nothing else was said since by an agent."""
    record_id: Mapped[str | None] = mapped_column(String(36))
    previous_id: Mapped[str | None] = mapped_column(String(36))
    avoid_agent_id: Mapped[str | None] = mapped_column(String(36))
    """Who handed it to the team while it waits; it does not fall back to them by itself."""
    missed_by: Mapped[list[str]] = mapped_column(default=list)
    """Who let an offer of it go by while it waits, the last one last; they are not asked again before all others."""
    mentioned: Mapped[list[str]] = mapped_column(default=list)
    """Whom notes asked in: they follow it without serving it."""

    __table_args__ = (
        references("channel"),
        references("contact_point"),
        references("contact"),
        references("team"),
        references("agent"),
        CheckConstraint("state IN ('bot', 'waiting', 'offered', 'active', 'closed')", name="state"),
        CheckConstraint("state NOT IN ('offered', 'active') OR agent_id IS NOT NULL", name="served"),
        CheckConstraint("state NOT IN ('bot', 'waiting') OR agent_id IS NULL", name="unserved"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed"),
        CheckConstraint("state <> 'waiting' OR queued_at IS NOT NULL", name="queued"),
        # Invariant 1: at most one open conversation per contact point and thread.
        Index(
            "conversation_one_open",
            "workspace_id",
            "contact_point_id",
            "thread",
            unique=True,
            sqlite_where=text("state <> 'closed'"),
            postgresql_where=text("state <> 'closed'"),
        ),
        # Invariant 5: the order of a queue.
        Index(
            "conversation_queue",
            "workspace_id",
            "team_id",
            text("urgency DESC"),
            "queued_at",
            "id",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index(
            "conversation_lane",
            "workspace_id",
            "team_id",
            "lane",
            text("urgency DESC"),
            "queued_at",
            "id",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index(
            "conversation_by_agent",
            "workspace_id",
            "agent_id",
            "last_at",
            sqlite_where=text("state <> 'closed'"),
            postgresql_where=text("state <> 'closed'"),
        ),
        Index("conversation_by_contact_point", "workspace_id", "contact_point_id", "created_at"),
        Index("conversation_by_record", "workspace_id", "record_id"),
        Index("conversation_by_time", "workspace_id", "last_at", "id"),
        {"sqlite_with_rowid": False},
    )


class Message(Scoped):
    """One entry of a conversation, never changed in place."""

    __tablename__ = "message"
    conversation_id: Mapped[str] = mapped_column(String(36))
    channel_id: Mapped[str] = mapped_column(String(36))
    seq: Mapped[int]
    external_id: Mapped[str | None] = mapped_column(String(200))
    """The sender's own id of the message; what makes a redelivery change nothing. ``author/client-made id`` in the web chat."""
    kind: Mapped[MessageKind] = mapped_column(String(10))
    author_kind: Mapped[AuthorKind] = mapped_column(String(10))
    author_id: Mapped[str] = mapped_column(String(36), default="")
    author_name: Mapped[str] = mapped_column(String(200), default="")
    visibility: Mapped[Visibility] = mapped_column(String(10), default="public")
    text: Mapped[str] = mapped_column(Text, default="")
    files: Mapped[list[Any]] = mapped_column(JSON)
    event: Mapped[Any] = mapped_column(JSON)
    at: Mapped[datetime]
    state: Mapped[MessageState] = mapped_column(String(10), default="sent")
    mentions: Mapped[list[str]] = mapped_column(default=list)
    """The colleagues a note asks in."""
    details: Mapped[Any] = mapped_column(JSON(none_as_null=True), default=None)
    """What else it holds (``particulars.Particulars``)."""

    __table_args__ = (
        references("conversation"),
        # Invariant 3: no two messages share a place.
        UniqueConstraint("workspace_id", "conversation_id", "seq"),
        # Invariant 2: redelivery changes nothing.
        UniqueConstraint("workspace_id", "channel_id", "external_id"),
        CheckConstraint("seq >= 1", name="seq"),
        CheckConstraint("visibility IN ('public', 'internal')", name="visibility"),
        {"sqlite_with_rowid": False},
    )


class Mention(Scoped):
    """A colleague whom a note asks in. It lets them read the conversation."""

    __tablename__ = "mention"
    agent_id: Mapped[str] = mapped_column(String(36))
    conversation_id: Mapped[str] = mapped_column(String(36))
    message_id: Mapped[str] = mapped_column(String(36))
    seq: Mapped[int]
    by_id: Mapped[str] = mapped_column(String(36))
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]

    __table_args__ = (
        references("agent"),
        references("message"),
        Index("mention_by_agent", "workspace_id", "agent_id", "conversation_id"),
        {"sqlite_with_rowid": False},
    )
