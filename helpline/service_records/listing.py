"""The list of service records: filters, two orders, pages to and fro, and a count that gives up in time.

A page costs what it shows, not what there is. Each filter has an index that is in the order of time, and a list of values is
read value by value, each no further than one page, and merged.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, true, tuple_, union

from helpline.core import Tx
from helpline.core.paging import cursor, place
from helpline.people.queries import teams_of

from .models import Reason, RecordReason, ServiceRecord
from .queries import is_visible

Sort = Literal["-started_at", "started_at", "-ended_at", "ended_at"]
COUNTED_TO = 1000
RARE = 1000
"""A reason that fewer records than this have is looked up; a commoner one is met soon on the way through time."""
CHOICES = (
    "contact_id",
    "handler_id",
    "owner_id",
    "category_id",
    "team_id",
    "result_id",
    "channel_kind",
    "state",
)
"""What a record has one of. In this order one of them leads the way: the former are true of fewer records."""


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
    created_from: datetime | None = None
    created_to: datetime | None = None
    text: str = ""


class Page(NamedTuple):
    """Some records in order, and the places before and after them."""

    rows: list[ServiceRecord]
    previous: str | None
    next: str | None


def page(tx: Tx, filters: Filters, limit: int, at: str | None = None, sort: Sort = "-started_at") -> Page:
    """One page, newest first unless ``sort`` says otherwise. By their end only those come that have one."""
    way, *key = place(at, Literal["next", "previous"], datetime, str) if at else ("next",)  # type: ignore[arg-type]
    time = getattr(ServiceRecord, sort.removeprefix("-"))
    down = sort.startswith("-") == (way == "next")
    wanted, few = _conditions(tx, filters)
    if key:
        after = tuple_(time, ServiceRecord.id)
        wanted.append(after < tuple(key) if down else after > tuple(key))
    if time is ServiceRecord.ended_at:
        wanted.append(time.is_not(None))
    keys = _of(tx).with_only_columns(ServiceRecord.id, time.label("at")).where(*wanted)
    if few:
        some = tx.db.execute(keys.where(_is_seen(tx), *_asides(filters))).all()
        ids = [id for id, _ in sorted(some, key=lambda row: (row.at, row.id), reverse=down)]
    else:
        branches = [keys.where(*branch) for branch in _branches(tx, filters)]
        ids = _merged(
            tx, [_ordered(branch, time, down=down).limit(limit + 1) for branch in branches], limit + 1, down=down
        )
    more, ids = len(ids) > limit, ids[:limit]
    # Put in order here: asked to, a planner may go through all of time to meet these few.
    found = {row.id: row for row in tx.db.scalars(_of(tx).where(ServiceRecord.id.in_(ids)))}
    rows = [found[id] for id in ids]
    if way == "previous":
        rows.reverse()

    def edge(row: ServiceRecord, way: str) -> str:
        return cursor(way, getattr(row, time.key), row.id)

    before = bool(key) if way == "next" else more
    behind = more if way == "next" else True
    return Page(
        rows,
        edge(rows[0], "previous") if rows and before else None,
        edge(rows[-1], "next") if rows and behind else None,
    )


def count(tx: Tx, filters: Filters) -> int:
    """How many there are; one more than ``COUNTED_TO`` when it is more than that."""
    wanted, _few = _conditions(tx, filters)
    found = _of(tx).with_only_columns(ServiceRecord.id).where(is_visible(tx), *_all(filters), *wanted)
    return tx.db.scalar(select(func.count()).select_from(found.limit(COUNTED_TO + 1).subquery())) or 0


def _of(tx: Tx) -> Select[ServiceRecord]:
    return select(ServiceRecord).where(ServiceRecord.workspace_id == tx.workspace_id)


def _ordered(rows: Select[Any], time: Any, *, down: bool) -> Select[Any]:
    order = (time.desc(), ServiceRecord.id.desc()) if down else (time.asc(), ServiceRecord.id.asc())
    return rows.order_by(*order)


def _merged(tx: Tx, branches: list[Select[Any]], most: int, *, down: bool) -> list[str]:
    """The first ids of all branches together."""
    found = union(*(select(branch.subquery()) for branch in branches)).subquery()
    order = (found.c.at.desc(), found.c.id.desc()) if down else (found.c.at, found.c.id)
    return list(tx.db.scalars(select(found.c.id).order_by(*order).limit(most)))


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
    return getattr(ServiceRecord, name).concat("")  # type: ignore[no-any-return]


def _all(filters: Filters) -> list[ColumnElement[bool]]:
    return [getattr(ServiceRecord, name).in_(getattr(filters, name)) for name in CHOICES if getattr(filters, name)]


def _conditions(tx: Tx, filters: Filters) -> tuple[list[ColumnElement[bool]], bool]:
    """What has to hold beside the choices, and whether that leaves so few that their order is of no matter."""
    wanted: list[ColumnElement[bool]] = []
    few = False
    if filters.reason_id:
        has_reason, few = _has_reason(tx, filters.reason_id)
        wanted.append(has_reason)
    if filters.created_from:
        wanted.append(ServiceRecord.started_at >= filters.created_from)
    if filters.created_to:
        wanted.append(ServiceRecord.started_at < filters.created_to)
    if number := re.fullmatch(r"#(\d{1,9})", filters.text):
        return [*wanted, ServiceRecord.number == int(number[1])], True
    if filters.text:
        like = "%" + filters.text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        texts = (ServiceRecord.notes, ServiceRecord.contact_name)
        found: list[ColumnElement[bool]] = [column.ilike(like, escape="\\") for column in texts]
        if re.fullmatch(r"\d{1,9}", filters.text):
            found.append(ServiceRecord.number == int(filters.text))
        wanted.append(or_(*found))
    return wanted, few


def _has_reason(tx: Tx, reason_ids: Sequence[str]) -> tuple[ColumnElement[bool], bool]:
    # A heading stands for everything below it.
    below = select(Reason.id).where(Reason.workspace_id == tx.workspace_id, Reason.parent_id.in_(reason_ids))
    chosen = [*reason_ids, *tx.db.scalars(below)]
    having = select(RecordReason.id).where(
        RecordReason.workspace_id == tx.workspace_id, RecordReason.reason_id.in_(chosen)
    )
    few = list(tx.db.scalars(having.limit(RARE)))
    if len(few) < RARE:
        return ServiceRecord.id.in_(few), True
    return exists(having.where(RecordReason.id == ServiceRecord.id).correlate(ServiceRecord)), False
