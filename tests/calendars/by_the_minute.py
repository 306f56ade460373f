"""What a calendar says, found out the slow way: minute by minute, by looking at the clock on the wall."""

from datetime import UTC, date, datetime, timedelta

from helpline.calendars.plan import HoursState, Period, Plan

MINUTE = timedelta(minutes=1)


def state_at(plan: Plan, at: datetime) -> HoursState:
    """What holds at a moment."""
    of_switches = {one.kind for one in plan.switches if one.start <= at and (one.end is None or at < one.end)}
    if "close" in of_switches:
        return HoursState.CLOSED
    state = _by_the_clock(plan, at)
    return HoursState.OPEN if "extend" in of_switches and state in {HoursState.CLOSED, HoursState.HOLIDAY} else state


def _by_the_clock(plan: Plan, at: datetime) -> HoursState:
    wall = at.astimezone(plan.zone)
    today, yesterday = wall.date(), wall.date() - timedelta(days=1)
    minute = wall.hour * 60 + wall.minute
    kinds = {one.kind for one in _periods(plan, today) if _in(one, minute)}
    kinds |= {one.kind for one in _periods(plan, yesterday) if _in(one, minute + 24 * 60)}
    if kinds:
        return HoursState.BREAK if "break" in kinds else HoursState.OPEN
    day = plan.days.get(today)
    return HoursState.HOLIDAY if day and day.kind == "holiday" else HoursState.CLOSED


def _in(period: Period, minute: int) -> bool:
    start, end = period.minutes
    return start <= minute < end


def _periods(plan: Plan, day: date) -> tuple[Period, ...]:
    return plan.days[day].periods if day in plan.days else plan.week[day.weekday()]


def states(plan: Plan, start: datetime, minutes: int) -> list[HoursState]:
    """What holds in each of so many minutes."""
    return [state_at(plan, start.astimezone(UTC) + n * MINUTE) for n in range(minutes)]
