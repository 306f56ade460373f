"""The orders in which conversations are listed, and a page of those that hold some words."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, select, tuple_

from helpline import search
from helpline.core import Tx
from helpline.core.paging import cursor
from helpline.search import Key

from .models import Conversation


class Order(NamedTuple):
    """What rows are put in order by. The key ascends in a queue and descends elsewhere; it ends with the id."""

    by: tuple[Any, ...]
    columns: tuple[Any, ...]
    kinds: tuple[Any, ...]
    key: Callable[[Conversation], Key]
    is_down: bool

    def since(self, rows: Select[Any], place: Key | None) -> Select[Any]:
        """Those behind a place."""
        if place is None:
            return rows
        here = tuple_(*self.columns)
        return rows.where(here < place if self.is_down else here > place)

    def ordered(self, rows: Select[Any], place: Key | None) -> Select[Any]:
        """Those behind a place, in order."""
        return self.since(rows, place).order_by(*self.by)


NEWEST = Order(
    by=(Conversation.last_at.desc(), Conversation.id.desc()),
    columns=(Conversation.last_at, Conversation.id),
    kinds=(datetime, str),
    key=lambda row: (row.last_at, row.id),
    is_down=True,
)
TURN = Order(
    by=(Conversation.urgency.desc(), Conversation.queued_at, Conversation.id),
    columns=(-Conversation.urgency, Conversation.queued_at, Conversation.id),
    kinds=(float, datetime, str),
    key=lambda row: (-row.urgency, row.queued_at, row.id),
    is_down=False,
)


def page(
    tx: Tx, text: str, rows: Select[Any], order: Order, limit: int, since: Key | None
) -> tuple[list[Conversation], str | None]:
    """One page of those of the rows that hold the words."""
    found, keys = search.find(tx, text, in_notes=False), rows.with_only_columns(*order.columns)
    if found.are_few:
        some = order.since(keys.where(Conversation.id.in_(search.ids(tx, found.numbers))), since)
        met = search.Sifted(sorted(_read(tx, some), reverse=order.is_down), None)
    else:
        keys = keys.add_columns(search.number_of(tx, Conversation.id))
        met = search.first_of(
            [search.sift(found, lambda last, most: _read(tx, order.ordered(keys, last or since).limit(most)))],
            limit + 1,
        )
    chosen = met.keys[:limit]
    ids = [key[-1] for key in chosen]
    there = select(Conversation).where(Conversation.workspace_id == tx.workspace_id, Conversation.id.in_(ids))
    by_id = {row.id: row for row in tx.db.scalars(there)}
    last = chosen[-1] if len(met.keys) > limit else met.last
    return [by_id[id] for id in ids], cursor(*last) if last else None


def _read(tx: Tx, rows: Select[Any]) -> list[Key]:
    return [tuple(row) for row in tx.db.execute(rows)]
