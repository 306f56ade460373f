"""Tables of files."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from helpline.core import Scoped


class FileState(StrEnum):
    """Where a file stands. What was sent is kept for good; what never was is discarded after a day."""

    UPLOADED = "uploaded"
    SENT = "sent"
    DISCARDED = "discarded"
    """Can no longer be sent; the row goes when the bytes are gone."""


class File(Scoped):
    """A file that was sent or is about to be. The bytes are on disk under the same id."""

    __tablename__ = "file"
    name: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column(BigInteger)
    url: Mapped[str] = mapped_column(String(400))
    uploader_kind: Mapped[str] = mapped_column(String(10))
    uploader_id: Mapped[str] = mapped_column(String(36))
    state: Mapped[str] = mapped_column(String(10), default=FileState.UPLOADED, server_default=FileState.SENT)
    created_at: Mapped[datetime]
    __table_args__ = (
        Index(
            "file_not_sent",
            "workspace_id",
            "created_at",
            sqlite_where=text("state <> 'sent'"),
            postgresql_where=text("state <> 'sent'"),
        ),
        {"sqlite_with_rowid": False},
    )
