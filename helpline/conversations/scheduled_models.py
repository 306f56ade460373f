"""The table of messages that go out later."""

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import JSON, CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from helpline.core import Scoped, references

ScheduledState = Literal["waiting", "sent", "taken_back", "discarded"]


class ScheduledMessage(Scoped):
    """What an agent has said and what goes out later: in a few seconds, so that it can be taken back, or at a time of their choice.

    It leaves ``waiting`` once, under its lock: so it is sent or taken back, and never both.
    """

    __tablename__ = "scheduled_message"
    conversation_id: Mapped[str] = mapped_column(String(36))
    agent_id: Mapped[str] = mapped_column(String(36))
    client_id: Mapped[str] = mapped_column(String(64))
    """The id its message will have from its sender: sent twice, it is one."""
    said: Mapped[dict[str, Any]] = mapped_column(JSON)
    """All that was said (``shapes.MessageIn``)."""
    files: Mapped[list[Any]] = mapped_column(JSON)
    after_seq: Mapped[int]
    """The newest message when it was written; what the contact writes later, its author had not read."""
    chosen: Mapped[bool]
    """Whether somebody chose the time."""
    due_at: Mapped[datetime]
    created_at: Mapped[datetime]
    state: Mapped[ScheduledState] = mapped_column(String(10), default="waiting")
    message_id: Mapped[str | None] = mapped_column(String(36))

    __table_args__ = (
        references("conversation"),
        references("agent"),
        UniqueConstraint("workspace_id", "agent_id", "client_id"),
        CheckConstraint("state IN ('waiting', 'sent', 'taken_back', 'discarded')", name="state"),
        Index(
            "scheduled_message_waiting",
            "workspace_id",
            "conversation_id",
            "due_at",
            sqlite_where=sql("state = 'waiting'"),
            postgresql_where=sql("state = 'waiting'"),
        ),
        {"sqlite_with_rowid": False},
    )
