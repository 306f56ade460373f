"""Tables of drafts."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from helpline.conversations.models import Visibility
from helpline.core import Scoped, references


class Draft(Scoped):
    """What an agent has begun to write in a conversation. An emptied one stays, to go on counting its versions."""

    __tablename__ = "draft"
    agent_id: Mapped[str] = mapped_column(String(36))
    conversation_id: Mapped[str] = mapped_column(String(36))
    version: Mapped[int] = mapped_column(default=1)
    text: Mapped[str] = mapped_column(Text, default="")
    visibility: Mapped[Visibility] = mapped_column(String(10), default="public")
    aside: Mapped[str] = mapped_column(Text, default="")
    """What was begun of the other kind: a note beside the reply, or the reply beside a note."""
    files: Mapped[list[Any]] = mapped_column(JSON)
    mail: Mapped[Any] = mapped_column(JSON(none_as_null=True), default=None)
    """What was decided of a mail (``conversations.mail_shapes.MailIn``); nothing where it goes as usual."""
    choices: Mapped[list[str]] = mapped_column(default=list)
    """The answers that the contact is to choose from."""
    empty: Mapped[bool] = mapped_column(default=False)
    saved_at: Mapped[datetime]

    __table_args__ = (
        references("agent"),
        references("conversation"),
        UniqueConstraint("workspace_id", "agent_id", "conversation_id"),
        {"sqlite_with_rowid": False},
    )
