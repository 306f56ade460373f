"""Tables of saved views."""

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from helpline.core import Scoped, references


class SavedView(Scoped):
    """What the list of service records was narrowed to, as its address says it. Whoever opens it sees what they may see."""

    __tablename__ = "saved_view"
    name: Mapped[str] = mapped_column(String(80))
    query: Mapped[str] = mapped_column(Text)
    """The part of the address behind the question mark."""
    agent_id: Mapped[str] = mapped_column(String(36))
    """Who saved it."""
    shared: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    __table_args__ = (
        references("agent"),
        Index("saved_view_by_agent", "workspace_id", "agent_id", "name"),
        {"sqlite_with_rowid": False},
    )
