"""Table of the stays in queues."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from helpline.core import Scoped, references

SHORT = 5.0
"""Who leaves within so many seconds came by mistake; what is counted *net* leaves them out."""


class Outcome(StrEnum):
    """How a stay ended."""

    ANSWERED = "answered"
    ABANDONED = "abandoned"
    MOVED = "moved"
    MESSAGE = "message"
    WITHDRAWN = "withdrawn"


class Visit(Scoped):
    """One stay of a conversation in a team's queue. What the figures need is copied in, so later settings change no past."""

    __tablename__ = "visit"
    conversation_id: Mapped[str] = mapped_column(String(36))
    team_id: Mapped[str] = mapped_column(String(36))
    kind: Mapped[str] = mapped_column(String(12))
    entered_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(10))
    agent_id: Mapped[str | None] = mapped_column(String(36))
    target: Mapped[int]
    """Seconds within which it was to be answered, as it was when the stay began."""
    in_target: Mapped[bool] = mapped_column(default=False)
    """Answered within the target; exactly at it counts as within."""
    is_short: Mapped[bool] = mapped_column(default=False)
    """Abandoned so soon that it was a mistake."""

    __table_args__ = (
        references("conversation"),
        references("team"),
        references("agent"),
        CheckConstraint("(left_at IS NULL) = (outcome IS NULL)", name="left"),
        # A conversation waits in one queue at a time.
        Index(
            "visit_one_open",
            "workspace_id",
            "conversation_id",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
        Index("visit_by_left", "workspace_id", "left_at"),
        Index("visit_by_conversation", "workspace_id", "conversation_id"),
        {"sqlite_with_rowid": False},
    )
