"""Tables of the index. It can be made anew from what was said at any time (``helpline reindex``)."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from helpline.core import Model, Scoped

# Compared byte by byte, so that the words with a common beginning lie together.
_WORD = String(40).with_variant(String(40, collation="C"), "postgresql")


class Posting(Model):
    """In which services of a day a word stands."""

    __tablename__ = "posting"
    workspace_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    word: Mapped[str] = mapped_column(_WORD, primary_key=True)
    block: Mapped[int] = mapped_column(primary_key=True)
    numbers: Mapped[bytes] = mapped_column(LargeBinary)
    __table_args__ = ({"sqlite_with_rowid": False},)


class Findable(Scoped):
    """By which number a conversation or a service record is found; those of one service share it, if they began on the same day."""

    __tablename__ = "findable"
    number: Mapped[int] = mapped_column(BigInteger)
    """One of the block of the day on which it began (``blocks.py``)."""
    at: Mapped[datetime | None]
    """When the service of a record began, by which lists are put in order; empty for a conversation."""
    noted: Mapped[str | None] = mapped_column(Text)
    """The words of the notes under which a service record is found, so that those that are deleted can be taken out."""
    __table_args__ = (
        # With the time in it, what was found is put in order without a look at the records.
        Index("findable_by_number", "workspace_id", "number", "at", "id"),
        {"sqlite_with_rowid": False},
    )
