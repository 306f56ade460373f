"""Questions about conversations."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, bindparam, false, literal_column, or_, select

from helpline.contacts import ContactPoint
from helpline.core import Forbidden, NotFound, Tx
from helpline.core.facts import FactRow
from helpline.core.paging import cursor, place
from helpline.people import Membership, Presence, Team
from helpline.people.queries import teams_of

from . import finding
from .models import Conversation, Mention, Message, State

# Asked before everything that an agent does with a conversation, so they are made once.
_ANY = select(Conversation).where(
    Conversation.workspace_id == bindparam("workspace"), Conversation.id == bindparam("sought")
)
_OPEN = Conversation.state != literal_column("'closed'")
"""In the words of the index that holds only these: they are few, however many there were."""
_SERVED = or_(
    Conversation.agent_id == bindparam("asks"),
    Conversation.team_id.in_(
        select(Membership.team_id)
        .join(Team, (Team.workspace_id == Membership.workspace_id) & (Team.id == Membership.team_id))
        .where(
            Membership.workspace_id == bindparam("workspace"),
            Membership.agent_id == bindparam("asks"),
            Team.active,
        )
    ),
)
_MENTIONING = Conversation.id.in_(
    select(Mention.conversation_id).where(
        Mention.workspace_id == bindparam("workspace"), Mention.agent_id == bindparam("asks")
    )
)
_MINE, _MINE_TO_SERVE = _ANY.where(or_(_SERVED, _MENTIONING)), _ANY.where(_SERVED)


class OnlyMentioned(Forbidden):
    """You were asked in by a note: you may read this conversation and leave notes, but not decide who serves it."""


def is_visible(tx: Tx) -> ColumnElement[bool]:
    """Which conversations the actor may see: all for supervisors, else one's own, one's teams', and where one is mentioned."""
    here = Conversation.workspace_id == tx.workspace_id
    if tx.actor.kind == "system" or tx.actor.may("conversation.read_all"):
        return here
    if tx.actor.kind != "agent":
        return false()
    teams = Conversation.team_id.in_(teams_of(tx, tx.actor.id))
    return here & or_(Conversation.agent_id == tx.actor.id, teams, mentions_me(tx))


def mentions_me(tx: Tx) -> ColumnElement[bool]:
    """In which conversations a note mentions the actor."""
    mine = (Mention.workspace_id == tx.workspace_id, Mention.agent_id == tx.actor.id)
    return Conversation.id.in_(select(Mention.conversation_id).where(*mine))


def visible(tx: Tx, conversation_id: str) -> Conversation:
    """The conversation, if the actor may see it; to others there is none."""
    found = _sought(tx, _MINE, conversation_id)
    if found is None:
        raise NotFound(f"There is no conversation {conversation_id[:64]!r} that you may see.")
    return found


def servable(tx: Tx, conversation_id: str) -> Conversation:
    """The conversation, if the actor may decide about it: to be mentioned there is not enough."""
    found = visible(tx, conversation_id)
    if _sought(tx, _MINE_TO_SERVE, conversation_id) is None:
        raise OnlyMentioned
    return found


def _sought(tx: Tx, mine: Select[Conversation], conversation_id: str) -> Conversation | None:
    sought = {"workspace": tx.workspace_id, "sought": conversation_id, "asks": tx.actor.id}
    sees_all = tx.actor.kind == "system" or tx.actor.may("conversation.read_all")
    return tx.db.scalar(_ANY if sees_all else mine, sought)


def in_view(
    tx: Tx, view: str, *, team_id: str | None = None, text: str = "", limit: int, after: str | None = None
) -> tuple[list[Conversation], str | None]:
    """One page of a view: mine, queue (in queue order), undecided, team, all, closed, mentions, or any (newest first)."""
    rows = select(Conversation).where(Conversation.workspace_id == tx.workspace_id, is_visible(tx))
    if team_id:
        rows = rows.where(Conversation.team_id == team_id)
    if view == "mine":
        rows = rows.where(Conversation.agent_id == tx.actor.id, _OPEN)
    elif view == "mentions":
        rows = rows.where(mentions_me(tx))
    elif view == "queue":
        rows = rows.where(Conversation.state == State.WAITING)
    elif view == "undecided":
        asked = Conversation.decider.is_not(None)
        rows = rows.where(Conversation.agent_id.is_(None), _OPEN, Conversation.state == State.BOT, asked)
    elif view == "closed":
        rows = rows.where(Conversation.state == State.CLOSED)
    elif view != "any":
        rows = rows.where(_OPEN)
    order = finding.TURN if view == "queue" else finding.NEWEST
    since = place(after, *order.kinds) if after else None
    if text:
        return finding.page(tx, text, rows, order, limit, since)
    found = list(tx.db.scalars(order.ordered(rows, since).limit(limit + 1)))
    more = cursor(*order.key(found[limit - 1])) if len(found) > limit else None
    return found[:limit], more


def messages(
    tx: Tx, conversation_id: str, *, after: int = 0, before: int | None = None, limit: int = 200, public: bool = False
) -> tuple[list[Message], bool]:
    """Messages by ``seq``: those after ``after`` from the front, or the last ones before ``before``; and whether more are there."""
    rows = select(Message).where(Message.workspace_id == tx.workspace_id, Message.conversation_id == conversation_id)
    if public:
        rows = rows.where(Message.visibility == "public")
    if before is None:
        found = list(tx.db.scalars(rows.where(Message.seq > after).order_by(Message.seq).limit(limit + 1)))
        return found[:limit], len(found) > limit
    found = list(tx.db.scalars(rows.where(Message.seq < before).order_by(Message.seq.desc()).limit(limit + 1)))
    return found[:limit][::-1], len(found) > limit


def newer_public(tx: Tx, conversation_id: str, seen_up_to: int, but_not_by: str) -> list[Message]:
    """What contact and colleagues wrote publicly after ``seen_up_to``."""
    rows = select(Message).where(Message.workspace_id == tx.workspace_id, Message.conversation_id == conversation_id)
    rows = rows.where(Message.seq > seen_up_to, Message.visibility == "public", Message.author_kind != "system")
    return list(tx.db.scalars(rows.where(Message.author_id != but_not_by).order_by(Message.seq)))


def latest_of(tx: Tx, contact_point_id: str) -> Conversation | None:
    """The newest conversation with a contact point, open or closed."""
    rows = select(Conversation).where(
        Conversation.workspace_id == tx.workspace_id, Conversation.contact_point_id == contact_point_id
    )
    return tx.db.scalar(rows.order_by(Conversation.created_at.desc(), Conversation.id.desc()).limit(1))


def open_with(tx: Tx, *contact_point_ids: str) -> list[str]:
    """The conversations with these contact points that are not closed."""
    rows = select(Conversation.id).where(
        Conversation.workspace_id == tx.workspace_id,
        Conversation.contact_point_id.in_(contact_point_ids),
        Conversation.state != State.CLOSED,
    )
    return list(tx.db.scalars(rows))


def latest_with(tx: Tx, contact_id: str) -> Conversation | None:
    """The newest closed conversation with a contact, by whichever contact point."""
    theirs = Conversation.contact_point_id.in_(_points_of(tx, contact_id))
    rows = select(Conversation).where(Conversation.workspace_id == tx.workspace_id, theirs)
    rows = rows.where(Conversation.state == State.CLOSED)
    return tx.db.scalar(rows.order_by(Conversation.created_at.desc(), Conversation.id.desc()).limit(1))


def last_agent(tx: Tx, conversation: Conversation, since: datetime) -> str | None:
    """Who served this contact last, if that ended no earlier than ``since``."""
    theirs = Conversation.contact_point_id == conversation.contact_point_id
    if conversation.contact_id:
        theirs = or_(theirs, Conversation.contact_point_id.in_(_points_of(tx, conversation.contact_id)))
    rows = select(Conversation.agent_id).where(Conversation.workspace_id == tx.workspace_id, theirs)
    rows = rows.where(Conversation.closed_at >= since, Conversation.agent_id.is_not(None))
    return tx.db.scalar(rows.order_by(Conversation.closed_at.desc(), Conversation.id.desc()).limit(1))


def returned_of(tx: Tx, agent_id: str) -> list[Conversation]:
    """What went to others while the agent was lost and has not been told yet; not what came back to them."""
    ids = tx.get(Presence, agent_id).returned
    rows = select(Conversation).where(Conversation.workspace_id == tx.workspace_id, Conversation.id.in_(ids))
    rows = rows.where(or_(Conversation.agent_id.is_(None), Conversation.agent_id != agent_id))
    return list(tx.db.scalars(rows.order_by(Conversation.queued_at, Conversation.id)))


def _points_of(tx: Tx, contact_id: str) -> Select[str]:
    return select(ContactPoint.id).where(
        ContactPoint.workspace_id == tx.workspace_id, ContactPoint.contact_id == contact_id
    )


def has_open(tx: Tx, team_id: str) -> bool:
    """Whether a team has conversations that are not closed."""
    open_ones = select(Conversation.id).where(
        Conversation.workspace_id == tx.workspace_id,
        Conversation.team_id == team_id,
        Conversation.state != State.CLOSED,
    )
    return tx.db.scalar(open_ones.limit(1)) is not None


def history(tx: Tx, subject_id: str, limit: int) -> list[FactRow]:
    """The facts about a conversation or a service record, in order."""
    rows = select(FactRow).where(FactRow.workspace_id == tx.workspace_id, FactRow.subject_id == subject_id)
    return list(tx.db.scalars(rows.order_by(FactRow.seq).limit(limit)))


def served_by(tx: Tx, agent_id: str) -> list[str]:
    """The conversations an agent serves or is offered, in the order in which they would wait."""
    rows = select(Conversation.id).where(
        Conversation.workspace_id == tx.workspace_id,
        Conversation.agent_id == agent_id,
        Conversation.state.in_([State.OFFERED, State.ACTIVE]),
    )
    return list(tx.db.scalars(rows.order_by(Conversation.urgency.desc(), Conversation.queued_at, Conversation.id)))


def offered_to(tx: Tx, agent_id: str) -> list[str]:
    """What rings at an agent's desk."""
    rows = select(Conversation.id).where(
        Conversation.workspace_id == tx.workspace_id,
        Conversation.agent_id == agent_id,
        Conversation.state == State.OFFERED,
    )
    return list(tx.db.scalars(rows.where(_OPEN)))
