"""The list of service records: filters, two orders, pages to and fro, and a count that gives up in time.

A page costs what it shows, not what there is. Each filter has an index that is in the order of time, and a list of values is
read value by value, each no further than one page, and merged.
"""

import re
from datetime import datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select, tuple_, union

from helpline import search
from helpline.core import Tx
from helpline.core.paging import cursor, place
from helpline.core.within import within
from helpline.search import Found, Key, Sifted, first_of, look_up, sift, those

from .models import ServiceRecord
from .narrowing import Filters, asides, branches, choices, is_narrow, is_seen, of_today
from .queries import has_reason, is_visible

Sort = Literal["-started_at", "started_at", "-ended_at", "ended_at"]
COUNTED_TO = 1000
_NUMBERED = re.compile(r"#(\d{1,9})")


class Order(NamedTuple):
    """Which of its times a list goes by, and whether the latest comes first."""

    by: str
    is_down: bool

    @property
    def time(self) -> Any:
        """The column."""
        return getattr(ServiceRecord, self.by)

    def after(self, rows: Select[Any], place: Key | None) -> Select[Any]:
        """Those behind a place."""
        here = tuple_(self.time, ServiceRecord.id)
        return rows if place is None else rows.where(here < place if self.is_down else here > place)

    def is_after(self, key: Key, place: Key | None) -> bool:
        """Whether it is behind a place."""
        return place is None or (key < place if self.is_down else key > place)

    def first(self, rows: Select[Any], place: Key | None, most: int) -> Select[Any]:
        """The first ones behind a place, in order."""
        id = ServiceRecord.id
        by = (self.time.desc(), id.desc()) if self.is_down else (self.time.asc(), id.asc())
        return self.after(rows, place).order_by(*by).limit(most)


NEWEST = Order("started_at", is_down=True)


class Page(NamedTuple):
    """Some records in order, and the places before and after them."""

    rows: list[ServiceRecord]
    previous: str | None
    next: str | None


def page(tx: Tx, filters: Filters, limit: int, at: str | None = None, sort: Sort = "-started_at") -> Page:
    """One page, newest first unless ``sort`` says otherwise. By their end only those come that have one."""
    filters = of_today(tx, filters)
    way, *key = place(at, Literal["next", "previous"], datetime, str) if at else ("next",)  # type: ignore[arg-type]
    down = sort.startswith("-") == (way == "next")
    met = first(tx, filters, Order(sort.removeprefix("-"), down), tuple(key) or None, limit + 1)
    keys = met.keys[:limit]
    # Where it goes on: after the last row, or as far as was looked through for it.
    on = keys[-1] if len(met.keys) > limit else met.last
    rows, back = _rows(tx, keys), (keys[0] if keys and key else None)
    if way == "previous":
        rows.reverse()
        on, back = (keys[0] if keys else None), on
    return Page(rows, cursor("previous", *back) if back else None, cursor("next", *on) if on else None)


def count(tx: Tx, filters: Filters) -> int | None:
    """How many there are; one more than ``COUNTED_TO`` when it is more than that; nothing when that would take too long."""
    filters = of_today(tx, filters)
    wanted, _few = _conditions(tx, filters)
    if found := _found(tx, filters.text):
        if not found.are_few:
            return None if is_narrow(tx, filters) else COUNTED_TO + 1
        if not is_narrow(tx, filters):
            return len(search.times(tx, found.numbers))
        wanted.append(ServiceRecord.id.in_(search.ids(tx, found.numbers)))
    some = _of(tx).with_only_columns(ServiceRecord.id).where(is_visible(tx), *choices(filters), *wanted)
    return tx.db.scalar(select(func.count()).select_from(some.limit(COUNTED_TO + 1).subquery())) or 0


def _rows(tx: Tx, keys: list[Key]) -> list[ServiceRecord]:
    # Put in order here: asked to, a planner may go through all of time to meet these few.
    ids = [id for _, id in keys]
    rows = {row.id: row for row in tx.db.scalars(_of(tx).where(within(ServiceRecord.id, ids)))} if ids else {}
    return [rows[id] for id in ids]


def _of(tx: Tx) -> Select[ServiceRecord]:
    return select(ServiceRecord).where(ServiceRecord.workspace_id == tx.workspace_id)


def first(tx: Tx, filters: Filters, order: Order, after: Key | None, most: int) -> Sifted:
    """The first keys (time, id) after a place."""
    wanted, few = _conditions(tx, filters)
    if order.by == "ended_at":
        wanted.append(ServiceRecord.ended_at.is_not(None))
    keys = _of(tx).with_only_columns(order.time.label("at"), ServiceRecord.id).where(*wanted)
    found = _found(tx, filters.text, order, after)
    numbered = keys if found is None else keys.add_columns(search.number_of(tx, ServiceRecord.id))
    if few:
        rows = _read(tx, order.after(numbered.where(is_seen(tx), *asides(filters)), after))
        return Sifted(sorted(rows if found is None else those(found, rows), reverse=order.is_down), None)
    ways = [numbered.where(*branch) for branch in branches(tx, filters)]

    def read(last: Key | None, most: int) -> list[Key]:
        return _merged(tx, [order.first(way, last or after, most) for way in ways], order, most)

    def look(numbers: list[int]) -> list[Key]:
        if order.by == "started_at" and not is_narrow(tx, filters):
            return [key for key in search.times(tx, numbers) if order.is_after(key, after)]
        these = keys.where(ServiceRecord.id.in_(search.ids(tx, numbers)), is_seen(tx), *asides(filters))
        return _read(tx, order.after(these, after))

    if found is None:
        return Sifted(read(None, most), None)
    if order.by == "started_at":  # which is the order of the index too
        return first_of([look_up(found, look, most, is_down=order.is_down), sift(found, read)], most)
    if found.are_few:
        return Sifted(sorted(look(found.numbers), reverse=order.is_down), None)
    return first_of([sift(found, read)], most)


def _read(tx: Tx, rows: Select[Any]) -> list[Key]:
    return [tuple(row) for row in tx.db.execute(rows)]


def _merged(tx: Tx, branches: list[Select[Any]], order: Order, most: int) -> list[Key]:
    """The first keys of all branches together."""
    if len(branches) == 1:
        return _read(tx, branches[0])
    found = union(*(select(branch.subquery()) for branch in branches)).subquery()
    by = (found.c.at.desc(), found.c.id.desc()) if order.is_down else (found.c.at, found.c.id)
    return [tuple(row) for row in tx.db.execute(select(*found.c).order_by(*by).limit(most))]


def _conditions(tx: Tx, filters: Filters) -> tuple[list[ColumnElement[bool]], bool]:
    """What has to hold beside choices and words, and whether that leaves so few that their order is of no matter."""
    wanted: list[ColumnElement[bool]] = []
    few = False
    if filters.reason_id:
        having, few = has_reason(tx, filters.reason_id)
        wanted.append(having)
    if filters.created_from:
        wanted.append(ServiceRecord.started_at >= filters.created_from)
    if filters.created_to:
        wanted.append(ServiceRecord.started_at < filters.created_to)
    if number := _NUMBERED.fullmatch(filters.text):
        return [*wanted, ServiceRecord.number == int(number[1])], True
    return wanted, few


def _found(tx: Tx, text: str, order: Order = NEWEST, after: Key | None = None) -> Found | None:
    """What holds the words in its messages or notes, or has this number; nothing when no words are asked for."""
    if not text or _NUMBERED.fullmatch(text):
        return None
    since = after[0] if after and order.by == "started_at" else None
    found = search.find(tx, text, in_notes=True, since=since, is_down=order.is_down)
    if not re.fullmatch(r"\d{1,9}", text):
        return found
    numbered = select(ServiceRecord.id).where(
        ServiceRecord.workspace_id == tx.workspace_id, ServiceRecord.number == int(text)
    )
    return found.along_with(search.numbers_of(tx, tx.db.scalars(numbered)).values())


__all__ = ["COUNTED_TO", "NEWEST", "Filters", "Order", "Page", "Sort", "count", "first", "page"]
