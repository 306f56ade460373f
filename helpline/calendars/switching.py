"""Closing at once, and staying open longer: of chosen channel categories, whatever their calendars say."""

from datetime import datetime
from typing import Any

from helpline.channels import Category
from helpline.core import Conflict, Invalid, Tx, new_id

from .events import HoursSwitched, HoursSwitchedBack
from .models import HoursSwitch
from .plan import SwitchKind


class NoCategoryToSwitch(Invalid):
    """Say which channel categories are meant."""


class UnknownCategoryToSwitch(Invalid):
    """There is no such channel category."""


class EndsBeforeItBegins(Invalid):
    """This ends before it begins, or is over already."""


class ExtensionWithoutEnd(Invalid):
    """Say until when it is open; a calendar says when it is always open."""


class AlreadySwitchedBack(Conflict):
    """This has ended already."""


def switch(
    tx: Tx,
    *,
    kind: SwitchKind,
    category_ids: list[str],
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    note: str = "",
) -> HoursSwitch:
    """Close or extend, from now on or from a later moment."""
    starts = max(starts_at or tx.now, tx.now)
    if not category_ids:
        raise NoCategoryToSwitch(field="category_ids")
    if any(tx.find(Category, id) is None for id in category_ids):
        raise UnknownCategoryToSwitch(field="category_ids")
    if kind == "extend" and ends_at is None:
        raise ExtensionWithoutEnd(field="ends_at")
    if ends_at and ends_at <= starts:
        raise EndsBeforeItBegins(field="ends_at")
    row = HoursSwitch(workspace_id=tx.workspace_id, id=new_id(), kind=kind, category_ids=sorted(set(category_ids)))
    row.note, row.starts_at, row.ends_at, row.created_at = note.strip(), starts, ends_at, tx.now
    row.by_name, row.ended_by_name = tx.actor.name, ""
    return _keep(tx, row)


def bring(tx: Tx, **fields: Any) -> HoursSwitch:
    """Take in one that was switched elsewhere, as it is told."""
    return _keep(tx, HoursSwitch(workspace_id=tx.workspace_id, id=new_id(), **fields))


def _keep(tx: Tx, row: HoursSwitch) -> HoursSwitch:
    tx.db.add(row)
    tx.db.flush()
    told = HoursSwitched(
        id=row.id,
        name=_names(tx, row),
        kind=row.kind,
        category_ids=row.category_ids,
        starts_at=row.starts_at.isoformat(),
        ends_at=row.ends_at.isoformat() if row.ends_at else None,
        note=row.note,
    )
    tx.emit(told)
    return row


def switch_back(tx: Tx, id: str) -> HoursSwitch:
    """End a closure or an extension now; one that has not begun never begins."""
    tx.get(HoursSwitch, id)
    (row,) = tx.lock(HoursSwitch, id)
    if row.ends_at is not None and row.ends_at <= tx.now:
        raise AlreadySwitchedBack
    row.ends_at, row.ended_by_name = max(tx.now, row.starts_at), tx.actor.name
    tx.emit(HoursSwitchedBack(id=id, name=_names(tx, row), kind=row.kind, category_ids=row.category_ids))
    return row


def _names(tx: Tx, row: HoursSwitch) -> str:
    return ", ".join(sorted(tx.get(Category, id).name for id in row.category_ids))
