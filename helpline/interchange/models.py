"""Tables of what was taken in."""

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from helpline.core import Model


class TakenIn(Model):
    """A row that came from elsewhere, by the id it had there: what makes a second import change nothing."""

    __tablename__ = "taken_in"
    workspace_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    external_id: Mapped[str] = mapped_column(String(150), primary_key=True)
    id: Mapped[str] = mapped_column(String(36))
    digest: Mapped[str] = mapped_column(String(64))
    """Of the line as it was last taken in; the same line again needs no second look."""
    __table_args__ = (Index("taken_in_by_id", "workspace_id", "kind", "id"), {"sqlite_with_rowid": False})
