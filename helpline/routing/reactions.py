"""When routing acts: somebody begins to wait, or a place becomes free. In the same transaction, so nothing waits for a tick.

The teams concerned are held by the unit already (``people.queries.hold_teams``): what is read here stays true to the commit.
"""

from datetime import timedelta

from helpline.conversations import Conversation, State
from helpline.conversations.events import (
    ConversationOfferEnded,
    ConversationOpened,
    ConversationQueued,
    ConversationReleased,
    ConversationTakenOver,
)
from helpline.conversations.queries import last_agent
from helpline.core import Tx
from helpline.core.errors import LostRace
from helpline.people import Presence
from helpline.people.events import AgentCapacityChanged, AgentConnected, AgentFact, AvailabilityChanged, TeamChanged
from helpline.people.queries import hold_teams_of, members_of, workspace

from . import opening, queries
from .giving import give


def give_to_last_agent(tx: Tx, fact: ConversationOpened) -> None:
    """A contact who returns goes to the agent they were with, if that is not too long ago and the agent has a place.

    Nobody is overtaken: for an agent with a free place nobody waits. Of whichever team they are, so nothing but their own row
    is held; were another agent's taken after it, two units could wait for each other.
    """
    within = workspace(tx).last_agent_within
    if not within or fact.previous_id is None:
        return
    (conversation,) = tx.lock(Conversation, fact.conversation_id)
    if not opening.takes(tx, conversation):
        return
    agent_id = last_agent(tx, conversation, tx.now - timedelta(seconds=within))
    if agent_id is None or not queries.seems_free(tx, agent_id):
        return
    if not queries.can_take(tx, agent_id):
        raise LostRace
    give(tx, conversation, agent_id, "last_agent")


def allocate(tx: Tx, fact: ConversationQueued | ConversationTakenOver) -> None:
    """Give a conversation that began to wait to the longest idle agent of its team, if one is free."""
    (conversation,) = tx.lock(Conversation, fact.conversation_id)
    if conversation.state != State.WAITING or not opening.takes(tx, conversation):
        return
    _give_to_any(tx, conversation, [])


def offer_to_next(tx: Tx, fact: ConversationOfferEnded) -> None:
    """The next free agent of the team is asked; who let it go by comes after all others, the one who did so last comes last."""
    (conversation,) = tx.lock(Conversation, fact.conversation_id)
    if conversation.state != State.WAITING or not opening.takes(tx, conversation):
        return
    missed_by = conversation.missed_by
    for asked_again in range(len(missed_by) + 1):
        if _give_to_any(tx, conversation, missed_by[asked_again:]):
            return


def _give_to_any(tx: Tx, conversation: Conversation, besides: list[str]) -> bool:
    while agent_id := queries.longest_idle(
        tx, conversation.team_id, [*filter(None, [conversation.avoid_agent_id]), *besides]
    ):
        if queries.can_take(tx, agent_id):
            give(tx, conversation, agent_id, "longest_idle")
            return True
    return False


def pull_next(tx: Tx, fact: ConversationReleased | ConversationOfferEnded) -> None:
    """A place became free: its agent gets the next one at once."""
    _fill(tx, fact.agent_id)


def pull_after_change(tx: Tx, fact: AvailabilityChanged | AgentConnected | AgentCapacityChanged) -> None:
    """An agent became ready, came back or may serve more: fill the places."""
    _fill(tx, fact.agent_id)


def pull_for_member(tx: Tx, fact: AgentFact) -> None:
    """An agent's teams changed: other queues may be theirs now."""
    hold_teams_of(tx, fact.agent_id)
    _fill(tx, fact.agent_id)


def pull_for_team(tx: Tx, fact: TeamChanged) -> None:
    """A team was put to work again: its queue is served again."""
    if "active" in fact.fields:
        members = members_of(tx, fact.team_id)
        hold_teams_of(tx, *members)
        for agent_id in members:
            _fill(tx, agent_id)


def _fill(tx: Tx, agent_id: str) -> None:
    if tx.find(Presence, agent_id) is None:
        return
    closed: set[str] = set()
    while queries.can_take(tx, agent_id) and (conversation := queries.next_for(tx, agent_id, closed)):
        tx.lock(Conversation, conversation.id)
        if not opening.takes(tx, conversation):
            closed.add(conversation.category_id)
            continue
        if conversation.state == State.WAITING:
            give(tx, conversation, agent_id, "longest_idle")
