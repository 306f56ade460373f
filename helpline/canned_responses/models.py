"""Tables of canned responses."""

from typing import Literal

from sqlalchemy import CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from helpline.core import Scoped, one_each, references

SharedWith = Literal["me", "teams", "everybody"]
Language = Literal["", "en", "zh-TW"]


class CannedResponse(Scoped):
    """A text with a shortcut. ``$ContactName`` and the like are filled in by the desk when it is inserted."""

    __tablename__ = "canned_response"
    shortcut: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    choices: Mapped[list[str]] = mapped_column(default=list)
    """Answers that the contact can choose from below it."""
    language: Mapped[Language] = mapped_column(String(10), default="")
    """The language it is written in; empty: any."""
    shared_with: Mapped[SharedWith] = mapped_column(String(10), default="me")
    agent_id: Mapped[str] = mapped_column(String(36))
    """Who wrote it, and whose it is when it is shared with nobody."""
    team_ids: Mapped[list[str]]
    active: Mapped[bool] = mapped_column(default=True)
    used: Mapped[int] = mapped_column(default=0)
    """How often it was inserted."""

    __table_args__ = (
        references("agent"),
        CheckConstraint("shared_with IN ('me', 'teams', 'everybody')", name="shared_with"),
        Index("canned_response_by_shortcut", "workspace_id", "shortcut"),
        one_each(
            "canned_response_one_of_mine", "shortcut", "agent_id", "language", among="active AND shared_with = 'me'"
        ),
        one_each("canned_response_one_of_all", "shortcut", "language", among="active AND shared_with = 'everybody'"),
        {"sqlite_with_rowid": False},
    )
