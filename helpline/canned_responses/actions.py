"""Writing and using canned responses."""

from typing import Any

from sqlalchemy import update

from helpline.core import Conflict, Forbidden, Invalid, Tx, new_id
from helpline.people import Team
from helpline.people.queries import hold_teams

from . import queries
from .events import CannedResponseSet, CannedResponseUsed
from .models import CannedResponse


class ShortcutTaken(Conflict):
    """There is already a canned response with this shortcut for the same people."""


class SharedWithNoTeam(Invalid):
    """Say with which teams it is shared."""


class UnknownTeamToShareWith(Invalid):
    """There is no such team."""


class NotYoursToShare(Forbidden):
    """Your own canned responses are yours to write; those of others need the permission canned_response.manage."""


def add(tx: Tx, *, agent_id: str = "", **values: Any) -> CannedResponse:
    """Write a new one; the actor's own, unless it is shared. The system writes in the name of ``agent_id``."""
    row = CannedResponse(workspace_id=tx.workspace_id, id=new_id(), team_ids=[], choices=[], active=True)
    row.agent_id = agent_id or tx.actor.id
    row.shortcut, row.title, row.text, row.language, row.shared_with, row.used = "", "", "", "", "me", 0
    return _set(tx, row, values, was_private=True)


def change(tx: Tx, id: str, **values: Any) -> CannedResponse:
    """Change one, also with whom it is shared."""
    queries.visible(tx, id)
    (row,) = tx.lock(CannedResponse, id)
    _may_write(tx, row)
    return _set(tx, row, values, was_private=row.shared_with == "me")


def use(tx: Tx, id: str) -> None:
    """Count that it was inserted."""
    row = queries.visible(tx, id)
    counted = update(CannedResponse).where(CannedResponse.workspace_id == tx.workspace_id, CannedResponse.id == row.id)
    tx.execute(counted.values(used=CannedResponse.used + 1))
    tx.expire()
    tx.emit(CannedResponseUsed(id=id, agent_id=tx.actor.id))


def _set(tx: Tx, row: CannedResponse, values: dict[str, Any], *, was_private: bool) -> CannedResponse:
    if "shortcut" in values:
        values["shortcut"] = values["shortcut"].lower()
    changed = sorted(name for name, value in values.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, values[name])
    _may_write(tx, row)
    _check(tx, row, changed)
    tx.db.add(row)
    tx.db.flush()
    if changed:
        private = was_private and row.shared_with == "me"
        tx.emit(CannedResponseSet(id=row.id, agent_id=row.agent_id, fields=changed, private=private))
    return row


def _may_write(tx: Tx, row: CannedResponse) -> None:
    is_own = row.shared_with == "me" and row.agent_id == tx.actor.id
    if not is_own and tx.actor.kind != "system" and not tx.actor.may("canned_response.manage"):
        raise NotYoursToShare(field="shared_with")


def _check(tx: Tx, row: CannedResponse, changed: list[str]) -> None:
    if "team_ids" in changed and any(tx.find(Team, id) is None for id in row.team_ids):
        raise UnknownTeamToShareWith(field="team_ids")
    if row.shared_with == "teams" and not row.team_ids:
        raise SharedWithNoTeam(field="team_ids")
    with tx.db.no_autoflush:  # else the database would refuse it first, in fewer words
        there = _those_it_may_cross(tx, row)
    if any(_crosses(row, other) for other in there if other.id != row.id and other.active and row.active):
        raise ShortcutTaken(field="shortcut")


def _those_it_may_cross(tx: Tx, row: CannedResponse) -> list[CannedResponse]:
    # No index knows teams that overlap. So who shares with a team holds it, and the later one sees the other's.
    if row.shared_with == "teams":
        hold_teams(tx, *row.team_ids)
    return queries.all_of(tx)


def _crosses(one: CannedResponse, other: CannedResponse) -> bool:
    """Whether the same people would find two under one shortcut in one language."""
    alike = (one.shortcut, one.language, one.shared_with) == (other.shortcut, other.language, other.shared_with)
    if not alike or one.shared_with == "everybody":
        return alike
    return one.agent_id == other.agent_id if one.shared_with == "me" else bool({*one.team_ids} & {*other.team_ids})
