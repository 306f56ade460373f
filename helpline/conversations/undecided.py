"""Conversations that wait for no agent yet, because somebody is asked first who shall serve them."""

from datetime import timedelta
from typing import Any

from helpline.channels.kinds import can
from helpline.core import Tx
from helpline.people import Agent, Team
from helpline.people.events import TeamChanged
from helpline.session_settings import in_force
from helpline.session_settings.allocation import on_card
from helpline.session_settings.opening import hours_at

from . import card, jobs
from .deciding_events import ConversationDecided, ConversationUndecided
from .messages import note_event
from .models import Conversation, State
from .prompting import say
from .visitor_shapes import visitor_state_update
from .waiting import undecided_by_contact

PATIENCE = 2
"""Seconds beyond the server's time until it is not waited for any more: so long the call itself may have had to wait."""


def ask(tx: Tx, conversation: Conversation) -> bool:
    """Ask about a conversation that was just made, where that is so decided; else it goes its way at once."""
    allocation = in_force(tx, conversation.category_id).allocation
    if allocation.policy == "automatic" or not hours_at(tx, conversation.category_id).may_queue:
        return False
    if allocation.policy == "contact_chooses_team":
        choices, wait, of = [team.id for team in on_card(tx, allocation)], allocation.choose_within, "contact"
        if not choices:
            return False
    else:
        choices, wait, of = [], allocation.server_timeout + PATIENCE, "server"
    conversation.state, conversation.queued_at = State.BOT, None
    conversation.decider, conversation.choices = of, choices
    if wait:
        after = tx.now + timedelta(seconds=wait)
        tx.enqueue(jobs.decide_without, key=conversation.id, at=after, conversation_id=conversation.id)
    tx.emit(ConversationUndecided(conversation_id=conversation.id, team_id=conversation.team_id, of=of))
    return True


def show_card(tx: Tx, fact: ConversationUndecided) -> None:
    """The contact is asked; where no card is drawn, by a text with numbers."""
    conversation = tx.get(Conversation, fact.conversation_id)
    if fact.of == "contact" and conversation.state == State.BOT:
        listed = [f"{number}. {one.name}" for number, one in enumerate(card.choices(tx, conversation), 1)]
        is_drawn = can(conversation.channel_kind).cards
        say(tx, conversation, "choose_team", below="" if is_drawn else "\n".join(listed))


def redraw_cards(tx: Tx, fact: TeamChanged) -> None:
    """A team has another name, or can no longer be chosen, or again; whose card is empty by that is not asked any more."""
    for conversation in undecided_by_contact(tx):
        if fact.team_id in conversation.choices:
            tx.touch(visitor_state_update, conversation.id)
            if not card.choices(tx, conversation):
                tx.enqueue(jobs.decide_without, key=conversation.id, conversation_id=conversation.id)


def hear(tx: Tx, conversation: Any, text: str) -> None:
    """The contact wrote while they are asked: perhaps it is their choice. Looked at in a unit that holds the teams first."""
    if conversation.decider == "contact" and len(text) <= 200:
        tx.enqueue(jobs.hear_choice, conversation_id=conversation.id, text=text)


def stop(tx: Tx, conversation: Conversation, by: str, *, agent_ids: list[str] | None = None, why: str = "") -> None:
    """Nobody is asked any more: it waits for its team, which is said by now and is held."""
    team = tx.get(Team, conversation.team_id)
    agents = [agent for id in agent_ids or [] if (agent := tx.find(Agent, id))]
    tx.cancel(jobs.decide_without, conversation.id)
    conversation.state, conversation.queued_at = State.WAITING, tx.now
    conversation.version += 1
    told: dict[str, Any] = {
        "team_id": team.id,
        "team_name": team.name,
        "agents": [agent.name for agent in agents],
        "why": why,
    }
    note_event(tx, conversation.id, "decided", by=by, of=conversation.decider, **told)
    if by != conversation.decider:
        conversation.decider = None
    ids = [agent.id for agent in agents]
    tx.emit(ConversationDecided(conversation_id=conversation.id, by=by, team_id=team.id, agent_ids=ids, why=why))
