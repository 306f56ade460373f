"""Saving views."""

from typing import Any

from helpline.core import Conflict, Forbidden, Tx, new_id

from . import queries
from .events import SavedViewRemoved, SavedViewSet
from .models import SavedView

MOST = 100


class ViewNameTaken(Conflict):
    """You see a view of this name already."""


class TooManyViews(Conflict):
    """These are a hundred views; remove one first."""


class NotYoursToChange(Forbidden):
    """Views for everybody are shared and changed by those who see every service record; others keep their own."""


def save(tx: Tx, **values: Any) -> SavedView:
    """Save a view; one's own unless it is shared."""
    if len(queries.readable(tx)) >= MOST:
        raise TooManyViews
    row = SavedView(workspace_id=tx.workspace_id, id=new_id(), name="", query="", shared=False)
    row.agent_id, row.created_at = tx.actor.id, tx.now
    return _set(tx, row, values)


def change(tx: Tx, id: str, **values: Any) -> SavedView:
    """Give it another name or other filters, share it or keep it for oneself."""
    return _set(tx, _held(tx, id), values)


def remove(tx: Tx, id: str) -> None:
    """Remove it."""
    row = _held(tx, id)
    tx.db.delete(row)
    tx.emit(SavedViewRemoved(id=row.id, name=row.name, shared=row.shared))


def _held(tx: Tx, id: str) -> SavedView:
    queries.visible(tx, id)
    (row,) = tx.lock(SavedView, id)
    _may_change(tx, row)
    return row


def _set(tx: Tx, row: SavedView, values: dict[str, Any]) -> SavedView:
    for name, value in values.items():
        setattr(row, name, value)
    _may_change(tx, row)
    with tx.db.no_autoflush:
        if any(other.name == row.name and other.id != row.id for other in queries.readable(tx)):
            raise ViewNameTaken(field="name")
    tx.db.add(row)
    tx.db.flush()
    tx.emit(SavedViewSet(id=row.id, name=row.name, shared=row.shared))
    return row


def _may_change(tx: Tx, row: SavedView) -> None:
    if tx.actor.may("record.read_all"):
        return
    if row.shared or row.agent_id != tx.actor.id:
        raise NotYoursToChange(field="shared")
