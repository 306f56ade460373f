"""Where a conversation stands in its queue."""

from helpline.core import Tx
from helpline.session_settings import in_force

from .models import Conversation
from .rules import Lane, urgency


def put_in_place(tx: Tx, conversation: Conversation) -> None:
    """Work out where it stands in its queue and who can take it, by the settings of now."""
    settings = in_force(tx, conversation.category_id)
    points = settings.queue.points_per_second
    conversation.urgency = urgency(conversation.priority, conversation.queued_at or tx.now, points)
    skills = frozenset(conversation.skills)
    conversation.lane = str(Lane(conversation.channel_kind, skills, settings.allocation.relaxed_skill and bool(skills)))
