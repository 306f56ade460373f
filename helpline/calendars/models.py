"""Tables of calendars."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, Date, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from helpline.core import Scoped, references

from .plan import DayKind, SwitchKind

Week = list[list[dict[str, str]]]


class Calendar(Scoped):
    """When somebody is there, week by week. Channel categories and the workspace name one in their session settings."""

    __tablename__ = "calendar"
    name: Mapped[str] = mapped_column(String(120))
    zone: Mapped[str] = mapped_column(String(64))
    week: Mapped[Week] = mapped_column(JSON)
    """Seven lists of periods, Monday first."""
    last_intake: Mapped[int] = mapped_column(default=0)
    """Minutes before closing after which nothing new is handed to agents."""
    queue_while_closed: Mapped[bool] = mapped_column(default=True)
    """Whether who comes outside hours may wait until it opens."""
    active: Mapped[bool] = mapped_column(default=True)
    """Switched off, it can no longer be chosen; who uses it keeps it."""
    version: Mapped[int] = mapped_column(default=0)
    """How often its days or itself were changed."""
    __table_args__ = (
        UniqueConstraint("workspace_id", "name"),
        CheckConstraint("last_intake >= 0", name="last_intake"),
        {"sqlite_with_rowid": False},
    )


class SpecialDay(Scoped):
    """A date on which the week of a calendar does not hold."""

    __tablename__ = "special_day"
    calendar_id: Mapped[str] = mapped_column(String(36))
    date: Mapped[date] = mapped_column(Date)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[DayKind] = mapped_column(String(10))
    like: Mapped[int | None]
    """Whose periods it has, 0 for a Monday's; empty: its own."""
    periods: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    source: Mapped[str] = mapped_column(String(40), default="")
    """Where it was loaded from; empty: entered by hand, which no loading touches."""
    __table_args__ = (
        references("calendar"),
        CheckConstraint("kind IN ('holiday', 'working', 'other')", name="kind"),
        UniqueConstraint("workspace_id", "calendar_id", "date"),
        {"sqlite_with_rowid": False},
    )


class HoursSwitch(Scoped):
    """An emergency closure or an extension of some channel categories: at once, whatever their calendars say. Kept as history."""

    __tablename__ = "hours_switch"
    kind: Mapped[SwitchKind] = mapped_column(String(10))
    category_ids: Mapped[list[str]]
    note: Mapped[str] = mapped_column(String(200), default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    """Empty: until it is switched back. When it is, this is that moment."""
    by_name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
    ended_by_name: Mapped[str] = mapped_column(String(200), default="")
    """Who switched it back; empty while nobody has."""
    __table_args__ = (
        CheckConstraint("kind IN ('close', 'extend')", name="kind"),
        CheckConstraint("kind = 'close' OR ends_at IS NOT NULL", name="extension_ends"),
        Index("hours_switch_by_end", "workspace_id", "ends_at"),
        {"sqlite_with_rowid": False},
    )
