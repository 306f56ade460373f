"""Questions about canned responses."""

from sqlalchemy import select

from helpline.core import NotFound, Tx
from helpline.people.queries import teams_of

from .models import CannedResponse


def all_of(tx: Tx) -> list[CannedResponse]:
    """Every one of the workspace, by shortcut."""
    rows = select(CannedResponse).where(CannedResponse.workspace_id == tx.workspace_id)
    return list(tx.db.scalars(rows.order_by(CannedResponse.shortcut, CannedResponse.title, CannedResponse.id)))


def readable(tx: Tx) -> list[CannedResponse]:
    """Those the actor may insert: shared with everybody or with a team of theirs, and their own. Managers see all shared."""
    mine, sees_shared = set(teams_of(tx, tx.actor.id)), tx.actor.may("canned_response.manage")
    return [
        row
        for row in all_of(tx)
        if row.agent_id == tx.actor.id
        or row.shared_with == "everybody"
        or (row.shared_with == "teams" and (sees_shared or mine.intersection(row.team_ids)))
    ]


def visible(tx: Tx, id: str) -> CannedResponse:
    """The canned response, if the actor may read it."""
    found = next((row for row in readable(tx) if row.id == id), None)
    if found is None:
        raise NotFound(f"There is no canned response {id[:64]!r} that you may see.")
    return found
