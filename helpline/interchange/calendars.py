"""Calendars, closures and extensions: given out as lines, and made from them."""

from collections.abc import Iterator

import msgspec

from helpline.calendars import actions, queries, switching
from helpline.calendars.models import Calendar
from helpline.calendars.plan import Period
from helpline.calendars.shapes import SpecialDayIn
from helpline.core import Tx

from .calendar_lines import CalendarLine, HoursSwitchLine, SpecialDayPart
from .called import Called
from .names import Names
from .outcome import NEW, UNCHANGED, Outcome


def calendar_lines(tx: Tx) -> Iterator[CalendarLine]:
    """All calendars with their special days."""
    for row in queries.all_of(tx):
        line = CalendarLine(name=row.name, zone=row.zone, week=msgspec.convert(row.week, list[list[Period]]))
        line.last_intake, line.queue_while_closed, line.active = row.last_intake, row.queue_while_closed, row.active
        line.days = [
            SpecialDayPart(
                date=day.date,
                kind=day.kind,
                name=day.name,
                like=day.like,
                periods=msgspec.convert(day.periods, list[Period]),
                source=day.source,
            )
            for day in queries.days_of(tx, row.id)
        ]
        yield line


def switch_lines(tx: Tx, called: Called) -> Iterator[HoursSwitchLine]:
    """All closures and extensions, the earliest first."""
    for row in reversed(queries.switches(tx, limit=100_000)):
        names = sorted(called.categories[id] for id in row.category_ids if id in called.categories)
        line = HoursSwitchLine(kind=row.kind, categories=names, starts_at=row.starts_at, created_at=row.created_at)
        line.note, line.ends_at = row.note, row.ends_at
        line.by_name, line.ended_by_name = row.by_name, row.ended_by_name
        yield line


def bring_calendar(tx: Tx, line: CalendarLine) -> Outcome:
    """A calendar that is not there yet, with its days."""
    if any(row.name == line.name for row in queries.all_of(tx)):
        return UNCHANGED
    fields = ("name", "zone", "week", "last_intake", "queue_while_closed", "active")
    made = actions.add(tx, **{name: getattr(line, name) for name in fields})
    _enter_days(tx, made, line)
    return NEW


def _enter_days(tx: Tx, calendar: Calendar, line: CalendarLine) -> None:
    for source in sorted({day.source for day in line.days}):
        mine = {
            day.date: SpecialDayIn(kind=day.kind, name=day.name, like=day.like, periods=day.periods)
            for day in line.days
            if day.source == source
        }
        actions.set_days(tx, calendar, mine, source=source)


def bring_switch(tx: Tx, line: HoursSwitchLine, names: Names) -> Outcome:
    """A closure or an extension that is not there yet."""
    known = (line.kind, line.created_at, line.starts_at, line.note)
    if any((row.kind, row.created_at, row.starts_at, row.note) == known for row in queries.switches(tx, 100_000)):
        return UNCHANGED
    ids = sorted(names.category(name, field="categories").id for name in line.categories)
    fields = ("kind", "note", "starts_at", "ends_at", "by_name", "created_at", "ended_by_name")
    switching.bring(tx, category_ids=ids, **{name: getattr(line, name) for name in fields})
    return NEW
