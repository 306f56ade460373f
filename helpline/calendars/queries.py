"""Questions about calendars."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import bindparam, or_, select

from helpline.core import Moment, Prepared, Tx

from .models import Calendar, HoursSwitch, SpecialDay
from .plan import Day, Period, Plan, Switch

ALWAYS = tuple((Period(start="00:00", end="24:00"),) for _ in range(7))


def all_of(tx: Tx) -> list[Calendar]:
    """Every calendar, by name."""
    rows = select(Calendar).where(Calendar.workspace_id == tx.workspace_id)
    return list(tx.db.scalars(rows.order_by(Calendar.name, Calendar.id)))


def days_of(tx: Tx, calendar_id: str, since: date | None = None) -> list[SpecialDay]:
    """The special days of a calendar, in their order."""
    rows = select(SpecialDay).where(SpecialDay.workspace_id == tx.workspace_id, SpecialDay.calendar_id == calendar_id)
    if since:
        rows = rows.where(SpecialDay.date >= since)
    return list(tx.db.scalars(rows.order_by(SpecialDay.date)))


def switches(tx: Tx, limit: int = 200) -> list[HoursSwitch]:
    """Closures and extensions, the latest first."""
    rows = select(HoursSwitch).where(HoursSwitch.workspace_id == tx.workspace_id)
    return list(tx.db.scalars(rows.order_by(HoursSwitch.created_at.desc(), HoursSwitch.id.desc()).limit(limit)))


def switches_from(tx: Tx, at: datetime, category_id: str) -> tuple[Switch, ...]:
    """What a channel category's hours are switched to at a moment or will be later."""
    return tuple(
        Switch(row.kind, row.starts_at, row.ends_at, row.note)
        for row in tx.say_all(_SWITCHES, workspace=tx.workspace_id, moment=at)
        if category_id in row.category_ids
    )


def plan_of(tx: Tx, calendar: Calendar | None, *, since: datetime | None = None, category_id: str = "") -> Plan:
    """The plan of a calendar, with the closures and extensions of a channel category. Without a calendar it is always open."""
    switched = switches_from(tx, since or tx.now, category_id) if category_id else ()
    if calendar is None:
        return Plan(ZoneInfo("UTC"), ALWAYS, {}, switched)
    week = msgspec.convert(calendar.week, tuple[tuple[Period, ...], ...])
    earliest = (since - timedelta(days=2)).date() if since else None
    days = _days(days_of(tx, calendar.id, earliest), week)
    return Plan(ZoneInfo(calendar.zone), week, days, switched, calendar.last_intake)


def _days(rows: Iterable[SpecialDay], week: tuple[tuple[Period, ...], ...]) -> dict[date, Day]:
    return {
        row.date: Day(
            row.name, row.kind, msgspec.convert(row.periods, tuple[Period, ...]) if row.like is None else week[row.like]
        )
        for row in rows
    }


_SWITCHES = Prepared(
    select(HoursSwitch.kind, HoursSwitch.category_ids, HoursSwitch.starts_at, HoursSwitch.ends_at, HoursSwitch.note)
    .where(
        HoursSwitch.workspace_id == bindparam("workspace"),
        or_(HoursSwitch.ends_at.is_(None), HoursSwitch.ends_at > bindparam("moment", type_=Moment)),
    )
    .order_by(HoursSwitch.created_at, HoursSwitch.id)
)
