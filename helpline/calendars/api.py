"""Routes about calendars, their special days, closures and extensions."""

from datetime import date, datetime, timedelta
from typing import Annotated

from litestar.params import Parameter

from helpline.core import Invalid, Tx
from helpline.core.router import Routes
from helpline.core.shapes import given

from . import actions, arithmetic, queries, switching
from .models import Calendar
from .shapes import (
    CalendarChange,
    CalendarIn,
    CalendarOut,
    HoursOut,
    HoursSwitchIn,
    HoursSwitchOut,
    SpecialDayIn,
    WorkingTimeOut,
    calendar_out,
    hours_out,
    switch_out,
)

routes = Routes(tag="Working hours")

MOST_MINUTES = 10 * 366 * 24 * 60
Minutes = Annotated[int, Parameter(ge=0, le=MOST_MINUTES, description="Working minutes.")]
At = Annotated[datetime | None, Parameter(description="A moment with its zone; left out: now.")]


class NotAMoment(Invalid):
    """A moment is written with its zone, as in 2026-06-01T09:00:00Z, and lies between 1970 and 2100."""


class TooFarApart(Invalid):
    """No more than twenty years are reckoned at once."""


def checked(at: datetime | None, now: datetime, field: str = "at") -> datetime:
    """The moment that is asked for; ``NotAMoment`` when it cannot be reckoned with."""
    at = at or now
    if at.tzinfo is None or not 1970 < at.year < 2100:
        raise NotAMoment(field=field)
    return at


@routes.get("/calendars", permission="settings.read")
def calendars(tx: Tx) -> list[CalendarOut]:
    """All calendars with their special days, by name."""
    return [calendar_out(tx, row) for row in queries.all_of(tx)]


@routes.post("/calendars", permission="settings.manage")
def add(tx: Tx, data: CalendarIn) -> CalendarOut:
    """Add a calendar; without a week it is never open."""
    values = given(data)
    if not data.week:
        del values["week"]
    return calendar_out(tx, actions.add(tx, **values))


@routes.patch("/calendars/{id:str}", permission="settings.manage")
def change(tx: Tx, id: str, data: CalendarChange) -> CalendarOut:
    """Change a calendar. It holds at once, also for those who wait."""
    return calendar_out(tx, actions.change(tx, id, **given(data)))


@routes.put("/calendars/{id:str}/days/{day:date}", permission="settings.manage")
def set_day(tx: Tx, id: str, day: date, data: SpecialDayIn) -> CalendarOut:
    """Enter a special day: a holiday, a working day, or other times."""
    tx.get(Calendar, id)
    (calendar,) = tx.lock(Calendar, id)
    actions.set_days(tx, calendar, {day: data})
    return calendar_out(tx, calendar)


@routes.delete("/calendars/{id:str}/days/{day:date}", permission="settings.manage", status=200)
def remove_day(tx: Tx, id: str, day: date) -> CalendarOut:
    """Have the week hold again on a day."""
    tx.get(Calendar, id)
    (calendar,) = tx.lock(Calendar, id)
    actions.remove_day(tx, calendar, day)
    return calendar_out(tx, calendar)


@routes.get("/calendars/{id:str}/at", permission="settings.read")
def at(tx: Tx, id: str, at: At = None) -> HoursOut:
    """What a calendar says of a moment, and when that changes."""
    moment = checked(at, tx.now)
    plan = queries.plan_of(tx, tx.get(Calendar, id), since=moment)
    return hours_out(moment, arithmetic.now_at(plan, moment), arithmetic.next_at(plan, moment))


@routes.get("/calendars/{id:str}/add", permission="settings.read")
def add_working_time(tx: Tx, id: str, minutes: Minutes = 60, at: At = None) -> WorkingTimeOut:
    """When so many working minutes are over."""
    moment = checked(at, tx.now)
    plan = queries.plan_of(tx, tx.get(Calendar, id), since=moment)
    end = arithmetic.add(plan, moment, timedelta(minutes=minutes))
    return WorkingTimeOut(start=moment, end=end, minutes=minutes)


@routes.get("/calendars/{id:str}/between", permission="settings.read")
def between(tx: Tx, id: str, start: At = None, end: At = None) -> WorkingTimeOut:
    """How many working minutes lie between two moments."""
    start, end = checked(start, tx.now, "start"), checked(end, tx.now, "end")
    if abs((end - start).days) > 20 * 366:
        raise TooFarApart(field="end")
    plan = queries.plan_of(tx, tx.get(Calendar, id), since=min(start, end))
    worked = arithmetic.between(plan, start, end)
    return WorkingTimeOut(start=start, end=end, minutes=worked / timedelta(minutes=1))


@routes.get("/hours-switches", permission="settings.read")
def switches(tx: Tx) -> list[HoursSwitchOut]:
    """Emergency closures and extensions, the latest first."""
    return [switch_out(row) for row in queries.switches(tx)]


@routes.post("/hours-switches", permission="hours.switch")
def switch(tx: Tx, data: HoursSwitchIn) -> HoursSwitchOut:
    """Close channel categories at once, or keep them open longer, whatever their calendars say."""
    return switch_out(switching.switch(tx, **given(data)))  # type: ignore[arg-type]


@routes.delete("/hours-switches/{id:str}", permission="hours.switch", status=200)
def switch_back(tx: Tx, id: str) -> HoursSwitchOut:
    """End a closure or an extension."""
    return switch_out(switching.switch_back(tx, id))
