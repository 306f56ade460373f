"""Session settings as lines, and back; what names a row does so by its name."""

import msgspec

from helpline.core import Tx
from helpline.session_settings import actions, queries
from helpline.session_settings.models import WORKSPACE
from helpline.session_settings.queries import Overrides
from helpline.session_settings.references import references, renamed
from helpline.session_settings.sections import SECTIONS, OverridesIn
from helpline.session_settings.shapes import overrides_of

from .called import Called
from .names import Names
from .outcome import NEW, UNCHANGED, Outcome
from .setting_lines import SessionSettingsLine


def lines(tx: Tx, called: Called) -> list[SessionSettingsLine]:
    """One for each scope in which something is set; the workspace's first."""
    by_kind = {"team": called.teams, "agent": called.agents, "category": called.categories}
    by_kind["calendar"] = called.calendars
    made = []
    for row in queries.rows(tx):
        if not row.overrides:
            continue
        named: Overrides = {section: dict(fields) for section, fields in row.overrides.items()}
        for section, name, kind in _references(named):
            named[section][name] = renamed(named[section][name], by_kind[kind].__getitem__)
        line = SessionSettingsLine(category=called.categories[row.id] if row.id else None)
        line.overrides = msgspec.convert(named, OverridesIn)
        made.append(line)
    return sorted(made, key=lambda line: line.category or "")


def bring(tx: Tx, line: SessionSettingsLine, names: Names) -> Outcome:
    """Take over what is set in a scope, unless something is set there already."""
    category_id = names.category(line.category).id if line.category else None
    if any(row.overrides for row in queries.rows(tx, category_id or WORKSPACE)):
        return UNCHANGED
    wanted = overrides_of(line.overrides)
    find = {
        "team": lambda name: names.team(name).id,
        "agent": lambda name: names.agent(name).id,
        "category": lambda name: names.category(name).id,
        "calendar": lambda name: names.calendar(name).id,
    }
    for section, name, kind in _references(wanted):
        wanted[section][name] = renamed(wanted[section][name], find[kind])
    actions.change(tx, category_id, wanted)
    return NEW


def _references(overrides: Overrides) -> list[tuple[str, str, str]]:
    """(section, field, kind of row) of all that names a row."""
    return [
        (section, name, kind)
        for section, fields in overrides.items()
        for name, kind in references(SECTIONS[section]).items()
        if name in fields
    ]
