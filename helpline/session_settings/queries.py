"""Which session settings hold."""

from typing import Any

import msgspec
from sqlalchemy import select

from helpline.core import Tx

from .models import WORKSPACE, SessionSettingsRow
from .sections import SessionSettings

Overrides = dict[str, dict[str, Any]]


def in_force(tx: Tx, category_id: str | None = None) -> SessionSettings:
    """The settings of a channel category, or of the workspace. Read anew in every unit, so a change holds from the next on."""
    return tx.once(_read, category_id or WORKSPACE)


def changed(tx: Tx) -> None:
    """Other settings are in force from now on, in this unit too."""
    tx.forget(_read)


def _read(tx: Tx, scope: str) -> SessionSettings:
    scopes = [WORKSPACE, scope] if scope else [WORKSPACE]
    set_in = {row.id: row.overrides for row in rows(tx, *scopes)}
    return merged(*(set_in.get(scope, {}) for scope in scopes))


def rows(tx: Tx, *scopes: str) -> list[SessionSettingsRow]:
    """What is set in these scopes; in all there are, when none is named."""
    found = select(SessionSettingsRow).where(SessionSettingsRow.workspace_id == tx.workspace_id)
    if scopes:
        found = found.where(SessionSettingsRow.id.in_(scopes))
    return list(tx.db.scalars(found.order_by(SessionSettingsRow.id)))


def merged(*overrides: Overrides) -> SessionSettings:
    """The defaults with these upon them, one after the other."""
    fields: Overrides = {}
    for scope in overrides:
        for section, values in scope.items():
            fields.setdefault(section, {}).update(values)
    return msgspec.convert(fields, SessionSettings)
