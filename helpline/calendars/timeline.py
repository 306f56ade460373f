"""A plan as it runs: spans of one state after another, on the line of time.

The clock on the wall decides. In the hour that is skipped nothing is open; in the hour that comes twice, both times count.
Between two changes of its zone a wall clock runs evenly, so a day is at most cut into pieces, and no minute is looked at.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from .plan import HoursState, Plan, Span, Switch, span_with

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ONE = timedelta(microseconds=1)
MINUTE = 60_000_000
DAY = 24 * 60 * MINUTE


class Piece(NamedTuple):
    """A day of the wall clock, or the part of one before or after the clock is changed."""

    start: int
    end: int
    day: int
    midnight: int
    """When it would have been midnight, had the clock always run as it does now."""


def micros(at: datetime) -> int:
    """Microseconds since 1970."""
    return (at - _EPOCH) // _ONE


def moment(at: int) -> datetime:
    """The opposite of ``micros``."""
    return _EPOCH + at * _ONE


def spans(plan: Plan, start: int, end: int) -> Iterator[Span]:
    """What holds from ``start`` to ``end``, without holes, each span as long as it can be."""
    return _joined(_switched(_by_the_clock(plan, start, end), plan.switches))


def pieces(zone: ZoneInfo, start: int, end: int) -> Iterator[Piece]:
    """The days of a zone, each in one piece, or in two where its clock is changed."""
    while start < end:
        offset = _offset(zone, start)
        day = (start + offset) // DAY
        midnight = day * DAY - offset
        until = min(end, midnight + DAY)
        if _offset(zone, until - 1) != offset:
            until = _first_change(zone, start, until - 1)
        yield Piece(start, until, day, midnight)
        start = until


def _by_the_clock(plan: Plan, start: int, end: int) -> Iterator[Span]:
    for piece in pieces(plan.zone, start, end):
        for span in plan.spans_of(piece.day):
            begin = max(piece.start, piece.midnight + span.start * MINUTE)
            until = min(piece.end, piece.midnight + span.end * MINUTE)
            if begin < until:
                yield Span(begin, until, span.state, span.why, span.name)


def _switched(found: Iterable[Span], switches: tuple[Switch, ...]) -> Iterator[Span]:
    """Extensions open what is closed; closures close all, those too."""
    ordered = sorted(switches, key=lambda one: one.kind, reverse=True)
    bounds = [(micros(one.start), micros(one.end) if one.end else None, one) for one in ordered]
    for span in found:
        parts = [span]
        for start, end, one in bounds:
            parts = [new for part in parts for new in _one_switched(part, start, end or part.end, one)]
        yield from parts


def _one_switched(span: Span, start: int, end: int, switch: Switch) -> list[Span]:
    if switch.kind == "close":
        return span_with(span, start, end, HoursState.CLOSED, "closure", switch.name)
    if span.state in {HoursState.OPEN, HoursState.BREAK}:
        return [span]
    return span_with(span, start, end, HoursState.OPEN, "extension", switch.name)


def _joined(found: Iterable[Span]) -> Iterator[Span]:
    last: Span | None = None
    for span in found:
        if last is not None and last[2:] == span[2:]:
            last = last._replace(end=span.end)
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last


def _offset(zone: ZoneInfo, at: int) -> int:
    offset = moment(at).astimezone(zone).utcoffset()
    return offset // _ONE if offset else 0


def _first_change(zone: ZoneInfo, start: int, end: int) -> int:
    """The first microsecond after ``start`` at which the clock is another one than at ``start``; at ``end`` it is."""
    before = _offset(zone, start)
    while end - start > 1:
        middle = (start + end) // 2
        if _offset(zone, middle) == before:
            start = middle
        else:
            end = middle
    return end
