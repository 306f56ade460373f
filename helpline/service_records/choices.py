"""The administrator's lists: results and reasons. An option that is switched off stays on the records that have it."""

from typing import Any, TypeVar

from helpline.channels import Category
from helpline.core import Conflict, Invalid, Tx, edit, new_id
from helpline.core.ordering import last_place, put_in_order

from . import queries
from .events import ReasonSet, ResultSet
from .models import Reason, Result

Choice = TypeVar("Choice", Result, Reason)


class LabelTaken(Conflict):
    """There is already one with this name."""


class NotAHeading(Invalid):
    """Reasons have two levels: put it below a heading that is not below another."""


class UnknownCategory(Invalid):
    """There is no such channel category."""


def add_result(tx: Tx, **values: Any) -> Result:
    """Add a result; without a position, behind all others."""
    values.setdefault("position", last_place(queries.results(tx)))
    row = Result(workspace_id=tx.workspace_id, id=new_id(), label="", automatic=False, active=True)
    row.applies_to, row.automatic_in = [], []
    return _set(tx, row, values)


def add_reason(tx: Tx, **values: Any) -> Reason:
    """Add a heading, or a reason below one; without a position, behind all others."""
    values.setdefault("position", last_place(queries.reasons(tx)))
    return _set(tx, Reason(workspace_id=tx.workspace_id, id=new_id(), label="", active=True, category_ids=[]), values)


def change(tx: Tx, row: Choice, **values: Any) -> Choice:
    """Change a result or a reason."""
    return _set(tx, row, values)


def order_results(tx: Tx, ids: list[str]) -> list[Result]:
    """Put all results in order."""
    moved = put_in_order(queries.results(tx), ids)
    tx.db.flush()
    for row, changes in moved:
        tx.emit(ResultSet(id=row.id, name=row.label, fields=["position"], changes=changes))
    return queries.results(tx)


def order_reasons(tx: Tx, ids: list[str]) -> list[Reason]:
    """Put all reasons in order, headings and those below them in one list."""
    moved = put_in_order(queries.reasons(tx), ids)
    tx.db.flush()
    for row, changes in moved:
        tx.emit(ReasonSet(id=row.id, name=row.label, fields=["position"], changes=changes))
    return queries.reasons(tx)


def _set(tx: Tx, row: Choice, values: dict[str, Any]) -> Choice:
    if isinstance(row, Reason):
        _check_reason(tx, row, values)
    elif any(tx.find(Category, id) is None for id in values.get("automatic_in", [])):
        raise UnknownCategory(field="automatic_in")
    elif "label" in values and any(o.label == values["label"] and o.id != row.id for o in queries.results(tx)):
        raise LabelTaken(field="label")
    if isinstance(row, Result):
        _make_way(tx, row, values)
    changes = edit(row, values)
    tx.db.add(row)
    tx.db.flush()
    if changes:
        fact = ReasonSet if isinstance(row, Reason) else ResultSet
        tx.emit(fact(id=row.id, name=row.label, fields=sorted(changes), changes=changes))
    return row


def _make_way(tx: Tx, row: Result, values: dict[str, Any]) -> None:
    """One result is given by itself, and one in a category, so the one that was is it no longer."""
    taken = set(values.get("automatic_in", []))
    for other in queries.results(tx):
        left = {
            "automatic": other.automatic and not values.get("automatic"),
            "automatic_in": [id for id in other.automatic_in if id not in taken],
        }
        if other.id != row.id and (changes := edit(other, left)):
            tx.db.flush()
            tx.emit(ResultSet(id=other.id, name=other.label, fields=sorted(changes), changes=changes))


def _check_reason(tx: Tx, row: Reason, values: dict[str, Any]) -> None:
    there = queries.reasons(tx)
    parent_id = values.get("parent_id", row.parent_id)
    if parent_id is not None:
        parent = next((reason for reason in there if reason.id == parent_id), None)
        has_children = any(reason.parent_id == row.id for reason in there)
        if parent is None or parent.parent_id is not None or parent.id == row.id or has_children:
            raise NotAHeading(field="parent_id")
    label = values.get("label", row.label)
    if any((reason.label, reason.parent_id) == (label, parent_id) and reason.id != row.id for reason in there):
        raise LabelTaken(field="label")
    if any(tx.find(Category, id) is None for id in values.get("category_ids", [])):
        raise UnknownCategory(field="category_ids")
