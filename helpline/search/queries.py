"""Who holds the words that somebody looks for."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Select, func, or_, select, tuple_

from helpline.core import Tx
from helpline.core.within import within

from .blocks import SIZE, Blocks, both, places_of, unpack
from .models import Findable, Posting
from .words import Asked, asked

NOTED = "="
"""Before a word that stands in the notes of a service record, and not in a message."""
FEW = 1000
"""So many that are found are looked up; of more, some are met soon on the way through a list."""
MOST_BEGINNINGS = 3000
"""What more rows of the index begin with is only taken as a whole word."""
STEP, WIDEST, FARTHEST = 200, 3000, 30_000
"""Rows of a list that are looked through at once, at first and later, and in all."""

Key = tuple[Any, ...]
"""Where a row stands in a list; its id comes last."""
Row = tuple[Any, ...]
"""A key, and behind it the number by which the row is found."""


@dataclass(frozen=True)
class Found:
    """The numbers of all that holds the words."""

    blocks: Blocks

    @property
    def count(self) -> int:
        """How many."""
        return sum(bits.bit_count() for bits in self.blocks.values())

    @property
    def numbers(self) -> list[int]:
        """Each of them."""
        return [block * SIZE + place for block, bits in self.blocks.items() for place in places_of(bits)]

    @property
    def are_few(self) -> bool:
        """Whether they are better looked up than met."""
        return self.count <= FEW

    def along_with(self, numbers: Iterable[int]) -> "Found":
        """These too."""
        blocks = dict(self.blocks)
        for number in numbers:
            blocks[number // SIZE] = blocks.get(number // SIZE, 0) | 1 << number % SIZE
        return Found(blocks)

    def holds(self, number: int | None) -> bool:
        """Whether it is one of them."""
        return number is not None and bool(self.blocks.get(number // SIZE, 0) >> number % SIZE & 1)


def find(tx: Tx, text: str, *, in_notes: bool) -> Found:
    """All that holds what is asked for; nothing when the text has no word."""
    found: Blocks | None = None
    for one in asked(text):
        for holding in _holding(tx, one, ("", NOTED) if in_notes else ("",)):
            found = holding if found is None else both(found, holding)
    return Found(found or {})


def ids(tx: Tx, found: Found) -> Select[str]:
    """The conversations and service records that these are; to be asked only when they are few."""
    row = Findable
    return select(row.id).where(row.workspace_id == tx.workspace_id, within(tx, row.number, found.numbers))


def in_time(tx: Tx, found: Found, after: Key | None, most: int, *, is_down: bool) -> list[Key]:
    """(time, id) of the first service records of these behind a place; to be asked only when they are few."""
    row = Findable
    here = tuple_(row.at, row.id)
    rows = _records(tx, found, select(row.at, row.id))
    if after is not None:
        rows = rows.where(here < after if is_down else here > after)
    rows = rows.order_by(row.at.desc(), row.id.desc()) if is_down else rows.order_by(row.at, row.id)
    return [tuple(one) for one in tx.execute(rows.limit(most))]


def how_many(tx: Tx, found: Found) -> int:
    """How many service records these are; to be asked only when they are few."""
    return int(tx.db.scalar(_records(tx, found, select(func.count()))) or 0)


def _records(tx: Tx, found: Found, rows: Any) -> Any:
    row = Findable
    return rows.where(row.workspace_id == tx.workspace_id, within(tx, row.number, found.numbers), row.at.is_not(None))


def number_of(tx: Tx, id: Any) -> Any:
    """By which number a row is found, as a column of a list that is to be sifted."""
    row = Findable
    return (
        select(row.number).where(row.workspace_id == tx.workspace_id, row.id == id).scalar_subquery().label("found_by")
    )


def numbers_of(tx: Tx, ids: Sequence[str]) -> dict[str, int]:
    """By which numbers these are found."""
    row = Findable
    mine = select(row.id, row.number).where(row.workspace_id == tx.workspace_id, within(tx, row.id, ids))
    return {row.id: row.number for row in tx.db.execute(mine)}


class Sifted(NamedTuple):
    """What of a list was found, and how far it was looked through; nothing when to its end."""

    keys: list[Key]
    last: Key | None


def those(found: Found, rows: Iterable[Row]) -> list[Key]:
    """The keys of the rows that were found."""
    return [row[:-1] for row in rows if found.holds(row[-1])]


def sift(found: Found, read: Callable[[Key | None, int], Sequence[Row]], most: int) -> Sifted:
    """Go through a list until so many are found, or it was enough for once. ``read`` gives some rows after a place."""
    met: list[Key] = []
    last, looked, step = None, 0, STEP
    while len(met) < most and looked < FARTHEST:
        rows = read(last, step)
        met += those(found, rows)
        if len(rows) < step:
            return Sifted(met, None)
        last, looked, step = rows[-1][:-1], looked + len(rows), min(step * 2, WIDEST)
    return Sifted(met, last)


def _holding(tx: Tx, one: Asked, marks: tuple[str, ...]) -> list[Blocks]:
    """For each word of it, who holds that."""
    row = Posting
    here = select(row.word, row.block, row.numbers).where(row.workspace_id == tx.workspace_id)
    if one.beginning:
        begin = [row.word.between(f"{mark}{one.beginning}", f"{mark}{one.beginning}\U0010ffff") for mark in marks]
        rows = tx.db.execute(here.where(or_(*begin)).limit(MOST_BEGINNINGS + 1)).all()
        if len(rows) <= MOST_BEGINNINGS:
            return [_together((block, numbers) for _, block, numbers in rows)]
    wanted = [f"{mark}{word}" for mark in marks for word in one.words]
    rows = tx.db.execute(here.where(row.word.in_(wanted))).all()
    of: dict[str, list[tuple[int, bytes]]] = {word: [] for word in one.words}
    for word, block, numbers in rows:
        of[word.removeprefix(NOTED)].append((block, numbers))
    return [_together(kept) for kept in of.values()]


def _together(kept: Iterable[tuple[int, bytes]]) -> Blocks:
    joined: Blocks = {}
    for block, numbers in kept:
        joined[block] = joined.get(block, 0) | unpack(numbers)
    return joined
