"""Questions about queues as they are, and as they went today."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, or_, select

from helpline.conversations import Conversation, State
from helpline.conversations.queries import is_visible
from helpline.core import Tx
from helpline.people import Team
from helpline.people.queries import teams_of

from .models import Visit

MOST_SHOWN = 500


def teams(tx: Tx) -> list[Team]:
    """The active teams whose queues the actor may see, by name: all for supervisors, else one's own."""
    rows = select(Team).where(Team.workspace_id == tx.workspace_id, Team.active).order_by(Team.name)
    if not tx.actor.may("conversation.read_all"):
        rows = rows.where(Team.id.in_(teams_of(tx, tx.actor.id)))
    return list(tx.db.scalars(rows))


def open_now(tx: Tx) -> dict[str, dict[str, int]]:
    """By team and state, how many conversations are open; not those of which only a message waits."""
    rows = select(Conversation.team_id, Conversation.state, func.count())
    rows = rows.where(Conversation.workspace_id == tx.workspace_id, Conversation.state != State.CLOSED)
    rows = rows.where(Conversation.message_left_at.is_(None))
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for team, state, count in tx.db.execute(rows.group_by(Conversation.team_id, Conversation.state)):
        found[team][state] = count
    return found


def messages_left(tx: Tx) -> Counter[str]:
    """By team, how many messages wait of contacts who are no longer there in person."""
    rows = select(Conversation.team_id, func.count()).where(Conversation.workspace_id == tx.workspace_id)
    rows = rows.where(Conversation.state == State.WAITING, Conversation.message_left_at.is_not(None))
    return Counter({row[0]: row[1] for row in tx.db.execute(rows.group_by(Conversation.team_id))})


def oldest_waiting(tx: Tx) -> dict[str, datetime]:
    """By team, since when the one waits who has waited longest."""
    rows = select(Conversation.team_id, func.min(Conversation.queued_at))
    rows = rows.where(Conversation.workspace_id == tx.workspace_id, Conversation.state == State.WAITING)
    rows = rows.where(Conversation.message_left_at.is_(None))
    return {row[0]: row[1] for row in tx.db.execute(rows.group_by(Conversation.team_id)) if row[1]}


def conversations(tx: Tx, *states: State) -> list[Conversation]:
    """Those in these states that the actor may see, in the order of their queues; the first few hundred."""
    rows = select(Conversation).where(Conversation.workspace_id == tx.workspace_id, is_visible(tx))
    rows = rows.where(Conversation.state.in_(states))
    order = (Conversation.urgency.desc(), Conversation.queued_at, Conversation.id)
    return list(tx.db.scalars(rows.order_by(*order).limit(MOST_SHOWN)))


def visits_since(tx: Tx, since: datetime, team_ids: Iterable[str]) -> list[Row[Any]]:
    """(team, entered, left) of the stays that began or were not over at ``since``."""
    rows = select(Visit.team_id, Visit.entered_at, Visit.left_at)
    rows = rows.where(Visit.workspace_id == tx.workspace_id, or_(Visit.left_at.is_(None), Visit.left_at >= since))
    return list(tx.db.execute(rows.where(Visit.team_id.in_(list(team_ids)))))
