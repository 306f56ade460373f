"""A plan: what is open when, as somebody wrote it down. Values only."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal, NamedTuple
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct

PeriodKind = Literal["open", "break"]
DayKind = Literal["holiday", "working", "other"]
SwitchKind = Literal["close", "extend"]
Start = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", description="A time of the day: 09:00.")]
End = Annotated[
    str, Meta(pattern=r"^(([01]\d|2[0-3]):[0-5]\d|24:00)$", description="Not later than the start: on the next day.")
]
DAY = 24 * 60
EPOCH = date(1970, 1, 1).toordinal()


class HoursState(StrEnum):
    """What a calendar says of a moment."""

    OPEN = "open"
    BREAK = "break"
    CLOSED = "closed"
    HOLIDAY = "holiday"


Why = Literal["week", "day", "closure", "extension"]


class Span(NamedTuple):
    """A stretch of one state. Its ends are minutes of a day or microseconds since 1970, start included, end excluded."""

    start: int
    end: int
    state: HoursState
    why: Why = "week"
    name: str = ""


class Period(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From a time of the day until another, which is on the next day when it is not later."""

    start: Start
    end: End
    kind: PeriodKind = "open"

    @property
    def minutes(self) -> tuple[int, int]:
        """Minutes of the day; past midnight they count on."""
        start, end = _minutes(self.start), _minutes(self.end)
        return start, end if end > start else end + DAY


class Day(NamedTuple):
    """A date on which the week does not hold."""

    name: str
    kind: DayKind
    periods: tuple[Period, ...]


class Switch(NamedTuple):
    """At once and whatever else is written: closed, or open where it would be closed."""

    kind: SwitchKind
    start: datetime
    end: datetime | None
    name: str


@dataclass(frozen=True)
class Plan:
    """All that decides what is open when."""

    zone: ZoneInfo
    week: tuple[tuple[Period, ...], ...]
    """Seven days, Monday first. A period belongs to the day on which it begins."""
    days: dict[date, Day] = field(default_factory=dict)
    switches: tuple[Switch, ...] = ()
    last_intake: int = 0
    """So many minutes before closing nothing new is begun."""

    def spans_of(self, day: int) -> list[Span]:
        """The minutes of a day, counted from 1970, by the clock on the wall."""
        date_, before = date.fromordinal(EPOCH + day), date.fromordinal(EPOCH + day - 1)
        if date_ in self.days or before in self.days:
            return self._laid(date_, before)
        return self._of_weekday[date_.weekday()]

    @cached_property
    def _of_weekday(self) -> list[list[Span]]:
        return [_laid(Span(0, DAY, HoursState.CLOSED), self.week[day - 1], self.week[day]) for day in range(7)]

    def _laid(self, date_: date, before: date) -> list[Span]:
        today, yesterday = self.days.get(date_), self.days.get(before)
        span = Span(0, DAY, HoursState.CLOSED)
        if today:
            span = Span(0, DAY, HoursState.HOLIDAY if today.kind == "holiday" else HoursState.CLOSED, "day", today.name)
        last_night = yesterday.periods if yesterday else self.week[before.weekday()]
        return _laid(span, last_night, today.periods if today else self.week[date_.weekday()])


def _laid(empty: Span, last_night: tuple[Period, ...], periods: tuple[Period, ...]) -> list[Span]:
    """A day with its periods, and what of the day before passes midnight. A break is a break also where it is open."""
    bounds = [(start - DAY, end - DAY, one.kind) for one in last_night for start, end in [one.minutes] if end > DAY]
    bounds += [(*one.minutes, one.kind) for one in periods]
    spans = [empty]
    for start, end, kind in sorted(bounds, key=lambda one: one[2], reverse=True):  # open, then break
        state = HoursState(kind)
        spans = [part for span in spans for part in span_with(span, start, end, state, empty.why, empty.name)]
    return spans


def span_with(span: Span, start: int, end: int, state: HoursState, why: Why, name: str) -> list[Span]:
    """The span with another state from ``start`` to ``end``, as far as these lie in it."""
    start, end = max(start, span.start), min(end, span.end)
    if start >= end:
        return [span]
    parts = [span._replace(end=start), Span(start, end, state, why, name), span._replace(start=end)]
    return [part for part in parts if part.start < part.end]


def _minutes(time: str) -> int:
    return int(time[:2]) * 60 + int(time[3:])
