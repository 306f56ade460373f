"""Tables of files."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from helpline.core import Scoped


class FileState(StrEnum):
    """Where a file stands. What was sent is kept for good; what never was is discarded after a day."""

    UPLOADED = "uploaded"
    SENT = "sent"
    AWAITED = "awaited"
    """Sent by a contact; its bytes are still to be fetched from the provider."""
    MISSING = "missing"
    """Could not be fetched, and is not tried any more unless somebody asks for it."""
    DISCARDED = "discarded"
    """Can no longer be sent; the row goes when the bytes are gone."""


class File(Scoped):
    """A file that was sent or is about to be. The bytes are on disk under the same id."""

    __tablename__ = "file"
    name: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column(BigInteger)
    url: Mapped[str] = mapped_column(String(400))
    width: Mapped[int | None]
    """Of pictures, in pixels, as they are to be looked at."""
    height: Mapped[int | None]
    uploader_kind: Mapped[str] = mapped_column(String(10))
    uploader_id: Mapped[str] = mapped_column(String(36))
    state: Mapped[str] = mapped_column(String(10), default=FileState.UPLOADED, server_default=FileState.SENT)
    created_at: Mapped[datetime]
    source: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Where an awaited file is fetched: ``channel_id``, ``ref`` for its adapter, and ``message_id``, whose it is."""
    due_at: Mapped[datetime | None]
    """When an awaited file is fetched next."""
    attempts: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """How often that failed, and below: why the last time, in a word of ours or the provider's own."""
    trouble: Mapped[str] = mapped_column(String(500), default="", server_default="")
    __table_args__ = (
        Index(
            "file_awaited",
            "workspace_id",
            "due_at",
            sqlite_where=text("state = 'awaited'"),
            postgresql_where=text("state = 'awaited'"),
        ),
        Index(
            "file_not_sent",
            "workspace_id",
            "created_at",
            sqlite_where=text("state <> 'sent'"),
            postgresql_where=text("state <> 'sent'"),
        ),
        {"sqlite_with_rowid": False},
    )
