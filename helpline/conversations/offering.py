"""Manual service mode: a conversation is reserved for an agent, who connects in time, or it goes to the next one."""

from datetime import timedelta
from typing import Literal

from helpline.core import Conflict, Tx
from helpline.people import Agent

from . import jobs, queries, serving
from .events import ConversationOffered, ConversationOfferEnded
from .messages import note_event
from .models import Conversation, State
from .places import fill_place, give_up_place, reserve_place
from .rules import Why

Ending = Literal["missed", "declined", "lost"]


class OfferGone(Conflict):
    """This conversation is not offered to you any more."""


def offer(tx: Tx, conversation: Conversation, agent_id: str, why: Why, seconds: int) -> None:
    """Reserve a waiting conversation for an agent until they connect. The caller holds the team and has chosen the agent."""
    until = tx.now + timedelta(seconds=seconds)
    conversation.state, conversation.agent_id = State.OFFERED, agent_id
    conversation.offered_at, conversation.offered_until = tx.now, until
    conversation.version += 1
    reserve_place(tx, agent_id)
    tx.enqueue(jobs.pass_offer_on, key=conversation.id, at=until, conversation_id=conversation.id)
    tx.emit(
        ConversationOffered(
            conversation_id=conversation.id,
            team_id=conversation.team_id,
            agent_id=agent_id,
            why=why,
            until=until.isoformat(),
        )
    )


def connect(tx: Tx, conversation_id: str) -> Conversation:
    """The actor takes what they are offered; said again, it changes nothing. Until the next one has it, it is never too late."""
    queries.servable(tx, conversation_id)
    (conversation,) = serving.hold(tx, conversation_id, agents=[tx.actor.id])
    if conversation.agent_id != tx.actor.id or conversation.state not in {State.OFFERED, State.ACTIVE}:
        raise OfferGone
    if conversation.state == State.OFFERED:
        forget(tx, conversation)
        fill_place(tx, tx.actor.id)
        serving.take_charge(tx, conversation, tx.actor.id, "connected")
    return conversation


def decline(tx: Tx, conversation_id: str) -> Conversation:
    """The actor leaves what they are offered to the next one, at once."""
    queries.servable(tx, conversation_id)
    (conversation,) = serving.hold(tx, conversation_id, agents=[tx.actor.id])
    if conversation.agent_id != tx.actor.id or conversation.state != State.OFFERED:
        raise OfferGone
    end(tx, conversation, "declined")
    return conversation


def end(tx: Tx, conversation: Conversation, why: Ending) -> None:
    """An offer came to nothing: the conversation keeps its place in the queue, and remembers who had it. All is held."""
    agent = tx.get(Agent, conversation.agent_id or "")
    forget(tx, conversation)
    give_up_place(tx, agent.id)
    conversation.state, conversation.agent_id = State.WAITING, None
    conversation.missed_by = [*(id for id in conversation.missed_by if id != agent.id), agent.id]
    conversation.version += 1
    note_event(tx, conversation.id, "offer_ended", agent_id=agent.id, agent_name=agent.name, why=why)
    ended = {"conversation_id": conversation.id, "team_id": conversation.team_id, "agent_id": agent.id}
    tx.emit(ConversationOfferEnded(**ended, why=why))


def forget(tx: Tx, conversation: Conversation) -> None:
    """It is offered to nobody, and no timer is set."""
    if conversation.offered_until:
        tx.cancel(jobs.pass_offer_on, conversation.id)
    conversation.offered_at = conversation.offered_until = None
