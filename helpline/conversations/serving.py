"""Who serves a conversation: into the queue, to an agent, on to another, and to its end.

Every change of an agent's load goes through ``places.py``, under the locks that ``hold`` takes in one order:
teams, then the conversation, then the agent. Which agent it should be is decided above, in ``routing``.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import select

from helpline.core import Conflict, Invalid, Tx
from helpline.core.errors import LostRace
from helpline.people import Agent, Team
from helpline.people import queries as people
from helpline.people.access import NotSignedIn

from . import queries, scheduled, undecided
from .events import (
    ConversationAssigned,
    ConversationClosed,
    ConversationReleased,
    ConversationReturned,
    ConversationTakenOver,
    ConversationTransferred,
)
from .messages import note_event
from .models import CloseReason, Conversation, State
from .places import free_place, take_place
from .placing import IN_QUEUE, leave_queue, put_in_place, tell_queued, waits_in_person
from .prompting import say_end
from .rules import Why


class AlreadyClosed(Conflict):
    """The conversation is closed already."""


class AlreadyServed(Conflict):
    """Somebody serves this conversation already."""


class TransferToNobody(Invalid):
    """Say which agent or which team should have it: one of the two."""


class UnknownTarget(Invalid):
    """There is no such agent or team."""


def hold(tx: Tx, *conversation_ids: str, agents: Iterable[str] = (), teams: Iterable[str] = ()) -> list[Conversation]:
    """The conversations, locked, with the queues of every team that a change of them may touch. First of all in a unit."""
    seen = [tx.get(Conversation, id) for id in conversation_ids]
    standing = {row.id: (row.state, row.team_id, row.agent_id) for row in seen}
    held = {row.team_id for row in seen} | set(teams)
    for id in {row.agent_id for row in seen if row.agent_id} | set(agents):
        held |= set(people.teams_of(tx, id))
    people.hold_teams(tx, *held)
    locked = tx.lock(Conversation, *conversation_ids)
    if any((row.state, row.team_id, row.agent_id) != standing[row.id] for row in locked):
        raise LostRace
    return locked


def enter_queue(tx: Tx, conversation: Conversation) -> None:
    """A conversation that was just made begins to wait in its team's queue, which the caller holds."""
    tell_queued(tx, conversation, "new")


def take_over(tx: Tx, conversation: Conversation) -> None:
    """A conversation that was brought from elsewhere goes on here: with its agent, or in its queue. All teams are held."""
    agent_id, team_id = conversation.agent_id, conversation.team_id
    if agent_id:
        take_place(tx, agent_id)
    else:
        put_in_place(tx, conversation)
    tx.emit(ConversationTakenOver(conversation_id=conversation.id, team_id=team_id, agent_id=agent_id))


def assign(tx: Tx, conversation: Conversation, agent_id: str, why: Why, since: datetime | None = None) -> None:
    """Put an agent in charge of a waiting conversation. The caller holds the team and has chosen the agent.

    The contact waited ``since``, if not since the conversation was queued.
    """
    take_place(tx, agent_id)
    take_charge(tx, conversation, agent_id, why, since)


def take_charge(tx: Tx, conversation: Conversation, agent_id: str, why: Why, since: datetime | None = None) -> None:
    """An agent serves the conversation from now on. Their place for it is taken already."""
    agent = tx.get(Agent, agent_id)
    waited = max((tx.now - (since or conversation.queued_at or tx.now)).total_seconds(), 0.0)
    conversation.state, conversation.agent_id = State.ACTIVE, agent_id
    conversation.assigned_at = max(tx.now, conversation.queued_at or tx.now)  # another node's clock may be ahead
    conversation.avoid_agent_id, conversation.missed_by, conversation.message_left_at = None, [], None
    conversation.version += 1
    details = {"agent_id": agent_id, "agent_name": agent.name, "team_id": conversation.team_id}
    note_event(tx, conversation.id, "assigned", public=True, **details, waited_seconds=round(waited, 3), why=why)
    tx.emit(
        ConversationAssigned(
            conversation_id=conversation.id,
            agent_id=agent_id,
            team_id=conversation.team_id,
            waited_seconds=waited,
            why=why,
        )
    )


def take(tx: Tx, conversation_id: str) -> Conversation:
    """The actor takes a waiting conversation out of the queue; on purpose, so their limit does not matter."""
    queries.servable(tx, conversation_id)
    (conversation,) = hold(tx, conversation_id, agents=[tx.actor.id])
    if not _is_still_active(tx, tx.actor.id):
        raise NotSignedIn
    if conversation.agent_id == tx.actor.id and conversation.state == State.ACTIVE:
        return conversation
    if conversation.state == State.CLOSED:
        raise AlreadyClosed
    if conversation.state == State.BOT:
        undecided.stop(tx, conversation, "agent")
    if conversation.state != State.WAITING:
        raise AlreadyServed
    assign(tx, conversation, tx.actor.id, "taken")
    return conversation


def transfer(
    tx: Tx, conversation_id: str, *, agent_id: str | None, team_id: str | None, note: str = ""
) -> Conversation:
    """Hand a conversation to an agent, whatever their state and limit, or to a team's queue."""
    if (agent_id is None) == (team_id is None):
        raise TransferToNobody(field="agent_id")
    queries.servable(tx, conversation_id)
    agent, team = tx.find(Agent, agent_id), tx.find(Team, team_id)
    if (agent_id and not (agent and agent.active)) or (team_id and not (team and team.active)):
        raise UnknownTarget(field="agent_id" if agent_id else "team_id")
    (conversation,) = hold(tx, conversation_id, agents=filter(None, [agent_id]), teams=filter(None, [team_id]))
    if team and not tx.lock(Team, team.id)[0].active:  # switched off a moment ago
        raise UnknownTarget(field="team_id")
    if agent and not _is_still_active(tx, agent.id):
        raise UnknownTarget(field="agent_id")
    if conversation.state == State.CLOSED:
        raise AlreadyClosed
    if agent_id and conversation.agent_id == agent_id:
        return conversation
    scheduled.let_go(tx, conversation)
    if conversation.state == State.BOT:
        undecided.stop(tx, conversation, "agent")
    by: dict[str, Any] = {"by_id": tx.actor.id, "by_name": tx.actor.name, "note": note}
    to: dict[str, Any] = {"to_agent_id": agent_id, "to_agent_name": agent.name} if agent else {}
    to |= {"to_team_id": team_id, "to_team_name": team.name} if team else {}
    note_event(tx, conversation_id, "transferred", **by, **to)
    giver = conversation.agent_id
    handed = ConversationTransferred(
        conversation_id=conversation_id,
        from_agent_id=giver,
        from_team_id=conversation.team_id,
        to_agent_id=agent_id,
        to_team_id=team_id or conversation.team_id,
        note=note,
    )
    tx.emit(handed)
    since = conversation.queued_at if conversation.state in IN_QUEUE else tx.now
    leave_queue(tx, conversation)
    _leave_agent(tx, conversation)
    conversation.state = State.WAITING
    if agent_id:
        conversation.queued_at = conversation.queued_at or tx.now
        assign(tx, conversation, agent_id, "transferred", since)
    elif team_id:
        conversation.team_id, conversation.queued_at, conversation.missed_by = team_id, tx.now, []
        others = set(people.members_of(tx, team_id)) - {giver}
        conversation.avoid_agent_id = giver if others else None
        tell_queued(tx, conversation, "transferred")
    return conversation


def give_back(tx: Tx, conversation_id: str, why: Literal["agent_lost", "agent_silent"] = "agent_lost") -> None:
    """Return a conversation whose agent was lost, or does not answer. It keeps its place in time, which puts it at the head."""
    (conversation,) = hold(tx, conversation_id)
    if conversation.state != State.ACTIVE or conversation.agent_id is None:
        return
    lost = tx.get(Agent, conversation.agent_id)
    note_event(tx, conversation_id, "returned", agent_id=lost.id, agent_name=lost.name, why=why)
    tx.emit(ConversationReturned(conversation_id=conversation_id, agent_id=lost.id, why=why))
    _leave_agent(tx, conversation)
    conversation.state = State.WAITING
    if why == "agent_silent" and set(people.members_of(tx, conversation.team_id)) - {lost.id}:
        conversation.avoid_agent_id = lost.id
    tell_queued(tx, conversation, "returned")


def close(tx: Tx, conversation_id: str, reason: CloseReason) -> Conversation:
    """End a conversation. To end it again changes nothing."""
    (conversation,) = hold(tx, conversation_id)
    if conversation.state == State.CLOSED:
        return conversation
    scheduled.let_go(tx, conversation)
    agent_id = conversation.agent_id
    if reason is CloseReason.CONTACT_CLOSED and waits_in_person(conversation):
        reason = CloseReason.ABANDONED
    say_end(tx, conversation, reason)
    note_event(tx, conversation_id, "closed", public=True, reason=reason, by_name=tx.actor.name)
    tx.emit(ConversationClosed(conversation_id=conversation_id, reason=reason, agent_id=agent_id))
    leave_queue(tx, conversation)
    if agent_id and conversation.state in {State.OFFERED, State.ACTIVE}:
        free_place(tx, agent_id)
        tx.emit(ConversationReleased(conversation_id=conversation_id, agent_id=agent_id))
    conversation.state, conversation.close_reason, conversation.closed_at = State.CLOSED, reason, tx.now
    conversation.waiting_since, conversation.unread = None, 0
    conversation.version += 1
    return conversation


def _leave_agent(tx: Tx, conversation: Conversation) -> None:
    if conversation.agent_id is None:
        return
    free_place(tx, conversation.agent_id)
    tx.emit(ConversationReleased(conversation_id=conversation.id, agent_id=conversation.agent_id))
    conversation.agent_id = None


def _is_still_active(tx: Tx, agent_id: str) -> bool:
    """Whether an agent was not switched off while a team of theirs was waited for, which whoever does that holds."""
    active = select(Agent.active).where(Agent.workspace_id == tx.workspace_id, Agent.id == agent_id)
    return bool(tx.db.scalar(active))
