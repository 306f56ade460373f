"""The places of agents that conversations take. Their rows are held, or become so, after all else but a service record's."""

from datetime import datetime

from sqlalchemy import bindparam, func, update

from helpline.core import Moment, Prepared, Tx
from helpline.people import Presence


def take_place(tx: Tx, agent_id: str) -> None:
    """An agent serves one more from now on."""
    _change(tx, agent_id, by=1, served_at=tx.now)


def free_place(tx: Tx, agent_id: str) -> None:
    """An agent serves one less from now on."""
    _change(tx, agent_id, by=-1, served_at=tx.now)


def reserve_place(tx: Tx, agent_id: str) -> None:
    """One more is offered to an agent. Who is only offered something has served nobody by that."""
    _change(tx, agent_id, by=1)


def give_up_place(tx: Tx, agent_id: str) -> None:
    """What was reserved for an agent is not."""
    _change(tx, agent_id, by=-1)


def fill_place(tx: Tx, agent_id: str) -> None:
    """An agent begins to serve what was reserved for them."""
    _change(tx, agent_id, by=0, served_at=tx.now)


def _change(tx: Tx, agent_id: str, by: int, served_at: datetime | None = None) -> None:
    changed = tx.say(_CHANGE, workspace=tx.workspace_id, agent=agent_id, by=by, moment=served_at)
    if changed is not None:
        tx.renew(Presence, changed)


_PRESENCE = Presence.__table__
_CHANGE = Prepared(
    update(_PRESENCE)  # type: ignore[arg-type]
    .where(_PRESENCE.c.workspace_id == bindparam("workspace"), _PRESENCE.c.id == bindparam("agent"))
    .values(
        load=_PRESENCE.c.load + bindparam("by"),
        served_at=func.coalesce(bindparam("moment", type_=Moment), _PRESENCE.c.served_at),
    )
    .returning(*_PRESENCE.c)
)
