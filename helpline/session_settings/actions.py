"""Deciding about sessions."""

from typing import Any

import msgspec

from helpline.channels import Category
from helpline.core import Tx
from helpline.core.errors import EditedMeanwhile

from .allocation import check_allocation
from .closure import check_closure
from .events import SessionSettingsChanged
from .models import WORKSPACE, SessionSettingsRow
from .queries import Overrides, changed, merged, rows
from .queueing import check_queue
from .references import check_references
from .sections import SECTIONS, SessionSettings


def change(tx: Tx, category_id: str | None, wanted: Overrides, version: int | None = None) -> SessionSettingsRow:
    """Set some fields of a scope; one that is set to nothing is inherited again. Refused when ``version`` is no longer its."""
    scope = category_id or WORKSPACE
    category = tx.get(Category, scope) if scope else None
    row = next(iter(tx.lock(SessionSettingsRow, scope)), None)
    if version is not None and version != (row.version if row else 0):
        raise EditedMeanwhile
    if row is None:
        row = SessionSettingsRow(workspace_id=tx.workspace_id, id=scope, version=0, overrides={})
        tx.db.add(row)
    above = [one.overrides for one in rows(tx, WORKSPACE)] if scope else []
    before, own = merged(*above, row.overrides), _overridden(row.overrides, wanted)
    _check(tx, wanted, after := merged(*above, own), category_id)
    if own != row.overrides:
        row.overrides = own
        row.version += 1
        changed(tx)
        changes = {name: (_value(before, name), _value(after, name)) for name in _names(wanted)}
        changes = {name: (was, now) for name, (was, now) in changes.items() if was != now}
        name = category.name if category else ""
        tx.emit(
            SessionSettingsChanged(category_id=category_id, name=name, fields=sorted(_names(wanted)), changes=changes)
        )
    return row


def _overridden(own: Overrides, wanted: Overrides) -> Overrides:
    """What is overridden afterwards: without what is inherited again, and without sections of which nothing is left."""
    made = {}
    for section in SECTIONS:
        fields = {**own.get(section, {}), **wanted.get(section, {})}
        made[section] = {name: value for name, value in fields.items() if value is not None}
    return {section: fields for section, fields in made.items() if fields}


def _check(tx: Tx, wanted: Overrides, after: SessionSettings, category_id: str | None) -> None:
    for section, fields in wanted.items():
        check_references(tx, section, SECTIONS[section], fields)
    if "allocation" in wanted:
        check_allocation(tx, wanted["allocation"], after.allocation)
    if "queue" in wanted:
        check_queue(tx, after.queue, wanted["queue"], category_id)
    if "closure" in wanted:
        check_closure(after.closure)


def _names(wanted: Overrides) -> list[str]:
    return [f"{section}.{name}" for section, fields in wanted.items() for name in fields]


def _value(settings: SessionSettings, name: str) -> Any:
    section, _, field = name.partition(".")
    return msgspec.to_builtins(getattr(getattr(settings, section), field))
