"""When routing acts: somebody begins to wait, or a place becomes free. In the same transaction, so nothing waits for a tick.

The teams concerned are held by the unit already (``people.queries.hold_teams``): what is read here stays true to the commit.
"""

from collections.abc import Collection, Iterable
from itertools import chain

from helpline.conversations import Conversation, State
from helpline.conversations.deciding_events import ConversationDecided
from helpline.conversations.events import (
    ConversationNeedsChanged,
    ConversationOfferEnded,
    ConversationOpened,
    ConversationQueued,
    ConversationReleased,
    ConversationTakenOver,
)
from helpline.conversations.placing import put_in_place
from helpline.conversations.rules import Lane, Why
from helpline.conversations.waiting import with_a_place
from helpline.core import Tx
from helpline.core.errors import LostRace
from helpline.people import Availability, Presence
from helpline.people.events import (
    AgentCapacityChanged,
    AgentChanged,
    AgentConnected,
    AvailabilityChanged,
    TeamChanged,
    WorkspaceChanged,
)
from helpline.people.queries import hold_every_team, hold_teams_of, members_of, teams, teams_of
from helpline.session_settings import in_force
from helpline.session_settings.events import SessionSettingsChanged

from . import opening, queries
from .giving import give
from .preferring import preferred

ANYTHING = Lane("")


def give_to_preferred(tx: Tx, fact: ConversationOpened) -> None:
    """Who returns goes to the agent they were with, or to who is responsible for them, if that agent is free and has the skills.

    Nobody is overtaken: for an agent with a free place nobody waits. Of whichever team they are, so nothing but their own row
    is held; were another agent's taken after it, two units could wait for each other.
    """
    (conversation,) = tx.lock(Conversation, fact.conversation_id)
    if conversation.state != State.WAITING or not opening.takes(tx, conversation):
        return
    _give_to_first(tx, conversation, preferred(tx, conversation, fact.previous_id))


def give_to_decided(tx: Tx, fact: ConversationDecided) -> None:
    """Of the agents whom somebody named, the one goes first who is free; else who is preferred, of the team if one was chosen."""
    (conversation,) = tx.lock(Conversation, fact.conversation_id)
    if conversation.state != State.WAITING or not opening.takes(tx, conversation):
        return
    order = in_force(tx, conversation.category_id).allocation.order
    named: list[tuple[str, Why]] = [(id, "named") for id in queries.in_order(tx, fact.agent_ids, order)]
    inside = None if fact.by == "fallback" else members_of(tx, conversation.team_id)
    known = preferred(tx, conversation, conversation.previous_id)
    _give_to_first(tx, conversation, chain(named, (one for one in known if inside is None or one[0] in inside)))


def _give_to_first(tx: Tx, conversation: Conversation, agents: Iterable[tuple[str, Why]]) -> None:
    lane = Lane.of(conversation.lane)
    for agent_id, why in agents:
        if queries.seems_free(tx, agent_id, lane):
            if not queries.can_take(tx, agent_id, lane):
                raise LostRace
            give(tx, conversation, agent_id, why)
            return


def allocate(tx: Tx, fact: ConversationQueued | ConversationTakenOver | ConversationNeedsChanged) -> None:
    """Give a conversation that begins to wait, or that others can take now, to an agent of its team, if one is free."""
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
    order, lane = in_force(tx, conversation.category_id).allocation.order, Lane.of(conversation.lane)
    but = [*filter(None, [conversation.avoid_agent_id]), *besides]
    while agent_id := queries.pick(tx, conversation.team_id, lane, order, but):
        if queries.is_free(tx, agent_id, lane.kind):
            give(tx, conversation, agent_id, order)
            return True
    return False


def pull_next(tx: Tx, fact: ConversationReleased | ConversationOfferEnded) -> None:
    """A place became free: its agent gets the next one at once."""
    _fill(tx, fact.agent_id)


def pull_after_change(tx: Tx, fact: AvailabilityChanged | AgentConnected | AgentCapacityChanged) -> None:
    """An agent became ready, came back or may serve more: fill the places."""
    _fill(tx, fact.agent_id)


def pull_for_member(tx: Tx, fact: AgentChanged) -> None:
    """An agent's teams or skills changed: other queues may be theirs now, and what only they could take may be for all."""
    hold_teams_of(tx, fact.agent_id)
    _fill(tx, fact.agent_id)
    if fact.changes.keys() & {"skills", "team_ids"}:
        _serve_relaxed(tx, {*teams_of(tx, fact.agent_id), *fact.changes.get("team_ids", ([],))[0]})


def relax_after_leaving(tx: Tx, fact: AvailabilityChanged) -> None:
    """With the last one who has the skills gone, others are let in where skill is relaxed."""
    if fact.state == Availability.OFFLINE:
        _serve_relaxed(tx, teams_of(tx, fact.agent_id))


def pull_for_team(tx: Tx, fact: TeamChanged) -> None:
    """A team was put to work again: its queue is served again."""
    if "active" in fact.fields:
        hold_teams_of(tx, *members_of(tx, fact.team_id))
        _serve(tx, fact.team_id)


def pull_after_kind_limits(tx: Tx, fact: WorkspaceChanged) -> None:
    """Agents may serve more or fewer of one kind."""
    if "kind_limits" in fact.fields:
        _serve_everywhere(tx)


def rank_anew(tx: Tx, fact: SessionSettingsChanged) -> None:
    """Waiting adds more or less from now on, or others are let in: all who wait are put in their places by it."""
    if fact.changes.keys() & {"queue.points_per_second", "allocation.relaxed_skill"}:
        hold_every_team(tx)
        for conversation in tx.lock(Conversation, *with_a_place(tx)):
            put_in_place(tx, conversation)
        _serve_everywhere(tx)


def _serve_everywhere(tx: Tx) -> None:
    for team in teams(tx):
        _serve(tx, team.id)


def _serve_relaxed(tx: Tx, team_ids: Collection[str]) -> None:
    if queries.some_are_relaxed(tx, team_ids):
        for team_id in sorted(team_ids):
            _serve(tx, team_id)


def _serve(tx: Tx, team_id: str) -> None:
    """Everybody of a team who is free, the longest idle first, takes what they can."""
    done: list[str] = []
    closed: set[str] = set()
    while agent_id := queries.pick(tx, team_id, ANYTHING, "longest_idle", done):
        if not _take_one(tx, agent_id, closed):
            done.append(agent_id)


def _fill(tx: Tx, agent_id: str) -> None:
    closed: set[str] = set()
    while tx.find(Presence, agent_id) is not None and _take_one(tx, agent_id, closed):
        pass


def _take_one(tx: Tx, agent_id: str, closed: set[str]) -> bool:
    """Whether the agent took something, or may find something else: what comes outside of its hours is passed over."""
    if not queries.is_free(tx, agent_id) or not (conversation := queries.next_for(tx, agent_id, closed)):
        return False
    tx.lock(Conversation, conversation.id)
    if not opening.takes(tx, conversation):
        closed.add(conversation.category_id)
    elif conversation.state == State.WAITING:
        give(tx, conversation, agent_id, "longest_idle")
    return True
