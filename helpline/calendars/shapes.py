"""How calendars look on the wire."""

from datetime import date, datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from helpline.core import In, Out, Tx, Update
from helpline.core.shapes import UNSET, UnsetType

from .arithmetic import Next, Now
from .models import Calendar, HoursSwitch
from .plan import DayKind, HoursState, Period, SwitchKind, Why
from .queries import days_of

Name = Annotated[str, Meta(min_length=1, max_length=120)]
Zone = Annotated[str, Meta(max_length=64, description="An IANA time zone, such as Europe/Berlin.")]
Periods = Annotated[list[Period], Meta(max_length=48)]
Week = Annotated[list[Periods], Meta(description="Seven days, Monday first.", max_length=7)]
LastIntake = Annotated[int, Meta(ge=0, le=24 * 60, description="Minutes before closing.")]
Moment = Annotated[datetime, Meta(tz=True)]


class SpecialDayIn(In):
    kind: DayKind = "holiday"
    name: Annotated[str, Meta(max_length=200)] = ""
    like: Annotated[int, Meta(ge=0, le=6)] | None = None
    """Open as on this day of the week, 0 for Monday."""
    periods: Periods = []


class SpecialDayOut(Out):
    date: date
    kind: DayKind
    name: str
    like: int | None
    periods: list[Period]
    source: str
    """Where it was loaded from; empty: entered by hand."""


class CalendarOut(Out):
    id: str
    name: str
    zone: str
    week: list[list[Period]]
    last_intake: int
    queue_while_closed: bool
    active: bool
    version: int
    days: list[SpecialDayOut]


class CalendarIn(In):
    name: Name
    zone: Zone
    week: Week = []
    last_intake: LastIntake = 0
    queue_while_closed: bool = True


class CalendarChange(In):
    name: Name | UnsetType = UNSET
    zone: Zone | UnsetType = UNSET
    week: Week | UnsetType = UNSET
    last_intake: LastIntake | UnsetType = UNSET
    queue_while_closed: bool | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class HoursSwitchIn(In):
    kind: SwitchKind
    category_ids: Annotated[list[str], Meta(max_length=1000)]
    starts_at: Moment | None = None
    """Left out: now."""
    ends_at: Moment | None = None
    """Left out: until it is switched back. An extension needs one."""
    note: Annotated[str, Meta(max_length=200)] = ""


class HoursSwitchOut(Out):
    id: str
    kind: SwitchKind
    category_ids: list[str]
    note: str
    starts_at: datetime
    ends_at: datetime | None
    by_name: str
    created_at: datetime
    ended_by_name: str
    """Who switched it back; empty while nobody has."""


class HoursOut(Out):
    """What holds at a moment, why, and when it changes."""

    at: datetime
    state: HoursState
    why: Why
    name: str
    """Of the special day, the closure or the extension."""
    last_intake: bool
    until: datetime | None
    closes_at: datetime | None
    opens_at: datetime | None


class WorkingTimeOut(Out):
    start: datetime
    end: datetime
    minutes: float


def calendar_out(tx: Tx, row: Calendar) -> CalendarOut:
    """A calendar with its special days."""
    fields = {name: getattr(row, name) for name in CalendarOut.__struct_fields__ if name != "days"}
    fields["week"] = msgspec.convert(row.week, list[list[Period]])
    days = [
        SpecialDayOut(
            date=day.date,
            kind=day.kind,
            name=day.name,
            like=day.like,
            periods=msgspec.convert(day.periods, list[Period]),
            source=day.source,
        )
        for day in days_of(tx, row.id)
    ]
    return CalendarOut(**fields, days=days)


def switch_out(row: HoursSwitch) -> HoursSwitchOut:
    """A closure or an extension."""
    return HoursSwitchOut(**{name: getattr(row, name) for name in HoursSwitchOut.__struct_fields__})


def hours_out(at: datetime, now: Now, then: Next) -> HoursOut:
    """What holds at a moment."""
    return HoursOut(
        at=at,
        state=now.state,
        why=now.why,
        name=now.name,
        last_intake=now.is_last_intake,
        until=then.until,
        closes_at=then.closes_at,
        opens_at=then.opens_at,
    )


def calendar_update(tx: Tx, id: str, also: frozenset[str]) -> Update:
    """What every desk is told about a calendar."""
    return Update.of("calendar", id, calendar_out(tx, tx.get(Calendar, id)), {"everyone", *also})


def switch_update(tx: Tx, id: str, also: frozenset[str]) -> Update:
    """What every desk is told about a closure or an extension."""
    return Update.of("hours_switch", id, switch_out(tx.get(HoursSwitch, id)), {"everyone", *also})
