"""Questions about who waits."""

from typing import Any

from sqlalchemy import ColumnClause, func, literal_column, select, tuple_

from helpline.core import Tx
from helpline.people import Availability, Membership, Presence, Team
from helpline.people.queries import teams_of

from .models import Conversation, State

WAITING: ColumnClause[str] = literal_column("'waiting'")
"""In the words of the indexes that hold only these."""


def position(tx: Tx, conversation: Conversation) -> int | None:
    """The place in the queue, 1 for the next one; nothing when it does not wait, or only its message does."""
    if conversation.state != State.WAITING or conversation.message_left_at is not None:
        return None
    ahead = select(func.count()).where(
        Conversation.workspace_id == tx.workspace_id,
        Conversation.team_id == conversation.team_id,
        Conversation.state == WAITING,
        tuple_(-Conversation.urgency, Conversation.queued_at, Conversation.id)
        < (-conversation.urgency, conversation.queued_at, conversation.id),
    )
    return 1 + (tx.db.scalar(ahead) or 0)


def undecided_by_contact(tx: Tx) -> list[Conversation]:
    """The conversations whose contacts are asked for a team."""
    row = Conversation
    asked = (row.workspace_id == tx.workspace_id, row.state != literal_column("'closed'"), row.agent_id.is_(None))
    return list(tx.db.scalars(select(row).where(*asked, row.state == State.BOT, row.decider == "contact")))


def waiting_in(tx: Tx, team_id: str) -> list[tuple[str, str]]:
    """(conversation, contact point) of those who are there in person, in the order of their queue."""
    rows = select(Conversation.id, Conversation.contact_point_id).where(
        Conversation.workspace_id == tx.workspace_id,
        Conversation.team_id == team_id,
        Conversation.state == WAITING,
        Conversation.message_left_at.is_(None),
    )
    rows = rows.order_by(Conversation.urgency.desc(), Conversation.queued_at, Conversation.id)
    return [(id, point) for id, point in tx.db.execute(rows)]


def with_a_place(tx: Tx) -> list[str]:
    """All that wait, and all that are served and would wait again if their agents were lost."""
    rows = select(Conversation.id).where(
        Conversation.workspace_id == tx.workspace_id,
        Conversation.state.in_([State.WAITING, State.OFFERED, State.ACTIVE]),
        Conversation.state != literal_column("'closed'"),
    )
    return list(tx.db.scalars(rows))


def queues(tx: Tx) -> list[tuple[Team, int, Any, int]]:
    """(team, how many wait, since when, how many are ready) for the actor's teams; all for supervisors."""
    teams = select(Team).where(Team.workspace_id == tx.workspace_id, Team.active).order_by(Team.name)
    if not tx.actor.may("conversation.read_all"):
        teams = teams.where(Team.id.in_(teams_of(tx, tx.actor.id)))
    waiting = select(Conversation.team_id, func.count(), func.min(Conversation.queued_at)).where(
        Conversation.workspace_id == tx.workspace_id,
        Conversation.state == WAITING,
        Conversation.message_left_at.is_(None),
    )
    counts = {team: (n, since) for team, n, since in tx.db.execute(waiting.group_by(Conversation.team_id))}
    ready = select(Membership.team_id, func.count()).join(
        Presence, (Presence.workspace_id == Membership.workspace_id) & (Presence.id == Membership.agent_id)
    )
    ready = ready.where(
        Membership.workspace_id == tx.workspace_id, Presence.state == Availability.READY, Presence.connected
    )
    free = {row[0]: row[1] for row in tx.db.execute(ready.group_by(Membership.team_id))}
    return [(team, *counts.get(team.id, (0, None)), free.get(team.id, 0)) for team in tx.db.scalars(teams)]
