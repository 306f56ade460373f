"""Setting calendars up."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Any

import msgspec
from sqlalchemy import delete

from helpline.core import Conflict, Invalid, NotFound, Tx, edit, new_id
from helpline.people.actions import check_zone

from . import queries
from .events import CalendarDaysSet, CalendarSet
from .models import Calendar, SpecialDay
from .plan import DAY, Period
from .shapes import SpecialDayIn

WEEK = 7 * DAY


class CalendarNameTaken(Conflict):
    """There is already a calendar with this name."""


class PeriodsOverlap(Invalid):
    """Two periods overlap; a time is open or a break, not both."""


class NotSevenDays(Invalid):
    """A week has seven days, Monday first."""


class HolidayWithPeriods(Invalid):
    """A holiday is closed; for a day with other times choose these."""


class NotASpecialDay(NotFound):
    """This day is as the week says."""


def add(tx: Tx, **values: Any) -> Calendar:
    """Make a calendar."""
    row = Calendar(workspace_id=tx.workspace_id, id=new_id(), name="", zone="", week=[], version=0)
    row.last_intake, row.queue_while_closed, row.active = 0, True, True
    return _set(tx, row, {"week": [[] for _ in range(7)], **values})


def change(tx: Tx, id: str, **values: Any) -> Calendar:
    """Change a calendar. It holds at once."""
    tx.get(Calendar, id)
    (row,) = tx.lock(Calendar, id)
    return _set(tx, row, values)


def set_days(tx: Tx, calendar: Calendar, days: dict[date, SpecialDayIn], *, source: str = "") -> None:
    """Enter special days; a date that has one gets the new one."""
    there = {row.date: row for row in queries.days_of(tx, calendar.id)}
    told = []
    for at, day in sorted(days.items()):
        _check_day(day)
        row = there.get(at) or SpecialDay(workspace_id=tx.workspace_id, id=new_id(), calendar_id=calendar.id, date=at)
        values = {**msgspec.structs.asdict(day), "periods": msgspec.to_builtins(day.periods), "source": source}
        if edit(row, values):
            told.append(f"{at} {day.kind} {day.name}".strip())
        tx.db.add(row)
    _tell(tx, calendar, told, [])


def remove_day(tx: Tx, calendar: Calendar, at: date) -> None:
    """Have the week hold again on a day."""
    if not any(row.date == at for row in queries.days_of(tx, calendar.id, at)):
        raise NotASpecialDay
    remove_days(tx, calendar, [at])


def remove_days(tx: Tx, calendar: Calendar, dates: Iterable[date]) -> None:
    """Have the week hold again on these days."""
    gone = sorted(dates)
    mine = (SpecialDay.workspace_id == tx.workspace_id, SpecialDay.calendar_id == calendar.id)
    tx.execute(delete(SpecialDay).where(*mine, SpecialDay.date.in_(gone)))
    _tell(tx, calendar, [], [str(at) for at in gone])


def _tell(tx: Tx, calendar: Calendar, told: list[str], removed: list[str]) -> None:
    tx.db.flush()
    if told or removed:
        calendar.version += 1
        tx.emit(CalendarDaysSet(calendar_id=calendar.id, name=calendar.name, set=told, removed=removed))


def _set(tx: Tx, row: Calendar, values: dict[str, Any]) -> Calendar:
    if any(other.name == values.get("name") and other.id != row.id for other in queries.all_of(tx)):
        raise CalendarNameTaken(field="name")
    if "zone" in values:
        check_zone(values["zone"], field="zone")
    if "week" in values:
        _check_week(msgspec.convert(msgspec.to_builtins(values["week"]), list[list[Period]]))
        values["week"] = msgspec.to_builtins(values["week"])
    changes = edit(row, values)
    if changes:
        row.version += 1
        tx.db.add(row)
        tx.db.flush()
        tx.emit(CalendarSet(id=row.id, name=row.name, fields=sorted(changes), changes=changes))
    return row


def _check_week(week: list[list[Period]]) -> None:
    if len(week) != 7:
        raise NotSevenDays(field="week")
    bounds = [
        (day * DAY + start, day * DAY + end) for day in range(7) for one in week[day] for start, end in [one.minutes]
    ]
    _check_overlaps([*bounds, *((start + WEEK, end + WEEK) for start, end in bounds)], "week")


def _check_day(day: SpecialDayIn) -> None:
    if day.kind == "holiday" and (day.periods or day.like is not None):
        raise HolidayWithPeriods(field="periods")
    _check_overlaps([one.minutes for one in day.periods], "periods")


def _check_overlaps(bounds: list[tuple[int, int]], field: str) -> None:
    if any(one[1] > two[0] for one, two in pairwise(sorted(bounds))):
        raise PeriodsOverlap(field=field)
