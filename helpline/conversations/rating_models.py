"""The table of ratings."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from helpline.core import Scoped, references


class Rating(Scoped):
    """The card with which a contact was asked what they thought, and what they answered; ``id`` is the conversation's."""

    __tablename__ = "rating"
    agent_id: Mapped[str] = mapped_column(String(36))
    """Who served them then."""
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    rated_at: Mapped[datetime | None]
    stars: Mapped[int | None]
    comment: Mapped[str] = mapped_column(Text, default="")
    reasons: Mapped[list[str]]
    """What was ticked beside the stars, in the words of the workspace's language."""

    __table_args__ = (
        references("conversation", "id"),
        references("agent"),
        CheckConstraint("stars BETWEEN 1 AND 5", name="stars"),
        CheckConstraint("(stars IS NULL) = (rated_at IS NULL)", name="rated"),
        Index("rating_by_time", "workspace_id", "asked_at"),
        {"sqlite_with_rowid": False},
    )
