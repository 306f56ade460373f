"""What a calendar says, found out the slow way: minute by minute, by looking at the clock on the wall."""

from datetime import UTC, date, datetime, timedelta

from helpline.calendars.plan import Period, Plan, State

MINUTE = timedelta(minutes=1)


def state_at(plan: Plan, at: datetime) -> State:
    """What holds at a moment."""
    of_switches = {one.kind for one in plan.switches if one.start <= at and (one.end is None or at < one.end)}
    if "close" in of_switches:
        return State.CLOSED
    state = _by_the_clock(plan, at)
    return State.OPEN if "extend" in of_switches and state in {State.CLOSED, State.HOLIDAY} else state


def _by_the_clock(plan: Plan, at: datetime) -> State:
    wall = at.astimezone(plan.zone)
    today, yesterday = wall.date(), wall.date() - timedelta(days=1)
    minute = wall.hour * 60 + wall.minute
    kinds = {one.kind for one in _periods(plan, today) if _in(one, minute)}
    kinds |= {one.kind for one in _periods(plan, yesterday) if _in(one, minute + 24 * 60)}
    if kinds:
        return State.BREAK if "break" in kinds else State.OPEN
    day = plan.days.get(today)
    return State.HOLIDAY if day and day.kind == "holiday" else State.CLOSED


def _in(period: Period, minute: int) -> bool:
    start, end = period.minutes
    return start <= minute < end


def _periods(plan: Plan, day: date) -> tuple[Period, ...]:
    return plan.days[day].periods if day in plan.days else plan.week[day.weekday()]


def states(plan: Plan, start: datetime, minutes: int) -> list[State]:
    """What holds in each of so many minutes."""
    return [state_at(plan, start.astimezone(UTC) + n * MINUTE) for n in range(minutes)]
