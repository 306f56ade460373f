"""What contacts thought of a service: asked once in a conversation, by the agent or at its end, and taken for a while."""

from datetime import timedelta

from sqlalchemy import func, select

from helpline.channels.kinds import can
from helpline.core import Conflict, NotFound, Tx
from helpline.people.queries import workspace
from helpline.session_settings import in_force
from helpline.session_settings.prompts import said_in

from . import queries
from .answering import NotYours
from .models import Conversation, Message
from .prompting import say
from .rating_events import ConversationRated, RatingInvited
from .rating_models import Rating


class InvitingIsOff(Conflict):
    """Agents do not invite to rate here; an administrator can change that in the session settings."""


class AlreadyInvited(Conflict):
    """The contact has been asked to rate this conversation already."""


class NothingToRate(Conflict):
    """There is nothing to rate before an agent has answered."""


class NotAskedToRate(NotFound):
    """You have not been asked to rate this conversation."""


class AlreadyRated(Conflict):
    """You have rated this already. Thank you."""


class RatingExpired(Conflict):
    """The time in which this could be rated is over."""


def invite(tx: Tx, conversation_id: str) -> Conversation:
    """The agent in charge asks the contact for a rating."""
    queries.servable(tx, conversation_id)
    (conversation,) = tx.lock(Conversation, conversation_id)
    if not in_force(tx, conversation.category_id).satisfaction.agent_invites:
        raise InvitingIsOff
    if conversation.agent_id != tx.actor.id:
        raise NotYours
    if conversation.rating_asked_at is not None:
        raise AlreadyInvited
    if conversation.first_answer_at is None:
        raise NothingToRate
    ask(tx, conversation, by="agent")
    return conversation


def ask(tx: Tx, conversation: Conversation, by: str) -> None:
    """Show the contact the card, with the invitation. The caller holds the conversation."""
    valid = timedelta(seconds=in_force(tx, conversation.category_id).satisfaction.valid_for)
    agent_id = str(conversation.agent_id)
    row = Rating(workspace_id=tx.workspace_id, id=conversation.id, agent_id=agent_id, reasons=[], comment="")
    row.asked_at, row.expires_at = tx.now, tx.now + valid
    tx.db.add(row)
    conversation.rating_asked_at = tx.now
    conversation.version += 1
    tx.db.flush()
    say(tx, conversation, "rating_invitation" if can(conversation.channel_kind).cards else "rating_in_words")
    tx.emit(RatingInvited(conversation_id=conversation.id, agent_id=agent_id, by=by))


def is_awaited(tx: Tx, conversation_id: str) -> bool:
    """Whether the contact was asked, has not rated yet, and is in time."""
    row = tx.find(Rating, conversation_id)
    return row is not None and row.rated_at is None and tx.now < row.expires_at


def rate(tx: Tx, conversation_id: str, *, stars: int, comment: str = "", reasons: list[int] | None = None) -> Rating:
    """The contact says what they thought of it; once, and in time."""
    (conversation,) = tx.lock(Conversation, conversation_id)
    row = tx.find(Rating, conversation_id)
    if row is None:
        raise NotAskedToRate
    if row.rated_at is not None:
        raise AlreadyRated
    if tx.now >= row.expires_at:
        raise RatingExpired
    offered = in_force(tx, conversation.category_id).satisfaction.reasons
    ticked = [offered[at] for at in sorted({*(reasons or [])}) if 0 <= at < len(offered)]
    row.reasons = [said_in(texts, [workspace(tx).locale]) for texts in ticked]
    row.stars, row.comment, row.rated_at = stars, comment.strip(), tx.now
    tx.db.flush()
    say(tx, conversation, "rating_thanks")
    tx.emit(ConversationRated(conversation_id=conversation_id, agent_id=row.agent_id, stars=stars))
    return row


def written_to_agents(tx: Tx, conversation_id: str) -> int:
    """How many messages the contact wrote since the hand-over to the first agent."""
    mine = (Message.workspace_id == tx.workspace_id, Message.conversation_id == conversation_id)
    assigned = Message.event["name"].as_string() == "assigned"
    handed_over = select(func.min(Message.seq)).where(*mine, Message.kind == "event", assigned).scalar_subquery()
    wrote = select(func.count()).where(*mine, Message.author_kind == "contact", Message.seq > handed_over)
    return tx.db.scalar(wrote) or 0
