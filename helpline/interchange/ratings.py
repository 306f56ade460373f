"""What contacts thought, as part of the line of the conversation."""

from collections.abc import Sequence

from sqlalchemy import select

from helpline.conversations import Conversation
from helpline.conversations.rating_events import ConversationRated, RatingInvited
from helpline.conversations.rating_models import Rating
from helpline.core import Tx

from .called import Called
from .errors import InTheFuture, OutOfOrder
from .lines import RatingIn
from .names import Names


def ratings_of(tx: Tx, called: Called, conversation_ids: Sequence[str]) -> dict[str, RatingIn]:
    """By conversation."""
    rows = select(Rating).where(Rating.workspace_id == tx.workspace_id, Rating.id.in_(conversation_ids))
    return {
        row.id: RatingIn(
            agent=called.agents[row.agent_id],
            asked_at=row.asked_at,
            expires_at=row.expires_at,
            rated_at=row.rated_at,
            stars=row.stars,
            comment=row.comment,
            reasons=row.reasons,
        )
        for row in tx.db.scalars(rows)
    }


def bring(tx: Tx, conversation: Conversation, given: RatingIn, names: Names) -> None:
    """The card of a conversation that was just written; one that is still to be answered can be."""
    if (given.stars is None) != (given.rated_at is None):
        raise OutOfOrder("Say how many stars were given, and when.", field="rating")
    if max(given.asked_at, given.rated_at or given.asked_at) > tx.now:
        raise InTheFuture(field="rating")
    row = Rating(workspace_id=tx.workspace_id, id=conversation.id, agent_id=names.agent(given.agent, "rating").id)
    row.asked_at, row.expires_at, row.rated_at = given.asked_at, given.expires_at, given.rated_at
    row.stars, row.comment, row.reasons = given.stars, given.comment, given.reasons
    tx.db.add(row)
    conversation.rating_asked_at = given.asked_at
    tx.db.flush()
    tx.recall(RatingInvited(conversation_id=row.id, agent_id=row.agent_id, by="import"), given.asked_at)
    if given.rated_at and given.stars:
        tx.recall(ConversationRated(conversation_id=row.id, agent_id=row.agent_id, stars=given.stars), given.rated_at)
