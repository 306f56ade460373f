"""Ways through a list, in its order, to the first of it that hold some words."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from .blocks import begins
from .found import Found, numbers_in

STEP, WIDEST, FARTHEST = 200, 3000, 30_000
"""Rows of a list that are looked through at once, at first and later, and in all."""
DEAR = 500
"""So many that are looked up take as long as a step through the list."""

Key = tuple[Any, ...]
"""Where a row stands in a list; its id comes last."""
Row = tuple[Any, ...]
"""A key, and behind it the number by which the row is found."""


class Sifted(NamedTuple):
    """What of a list was found, and how far it was looked through; nothing when to its end."""

    keys: list[Key]
    last: Key | None


Way = Iterator[Sifted | None]
"""Goes a step at a time, and says after each what it met until now; nothing while it would rather have others go first."""


def those(found: Found, rows: Iterable[Row]) -> list[Key]:
    """The keys of the rows that were found."""
    return [row[:-1] for row in rows if found.holds(row[-1])]


def sift(found: Found, read: Callable[[Key | None, int], Sequence[Row]]) -> Way:
    """Through the list, and out with what was not found. ``read`` gives some rows after a place. Quick for what many hold."""
    met: list[Key] = []
    last, looked, step = None, 0, STEP
    while looked < FARTHEST:
        rows = read(last, step)
        met = met + those(found, rows)
        if len(rows) < step:
            yield Sifted(met, None)
            return
        last, looked, step = rows[-1][:-1], looked + len(rows), min(step * 2, WIDEST)
        yield Sifted(met, last)


def look_up(found: Found, look: Callable[[list[int]], list[Key]], most: int, *, is_down: bool) -> Way:
    """Through what was found, day by day, and out with what is not on the list. Quick for what few hold."""
    met: list[Key] = []
    numbers: list[int] = []
    looked = 0
    for block, bits in found:
        numbers += numbers_in(block, bits)
        if len(numbers) < most:
            continue
        yield from [None] * (len(numbers) // DEAR)
        met = met + sorted(look(numbers), reverse=is_down)
        yield Sifted(met, _behind(block, is_down))
        looked, numbers, most = looked + len(numbers), [], min(most * 4, DEAR)
        if looked >= FARTHEST:
            return
    yield Sifted(met + sorted(look(numbers) if numbers else [], reverse=is_down), None)


def first_of(ways: Iterable[Way], most: int) -> Sifted:
    """Ways through the same list take turns, until one of them has enough or is at the end, or none goes on."""
    going, met = list(ways), Sifted([], None)
    while going:
        for way in list(going):
            try:
                step = next(way)
            except StopIteration:
                going.remove(way)
                continue
            if step and (step.last is None or len(step.keys) >= most):
                return step
            if step and len(step.keys) >= len(met.keys):
                met = step
    return met


def _behind(block: int, is_down: bool) -> Key:
    """The place in a list by time behind all of a day."""
    at: datetime = begins(block if is_down else block + 1)
    return at, ""
