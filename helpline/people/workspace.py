"""What holds for the whole workspace: name, language, limit, grace times, targets, and what a break can be for."""

from typing import Any

from helpline.core import Conflict, Tx, edit, new_id
from helpline.core.ordering import last_place, put_in_order

from . import queries
from .actions import check_zone, refresh_capacity
from .events import BreakReasonSet, WorkspaceChanged
from .models import BreakReason, Workspace


class BreakReasonTaken(Conflict):
    """There is already a reason with this name."""


def change_workspace(tx: Tx, **changes: Any) -> Workspace:
    """Change some of the workspace's settings. They hold from the next event on: a timer that runs keeps its time."""
    if changes.keys() & {"limit", "kind_limits"}:
        queries.hold_every_team(tx)
    workspace = queries.workspace(tx)
    check_zone(changes.get("timezone", "UTC"))
    changed = edit(workspace, changes)
    if changed:
        tx.emit(WorkspaceChanged(name=workspace.name, fields=sorted(changed), changes=changed))
    if "limit" in changed:
        for agent_id in sorted(agent.id for agent, _ in queries.agents(tx)):
            refresh_capacity(tx, agent_id)
    return workspace


def add_break_reason(tx: Tx, *, label: str, position: int | None = None) -> BreakReason:
    """Add something that a break can be for; without a position, behind all others."""
    if position is None:
        position = last_place(queries.break_reasons(tx))
    row = BreakReason(workspace_id=tx.workspace_id, id=new_id(), label="", position=0, active=True)
    return change_break_reason(tx, row, label=label, position=position)


def order_break_reasons(tx: Tx, ids: list[str]) -> list[BreakReason]:
    """Put all reasons for breaks in order."""
    moved = put_in_order(queries.break_reasons(tx), ids)
    tx.db.flush()
    for row, changes in moved:
        tx.emit(BreakReasonSet(id=row.id, name=row.label, fields=["position"], changes=changes))
    return queries.break_reasons(tx)


def change_break_reason(tx: Tx, row: BreakReason, **changes: Any) -> BreakReason:
    """Change a reason; switched off, it can no longer be chosen. What it was called stays in the facts."""
    label = changes.get("label", row.label)
    if any(other.label == label and other.id != row.id for other in queries.break_reasons(tx)):
        raise BreakReasonTaken(field="label")
    changed = edit(row, changes)
    tx.db.add(row)
    tx.db.flush()
    if changed:
        tx.emit(BreakReasonSet(id=row.id, name=row.label, fields=sorted(changed), changes=changed))
    return row
