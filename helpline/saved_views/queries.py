"""Questions about saved views."""

from sqlalchemy import or_, select

from helpline.core import NotFound, Tx

from .models import SavedView


def readable(tx: Tx) -> list[SavedView]:
    """The actor's own, and those for everybody, by name."""
    rows = select(SavedView).where(SavedView.workspace_id == tx.workspace_id)
    rows = rows.where(or_(SavedView.agent_id == tx.actor.id, SavedView.shared))
    return list(tx.db.scalars(rows.order_by(SavedView.name, SavedView.id)))


def visible(tx: Tx, id: str) -> SavedView:
    """The view, if the actor sees it."""
    found = next((row for row in readable(tx) if row.id == id), None)
    if found is None:
        raise NotFound(f"There is no view {id[:64]!r} that you may see.")
    return found
