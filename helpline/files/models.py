"""Tables of files."""

from datetime import datetime

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from helpline.core import Scoped


class File(Scoped):
    """A file that was sent or is about to be. The bytes are on disk under the same id."""

    __tablename__ = "file"
    name: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column(BigInteger)
    url: Mapped[str] = mapped_column(String(400))
    uploader_kind: Mapped[str] = mapped_column(String(10))
    uploader_id: Mapped[str] = mapped_column(String(36))
    created_at: Mapped[datetime]
    __table_args__ = ({"sqlite_with_rowid": False},)
