"""Timers about people."""

from datetime import timedelta

from helpline.core import Tx

from . import presence, queries
from .events import AgentAbandoned
from .models import Presence


def go_offline(tx: Tx, agent_id: str) -> None:
    """The grace time of a lost connection is over."""
    presence.drop(tx, agent_id)
    after = timedelta(seconds=queries.workspace(tx).return_after)
    tx.enqueue(give_up_on, key=agent_id, at=tx.now + after, agent_id=agent_id)


def give_up_on(tx: Tx, agent_id: str) -> None:
    """The lost agent did not come back; what they served goes to others."""
    if not tx.get(Presence, agent_id).connected:
        tx.emit(AgentAbandoned(agent_id=agent_id))
