"""Tables of what goes out."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from helpline.core import Scoped, references


class DeliveryState(StrEnum):
    """Where a message to a contact stands (domain.md, invariant 8)."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    UNKNOWN = "unknown"
    """The process ended while it was being sent: it may have arrived."""


class Delivery(Scoped):
    """A message, or a part of one, on its way to a contact. Its id is the key by which the provider tells duplicates apart."""

    __tablename__ = "delivery"
    message_id: Mapped[str] = mapped_column(String(36))
    part: Mapped[int]
    conversation_id: Mapped[str] = mapped_column(String(36))
    channel_id: Mapped[str] = mapped_column(String(36))
    contact_point_id: Mapped[str] = mapped_column(String(36))
    seq: Mapped[int]
    """The message's place: what comes earlier goes earlier."""
    text: Mapped[str] = mapped_column(Text, default="")
    file_ids: Mapped[list[str]]
    state: Mapped[str] = mapped_column(String(10))
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    external_id: Mapped[str | None] = mapped_column(String(200))
    """What the provider calls it."""
    failure: Mapped[str] = mapped_column(String(20), default="")
    reason: Mapped[str] = mapped_column(String(30), default="")
    """Why, in one of our words (``channels.reasons``); empty where it is not known."""
    detail: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    moved_at: Mapped[datetime]

    __table_args__ = (
        references("message"),
        references("channel"),
        UniqueConstraint("workspace_id", "message_id", "part"),
        CheckConstraint(
            "state IN ('queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'unknown')", name="state"
        ),
        Index(
            "delivery_to_do",
            "workspace_id",
            "channel_id",
            "conversation_id",
            "seq",
            "part",
            sqlite_where=sql("state IN ('queued', 'sending')"),
            postgresql_where=sql("state IN ('queued', 'sending')"),
        ),
        Index("delivery_by_external_id", "workspace_id", "channel_id", "external_id"),
        Index("delivery_by_contact_point", "workspace_id", "contact_point_id", "state"),
        {"sqlite_with_rowid": False},
    )


class Attempt(Scoped):
    """One try to send a delivery, and what came of it."""

    __tablename__ = "delivery_attempt"
    delivery_id: Mapped[str] = mapped_column(String(36))
    number: Mapped[int]
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    once: Mapped[bool] = mapped_column(default=False)
    """Whether it went by something that is good only once, as a reply token, beside which our key tells nothing apart."""
    outcome: Mapped[str] = mapped_column(String(10), default="")
    """``sent``, ``failed`` or ``unknown``; empty while it is being tried."""
    failure: Mapped[str] = mapped_column(String(20), default="")
    code: Mapped[str] = mapped_column(String(60), default="")
    detail: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        references("delivery"),
        UniqueConstraint("workspace_id", "delivery_id", "number"),
        {"sqlite_with_rowid": False},
    )
