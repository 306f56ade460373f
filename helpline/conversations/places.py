"""The places of agents that conversations take. Their rows are held, or become so, after all else but a service record's."""

from datetime import datetime
from typing import Any

from sqlalchemy import update

from helpline.core import Tx
from helpline.people import Presence


def take_place(tx: Tx, agent_id: str) -> None:
    """An agent serves one more from now on."""
    _set(tx, agent_id, load=Presence.load + 1, served_at=tx.now)


def free_place(tx: Tx, agent_id: str) -> None:
    """An agent serves one less from now on."""
    _set(tx, agent_id, load=Presence.load - 1, served_at=tx.now)


def reserve_place(tx: Tx, agent_id: str) -> None:
    """One more is offered to an agent. Who is only offered something has served nobody by that."""
    _set(tx, agent_id, load=Presence.load + 1)


def give_up_place(tx: Tx, agent_id: str) -> None:
    """What was reserved for an agent is not."""
    _set(tx, agent_id, load=Presence.load - 1)


def fill_place(tx: Tx, agent_id: str) -> None:
    """An agent begins to serve what was reserved for them."""
    _set(tx, agent_id, served_at=tx.now)


def _set(tx: Tx, agent_id: str, **values: datetime | Any) -> None:
    row = update(Presence).where(Presence.workspace_id == tx.workspace_id, Presence.id == agent_id)
    tx.execute(row.values(**values))
    tx.expire()
