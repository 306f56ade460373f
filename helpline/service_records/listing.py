"""The list of service records: filters, two orders, pages to and fro, and a count that gives up in time.

A page costs what it shows, not what there is. Each filter has an index that is in the order of time, and a list of values is
read value by value, each no further than one page, and merged.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select, true, tuple_, union

from helpline import search
from helpline.contacts import Contact
from helpline.contacts.queries import current
from helpline.core import Tx
from helpline.core.paging import cursor, place
from helpline.people.queries import teams_of
from helpline.search import Found, Sifted, sift
from helpline.search.queries import Key

from .models import ServiceRecord
from .queries import has_reason, is_visible

Sort = Literal["-started_at", "started_at", "-ended_at", "ended_at"]
COUNTED_TO = 1000
CHOICES = (
    "contact_id",
    "handler_id",
    "owner_id",
    "category_id",
    "team_id",
    "result_id",
    "rating",
    "channel_kind",
    "state",
)
"""What a record has one of. In this order one of them leads the way: the former are true of fewer records."""
NARROWING = (*CHOICES, "reason_id", "created_from", "created_to")


@dataclass(frozen=True)
class Filters:
    """What a list of records is narrowed to; several of a kind mean any of them."""

    state: Sequence[str] = ()
    handler_id: Sequence[str] = ()
    team_id: Sequence[str] = ()
    result_id: Sequence[str] = ()
    reason_id: Sequence[str] = ()
    category_id: Sequence[str] = ()
    owner_id: Sequence[str] = ()
    channel_kind: Sequence[str] = ()
    contact_id: Sequence[str] = ()
    rating: Sequence[int] = ()
    created_from: datetime | None = None
    created_to: datetime | None = None
    text: str = ""


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

    def first(self, rows: Select[Any], place: Key | None, most: int) -> Select[Any]:
        """The first ones behind a place, in order."""
        id = ServiceRecord.id
        by = (self.time.desc(), id.desc()) if self.is_down else (self.time.asc(), id.asc())
        return self.after(rows, place).order_by(*by).limit(most)


class Page(NamedTuple):
    """Some records in order, and the places before and after them."""

    rows: list[ServiceRecord]
    previous: str | None
    next: str | None


def page(tx: Tx, filters: Filters, limit: int, at: str | None = None, sort: Sort = "-started_at") -> Page:
    """One page, newest first unless ``sort`` says otherwise. By their end only those come that have one."""
    filters = _of_today(tx, filters)
    way, *key = place(at, Literal["next", "previous"], datetime, str) if at else ("next",)  # type: ignore[arg-type]
    down = sort.startswith("-") == (way == "next")
    met = _met(tx, filters, Order(sort.removeprefix("-"), down), tuple(key) or None, limit + 1)
    keys = met.keys[:limit]
    # Where it goes on: after the last row, or as far as was looked through for it.
    on = keys[-1] if len(met.keys) > limit else met.last
    # Put in order here: asked to, a planner may go through all of time to meet these few.
    found = {row.id: row for row in tx.db.scalars(_of(tx).where(ServiceRecord.id.in_([id for _, id in keys])))}
    rows, back = [found[id] for _, id in keys], (keys[0] if keys and key else None)
    if way == "previous":
        rows.reverse()
        on, back = (keys[0] if keys else None), on
    return Page(rows, cursor("previous", *back) if back else None, cursor("next", *on) if on else None)


def count(tx: Tx, filters: Filters) -> int | None:
    """How many there are; one more than ``COUNTED_TO`` when it is more than that; nothing when that would take too long."""
    filters = _of_today(tx, filters)
    wanted, _few, found = _conditions(tx, filters)
    if found is not None:
        return None if _is_narrow(tx, filters) else COUNTED_TO + 1
    if few := _by_words_alone(tx, filters):
        return search.how_many(tx, few)
    some = _of(tx).with_only_columns(ServiceRecord.id).where(is_visible(tx), *_all(filters), *wanted)
    return tx.db.scalar(select(func.count()).select_from(some.limit(COUNTED_TO + 1).subquery())) or 0


def _of_today(tx: Tx, filters: Filters) -> Filters:
    """A contact that was merged stands for whom they turned out to be; one that never was is found nowhere."""
    rows = [tx.find(Contact, id) for id in filters.contact_id]
    if not any(row and row.merged_into_id for row in rows):
        return filters
    return replace(filters, contact_id=[current(tx, row.id).id for row in rows if row])


def _is_narrow(tx: Tx, filters: Filters) -> bool:
    return not _sees_all(tx) or any(getattr(filters, name) for name in NARROWING)


def _by_words_alone(tx: Tx, filters: Filters) -> Found | None:
    """What holds the words, where that is all that is asked for and the index of words knows it all by itself."""
    if not filters.text or filters.text.startswith("#") or _is_narrow(tx, filters):
        return None
    found = tx.once(_holding, filters.text)
    return found if found.are_few else None


def _of(tx: Tx) -> Select[ServiceRecord]:
    return select(ServiceRecord).where(ServiceRecord.workspace_id == tx.workspace_id)


def _met(tx: Tx, filters: Filters, order: Order, after: Key | None, most: int) -> Sifted:
    """The first keys (time, id) after a place."""
    if order.by == "started_at" and (alone := _by_words_alone(tx, filters)):
        return Sifted(search.in_time(tx, alone, after, most, is_down=order.is_down), None)
    wanted, few, found = _conditions(tx, filters)
    if order.by == "ended_at":
        wanted.append(ServiceRecord.ended_at.is_not(None))
    keys = _of(tx).with_only_columns(order.time.label("at"), ServiceRecord.id).where(*wanted)
    if found is not None:
        keys = keys.add_columns(search.number_of(tx, ServiceRecord.id))
    if few:
        rows = map(tuple, tx.db.execute(order.after(keys.where(_is_seen(tx), *_asides(filters)), after)))
        some = rows if found is None else search.those(found, rows)
        return Sifted(sorted(some, reverse=order.is_down), None)
    branches = [keys.where(*branch) for branch in _branches(tx, filters)]

    def read(after: Key | None, most: int) -> list[Key]:
        return _merged(tx, [order.first(branch, after, most) for branch in branches], order, most)

    if found is None:
        return Sifted(read(after, most), None)
    return sift(found, lambda last, most: read(last or after, most), most)


def _merged(tx: Tx, branches: list[Select[Any]], order: Order, most: int) -> list[Key]:
    """The first keys of all branches together."""
    found = union(*(select(branch.subquery()) for branch in branches)).subquery()
    by = (found.c.at.desc(), found.c.id.desc()) if order.is_down else (found.c.at, found.c.id)
    return [tuple(row) for row in tx.db.execute(select(*found.c).order_by(*by).limit(most))]


def _branches(tx: Tx, filters: Filters) -> list[list[ColumnElement[bool]]]:
    """One for each value of the filter that leads the way, or for each way in which a record may be visible."""
    leads = next((name for name in CHOICES if getattr(filters, name)), "")
    if leads and (_sees_all(tx) or leads == "contact_id"):
        values = dict.fromkeys(getattr(filters, leads))
        rest = [_is_seen(tx), *_asides(filters, besides=leads)]
        return [[getattr(ServiceRecord, leads) == value, *rest] for value in values]
    if _sees_all(tx):
        return [[]]
    teams = [ServiceRecord.team_id == team_id for team_id in teams_of(tx, tx.actor.id)]
    return [[way, *_asides(filters)] for way in (ServiceRecord.handler_id == tx.actor.id, *teams)]


def _sees_all(tx: Tx) -> bool:
    return tx.actor.kind == "system" or tx.actor.may("record.read_all")


def _is_seen(tx: Tx) -> ColumnElement[bool]:
    mine = or_(_aside("handler_id") == tx.actor.id, _aside("team_id").in_(teams_of(tx, tx.actor.id)))
    return true() if _sees_all(tx) else mine


def _asides(filters: Filters, besides: str = "") -> list[ColumnElement[bool]]:
    return [_aside(name).in_(getattr(filters, name)) for name in CHOICES if name != besides and getattr(filters, name)]


def _aside(name: str) -> ColumnElement[str]:
    """The same value, in words that keep a planner without statistics from going by this column's index instead."""
    column = getattr(ServiceRecord, name)
    return column + 0 if name == "rating" else column.concat("")  # type: ignore[no-any-return]


def _all(filters: Filters) -> list[ColumnElement[bool]]:
    return [getattr(ServiceRecord, name).in_(getattr(filters, name)) for name in CHOICES if getattr(filters, name)]


def _conditions(tx: Tx, filters: Filters) -> tuple[list[ColumnElement[bool]], bool, Found | None]:
    """What has to hold beside the choices; whether that leaves so few that their order is of no matter; and what to sift by."""
    wanted: list[ColumnElement[bool]] = []
    few = False
    if filters.reason_id:
        having, few = has_reason(tx, filters.reason_id)
        wanted.append(having)
    if filters.created_from:
        wanted.append(ServiceRecord.started_at >= filters.created_from)
    if filters.created_to:
        wanted.append(ServiceRecord.started_at < filters.created_to)
    if number := re.fullmatch(r"#(\d{1,9})", filters.text):
        return [*wanted, ServiceRecord.number == int(number[1])], True, None
    if filters.text:
        found = tx.once(_holding, filters.text)
        if not found.are_few:
            return wanted, few, found
        wanted.append(ServiceRecord.id.in_(search.ids(tx, found)))
        few = True
    return wanted, few, None


def _holding(tx: Tx, text: str) -> Found:
    """What holds the words in its messages or notes, or has this number."""
    found = search.find(tx, text, in_notes=True)
    if not re.fullmatch(r"\d{1,9}", text):
        return found
    numbered = select(ServiceRecord.id).where(
        ServiceRecord.workspace_id == tx.workspace_id, ServiceRecord.number == int(text)
    )
    return found.along_with(search.numbers_of(tx, list(tx.db.scalars(numbered))).values())
