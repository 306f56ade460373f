"""Whether agents are there and ready, and what happens when a connection is lost.

A desk that goes away is given a grace time (``Workspace.offline_after``) before its agent counts as offline, and a further one
(``Workspace.return_after``) before the agent's conversations go to others. Both are timers, so a killed server keeps them.
"""

from datetime import timedelta

from sqlalchemy import delete, insert

from helpline.core import Conflict, Invalid, Tx

from . import jobs, queries
from .events import AgentCaughtUp, AgentConnected, AgentLost, AvailabilityChanged
from .models import Availability, BreakCause, BreakReason, Connection, Presence

MOST_RETURNED = 50


class NotConnected(Conflict):
    """Only an agent with an open desk can be ready."""


class UnknownBreakReason(Invalid):
    """There is no such reason for a break."""


def set_availability(tx: Tx, agent_id: str, state: Availability, reason_id: str | None = None) -> Presence:
    """Become ready, busy, on break (with a reason) or offline. To say the same again changes nothing."""
    if reason_id is not None:
        reason = tx.find(BreakReason, reason_id)
        if state is not Availability.BREAK or reason is None or not reason.active:
            raise UnknownBreakReason(field="reason_id")
    queries.hold_teams_of(tx, agent_id)
    (presence,) = tx.lock(Presence, agent_id)
    if state is Availability.READY and not presence.connected:
        raise NotConnected
    _become(tx, presence, state, reason_id)
    return presence


def connect(tx: Tx, agent_id: str, connection_id: str, node_id: str) -> None:
    """A desk of the agent came online. Within the grace time nothing was lost; later they say themselves that they are ready."""
    queries.hold_teams_of(tx, agent_id)
    (presence,) = tx.lock(Presence, agent_id)
    row = {"workspace_id": tx.workspace_id, "id": connection_id, "agent_id": agent_id, "node_id": node_id}
    tx.execute(insert(Connection), {**row, "since": tx.now})
    tx.cancel(jobs.go_offline, agent_id)
    tx.cancel(jobs.give_up_on, agent_id)
    if not presence.connected:
        presence.connected = True
        tx.emit(AgentConnected(agent_id=agent_id))


def disconnect(tx: Tx, connection_id: str) -> None:
    """A desk went away, or its node died. With the last one gone the grace time begins."""
    gone = tx.find(Connection, connection_id)
    if gone is None:
        return
    (presence,) = tx.lock(Presence, gone.agent_id)
    tx.execute(delete(Connection).where(Connection.workspace_id == tx.workspace_id, Connection.id == connection_id))
    if presence.connected and not queries.is_connected(tx, gone.agent_id):
        presence.connected = False
        tx.emit(AgentLost(agent_id=gone.agent_id))
        grace = timedelta(seconds=queries.workspace(tx).offline_after)
        tx.enqueue(jobs.go_offline, key=gone.agent_id, at=tx.now + grace, agent_id=gone.agent_id)


def note_returned(tx: Tx, agent_id: str, conversation_id: str) -> None:
    """Remember, for when the agent is back, that a conversation of theirs went to others."""
    (presence,) = tx.lock(Presence, agent_id)
    presence.returned = [*presence.returned, conversation_id][-MOST_RETURNED:]


def catch_up(tx: Tx, agent_id: str) -> None:
    """The agent has been told what went to others."""
    (presence,) = tx.lock(Presence, agent_id)
    if presence.returned:
        presence.returned = []
        tx.emit(AgentCaughtUp(agent_id=agent_id))


def break_after_miss(tx: Tx, agent_id: str) -> None:
    """Who let an offer go by is not asked again before they say that they are back. Their teams are held."""
    (presence,) = tx.lock(Presence, agent_id)
    if presence.state == Availability.READY:
        _become(tx, presence, Availability.BREAK, None, cause="missed_offer")


def _become(
    tx: Tx, presence: Presence, state: Availability, reason_id: str | None, cause: BreakCause | None = None
) -> None:
    if (presence.state, presence.reason_id, presence.cause) == (state, reason_id, cause):
        return
    was, presence.state, presence.reason_id, presence.cause = presence.state, state, reason_id, cause
    presence.since = tx.now
    reason = tx.find(BreakReason, reason_id)
    label = reason.label if reason else None
    tx.emit(AvailabilityChanged(agent_id=presence.id, state=state, was=was, reason=label, cause=cause))


def drop(tx: Tx, agent_id: str) -> None:
    """Count a lost agent as offline, unless they came back meanwhile."""
    queries.hold_teams_of(tx, agent_id)
    (presence,) = tx.lock(Presence, agent_id)
    if not presence.connected:
        _become(tx, presence, Availability.OFFLINE, None)
