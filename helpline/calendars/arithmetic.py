"""The three questions to a plan: what holds at a moment, when so much working time is over, how much lies between."""

from datetime import datetime, timedelta
from typing import NamedTuple

from helpline.core import Invalid

from .plan import HoursState, Plan, Why
from .timeline import DAY, MINUTE, micros, moment, spans

FARTHEST = 400 * DAY
"""Who looks ahead for an opening or a closing looks no farther."""
CLOSED = {HoursState.CLOSED, HoursState.HOLIDAY}


class NeverOpen(Invalid):
    """This calendar does not open for so long that there is no answer."""


class Now(NamedTuple):
    """What holds at a moment, and why."""

    state: HoursState
    why: Why
    name: str
    is_last_intake: bool

    @property
    def takes(self) -> bool:
        """Whether a new conversation is handed to an agent."""
        return self.state is HoursState.OPEN and not self.is_last_intake


class Next(NamedTuple):
    """When that changes: the next change of any kind, the next closing, the next opening, if they are not too far."""

    until: datetime | None
    closes_at: datetime | None
    opens_at: datetime | None


def now_at(plan: Plan, at: datetime) -> Now:
    """What holds at a moment."""
    start, ahead = micros(at), plan.last_intake * MINUTE
    found = spans(plan, start, start + ahead + 1)
    first = next(found)
    closing = first.state is HoursState.OPEN and any(span.state in CLOSED for span in found)
    return Now(first.state, first.why, first.name, closing)


def next_at(plan: Plan, at: datetime) -> Next:
    """When what holds at a moment changes."""
    start = micros(at)
    first, *rest = spans(plan, start, start + FARTHEST)
    closes = next((span.start for span in rest if span.state in CLOSED), None)
    is_closed = first.state in CLOSED
    opens = next((span.start for span in rest if span.state is HoursState.OPEN), None)
    return Next(_or_none(rest[0].start if rest else None), None if is_closed else _or_none(closes), _or_none(opens))


def next_opening(plan: Plan, at: datetime) -> datetime | None:
    """When it opens the next time, after a closing or a break."""
    start = micros(at)
    found = spans(plan, start, start + FARTHEST)
    before = next(found).state
    for span in found:
        if span.state is HoursState.OPEN and before is not HoursState.OPEN:
            return moment(span.start)
        before = span.state
    return None


def add(plan: Plan, at: datetime, working: timedelta) -> datetime:
    """When so much working time after ``at`` is over. At a closing rather than at the opening after it."""
    left, start = working // timedelta(microseconds=1), micros(at)
    while left > 0:
        is_open = False
        for span in spans(plan, start, start + FARTHEST):
            if span.state is HoursState.OPEN:
                if span.end - span.start >= left:
                    return moment(span.start + left)
                left -= span.end - span.start
                is_open = True
        if not is_open:
            raise NeverOpen
        start += FARTHEST
    return at


def between(plan: Plan, start: datetime, end: datetime) -> timedelta:
    """How much working time lies between; less than nothing when ``end`` is earlier."""
    if end < start:
        return -between(plan, end, start)
    found = spans(plan, micros(start), micros(end))
    return timedelta(microseconds=sum(span.end - span.start for span in found if span.state is HoursState.OPEN))


def _or_none(at: int | None) -> datetime | None:
    return None if at is None else moment(at)
