"""Whose turn it is. The two orders of routing are written here and nowhere else."""

from collections.abc import Collection

from sqlalchemy import or_, select

from helpline.conversations import Conversation, State
from helpline.core import Tx
from helpline.people import Availability, Membership, Presence, Team
from helpline.people.queries import teams_of


def longest_idle(tx: Tx, team_id: str, besides: Collection[str]) -> str | None:
    """The ready agent of a team, below the limit, who has gone longest without serving; one who never served comes first.

    Who serves nobody right now comes before those who do; among those, whoever last began or ended a service longest ago.
    """
    free = select(Presence.id).join(
        Membership, (Membership.workspace_id == Presence.workspace_id) & (Membership.agent_id == Presence.id)
    )
    free = free.join(Team, (Team.workspace_id == Membership.workspace_id) & (Team.id == Membership.team_id))
    free = free.where(
        Presence.workspace_id == tx.workspace_id,
        Membership.team_id == team_id,
        Team.active,
        Presence.state == Availability.READY,
        Presence.connected,
        Presence.load < Presence.capacity,
    )
    if besides:
        free = free.where(Presence.id.not_in(besides))
    order = (Presence.load > 0, Presence.served_at.asc().nulls_first(), Presence.id)
    return tx.db.scalar(free.order_by(*order).limit(1))


def seems_free(tx: Tx, agent_id: str) -> bool:
    """Whether the agent is ready and below the limit, as far as can be seen without holding their row."""
    free = select(Presence.id).where(Presence.workspace_id == tx.workspace_id, Presence.id == agent_id)
    free = free.where(Presence.state == Availability.READY, Presence.connected, Presence.load < Presence.capacity)
    return tx.db.scalar(free) is not None


def can_take(tx: Tx, agent_id: str) -> bool:
    """Whether the agent, whose row is locked now, is ready and below the limit."""
    (presence,) = tx.lock(Presence, agent_id)
    return presence.state == Availability.READY and presence.connected and presence.load < presence.capacity


def next_for(tx: Tx, agent_id: str, closed: Collection[str] = ()) -> Conversation | None:
    """The waiting conversation that is first among the queues of the agent's teams: priority, then time.

    Of the categories that are ``closed``, only those who have been with an agent before.
    """
    heads = [head for team_id in teams_of(tx, agent_id) if (head := _head(tx, team_id, agent_id, closed))]
    return min(heads, key=lambda row: (-row.priority, row.queued_at, row.id), default=None)


def _head(tx: Tx, team_id: str, agent_id: str, closed: Collection[str]) -> Conversation | None:
    rows = select(Conversation).where(
        Conversation.workspace_id == tx.workspace_id,
        Conversation.team_id == team_id,
        Conversation.state == State.WAITING,
        or_(Conversation.avoid_agent_id.is_(None), Conversation.avoid_agent_id != agent_id),
    )
    if closed:
        rows = rows.where(or_(Conversation.assigned_at.is_not(None), Conversation.category_id.not_in(closed)))
    rows = rows.order_by(Conversation.priority.desc(), Conversation.queued_at, Conversation.id).limit(1)
    return tx.db.scalar(rows)


def waiting_in_category(tx: Tx, category_id: str, limit: int) -> list[tuple[str, str, int]]:
    """(conversation, team, priority) of those who wait, in the order of the queue."""
    row = Conversation
    waits = (row.workspace_id == tx.workspace_id, row.category_id == category_id, row.state == State.WAITING)
    order = (row.priority.desc(), row.queued_at, row.id)
    rows = tx.db.execute(select(row.id, row.team_id, row.priority).where(*waits).order_by(*order).limit(limit))
    return [(id, team, priority) for id, team, priority in rows]


def anybody_online(tx: Tx, team_id: str) -> bool:
    """Whether an agent of the team is there at all, be they busy, in a break or at their limit."""
    there = select(Presence.id).join(
        Membership, (Membership.workspace_id == Presence.workspace_id) & (Membership.agent_id == Presence.id)
    )
    mine = (Presence.workspace_id == tx.workspace_id, Membership.team_id == team_id)
    online = (Presence.connected, Presence.state != Availability.OFFLINE)
    return tx.db.scalar(there.where(*mine, *online).limit(1)) is not None
