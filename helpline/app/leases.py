"""Leases: of several nodes one does a thing, until it lets it go or dies.

A lease is as good as the node that holds it: who lives is known already (``nodes.py``), so nothing has to be renewed. It is there
so that order and rates hold and no work is done in vain; that nothing happens twice is seen to by the rows that are worked off.
"""

from typing import Any

from sqlalchemy import Select, String, bindparam, delete, text
from sqlalchemy.orm import Mapped, mapped_column

from helpline.core import Model, Tx

_TAKE = text(
    "INSERT INTO lease (workspace_id, name, holder) VALUES (:workspace_id, :name, :holder)"
    " ON CONFLICT (workspace_id, name) DO UPDATE SET holder = excluded.holder"
    " WHERE lease.holder = excluded.holder OR lease.holder NOT IN (SELECT id FROM node)"
    " RETURNING holder"
).bindparams(bindparam("workspace_id"), bindparam("name"), bindparam("holder"))
_GIVE_BACK = text("DELETE FROM lease WHERE lease.workspace_id = :workspace_id AND name = :name AND holder = :holder")


class Lease(Model):
    """Who does something at the moment."""

    __tablename__ = "lease"
    workspace_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    holder: Mapped[str] = mapped_column(String(36))
    __table_args__ = ({"sqlite_with_rowid": False},)


def take(tx: Tx, name: str, node_id: str) -> bool:
    """Take a lease, or keep it; whether this node has it now."""
    given = {"workspace_id": tx.workspace_id, "name": name, "holder": node_id}
    return tx.execute(_TAKE, given).first() is not None


def give_back(tx: Tx, name: str, node_id: str) -> None:
    """Let it go, for whoever has something to do next."""
    tx.execute(_GIVE_BACK, {"workspace_id": tx.workspace_id, "name": name, "holder": node_id})


def free(tx: Tx, holders: Select[Any]) -> None:
    """Have the leases of these nodes be anybody's, over all workspaces."""
    tx.execute(delete(Lease).where(Lease.holder.in_(holders)))
