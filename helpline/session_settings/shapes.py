"""How session settings look on the wire."""

from collections.abc import Iterable
from typing import Any

import msgspec

from helpline.channels import Category
from helpline.core import In, Out, Tx, Update
from helpline.core.shapes import given

from .models import WORKSPACE, SessionSettingsRow
from .queries import Overrides, merged, rows
from .sections import SessionSettings


class SessionSettingsOut(Out):
    id: str
    """The channel category's; empty: these are the workspace's."""
    version: int
    in_force: SessionSettings
    inherited: SessionSettings
    """What would hold if nothing were set here: the workspace's, or the defaults."""
    overridden: list[str]
    """What is set here, as in `closure.contact_timeout`."""
    differing: dict[str, list[str]]
    """For the workspace: what channel categories decide otherwise, each with their ids."""


def session_settings_out(tx: Tx, category_id: str | None) -> SessionSettingsOut:
    """The settings of a scope, and where each comes from."""
    scope = tx.get(Category, category_id).id if category_id else WORKSPACE
    # Those of all categories only where it is said which of them differ.
    found = {row.id: row for row in (rows(tx, WORKSPACE, scope) if scope else rows(tx))}
    above: list[Overrides] = [found[WORKSPACE].overrides] if scope and WORKSPACE in found else []
    own = found[scope].overrides if scope in found else {}
    return SessionSettingsOut(
        id=scope,
        version=found[scope].version if scope in found else 0,
        in_force=merged(*above, own),
        inherited=merged(*above),
        overridden=_names(own),
        differing={} if scope else _differing(found.values()),
    )


def _names(overrides: Overrides) -> list[str]:
    return [f"{section}.{name}" for section, fields in overrides.items() for name in fields]


def _differing(found: Iterable[SessionSettingsRow]) -> dict[str, list[str]]:
    differing: dict[str, list[str]] = {}
    for row in found:
        for name in _names(row.overrides) if row.id != WORKSPACE else ():
            differing.setdefault(name, []).append(row.id)
    return differing


def overrides_of(change: In) -> Overrides:
    """What a change says, section by section, as it is kept."""
    said: dict[str, Any] = given(change)
    return {name: msgspec.to_builtins(section) for name, section in said.items() if name != "version"}


def session_settings_update(tx: Tx, scope: str, also: frozenset[str]) -> Update:
    """What desks are told about the settings of a scope; a category's are drawn anew by whoever shows them."""
    return Update.of("session_settings", scope, session_settings_out(tx, scope or None), {"everyone", *also})
