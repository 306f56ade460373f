"""When routing acts: somebody begins to wait, or a place becomes free. In the same transaction, so nothing waits for a tick.

The teams concerned are held by the unit already (``people.queries.hold_teams``): what is read here stays true to the commit.
"""

from helpline.conversations import Conversation, State, serving
from helpline.conversations.events import ConversationQueued, ConversationReleased
from helpline.core import Tx
from helpline.people import Presence
from helpline.people.events import AgentCapacityChanged, AgentConnected, AgentFact, AvailabilityChanged, TeamChanged
from helpline.people.queries import hold_teams_of, members_of

from . import queries


def allocate(tx: Tx, fact: ConversationQueued) -> None:
    """Give a conversation that began to wait to the longest idle agent of its team, if one is free."""
    (conversation,) = tx.lock(Conversation, fact.conversation_id)
    if conversation.state != State.WAITING:
        return
    while agent_id := queries.longest_idle(tx, fact.team_id, conversation.avoid_agent_id):
        if queries.can_take(tx, agent_id):
            serving.assign(tx, conversation, agent_id, "longest_idle")
            return


def pull_next(tx: Tx, fact: ConversationReleased) -> None:
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
        for agent_id in members_of(tx, fact.team_id):
            hold_teams_of(tx, agent_id)
            _fill(tx, agent_id)


def _fill(tx: Tx, agent_id: str) -> None:
    if tx.find(Presence, agent_id) is None:
        return
    while queries.can_take(tx, agent_id) and (conversation := queries.next_for(tx, agent_id)):
        tx.lock(Conversation, conversation.id)
        if conversation.state == State.WAITING:
            serving.assign(tx, conversation, agent_id, "longest_idle")
