"""Lists that people put in order by hand: a position on each row, set for the whole list at once."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, Protocol, TypeVar

from msgspec import Meta

from .errors import Conflict
from .facts import edit
from .shapes import In


class Placed(Protocol):
    """A row of such a list."""

    id: Any
    position: Any


Row = TypeVar("Row", bound=Placed)


class OrderIn(In):
    ids: Annotated[list[str], Meta(max_length=10_000)]


class ListChanged(Conflict):
    """Meanwhile somebody added to this list. Look at it again."""


def put_in_order(rows: Sequence[Row], ids: Sequence[str]) -> list[tuple[Row, dict[str, Any]]]:
    """Places the rows as the ids stand, which have to be all of theirs; those that moved, each with its change."""
    if sorted(ids) != sorted(row.id for row in rows):
        raise ListChanged(field="ids")
    known = {row.id: row for row in rows}
    edited = [(known[id], edit(known[id], {"position": place})) for place, id in enumerate(ids)]
    return [(row, changes) for row, changes in edited if changes]


def last_place(rows: Iterable[Placed]) -> int:
    """Where what is new goes: behind all others."""
    return max((row.position + 1 for row in rows), default=0)
