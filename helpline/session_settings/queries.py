"""Which session settings hold."""

from typing import Any

import msgspec
from sqlalchemy import bindparam, select

from helpline.core import Prepared, Tx

from .models import WORKSPACE, SessionSettingsRow
from .prompts import PromptName
from .sections import SessionSettings

Overrides = dict[str, dict[str, Any]]


def in_force(tx: Tx, category_id: str | None = None) -> SessionSettings:
    """The settings of a channel category, or of the workspace. Read anew in every unit, so a change holds from the next on."""
    return tx.once(_read, category_id or WORKSPACE)


def changed(tx: Tx) -> None:
    """Other settings are in force from now on, in this unit too."""
    tx.forget(_read)
    tx.forget(_said_somewhere)


def _read(tx: Tx, scope: str) -> SessionSettings:
    set_in = {
        row.id: row.overrides for row in tx.say_all(_SET_IN, workspace=tx.workspace_id, all=WORKSPACE, scope=scope)
    }
    return merged(*(set_in[one] for one in dict.fromkeys([WORKSPACE, scope]) if one in set_in))


def says_somewhere(tx: Tx, prompt: PromptName) -> bool:
    """Whether this prompt is sent in the workspace, or in any of its channel categories."""
    return tx.once(_said_somewhere, prompt)


def _said_somewhere(tx: Tx, prompt: str) -> bool:
    set_in = {row.id: row.overrides for row in rows(tx)}
    whole = set_in.pop(WORKSPACE, {})
    return any(getattr(merged(whole, own).prompts, prompt).on for own in ({}, *set_in.values()))


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


_SET_IN = Prepared(
    select(SessionSettingsRow.id, SessionSettingsRow.overrides).where(
        SessionSettingsRow.workspace_id == bindparam("workspace"),
        SessionSettingsRow.id.in_([bindparam("all"), bindparam("scope")]),
    )
)
