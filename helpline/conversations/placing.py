"""Where a conversation stands in its queue, how it comes there and how it goes."""

from typing import Literal

from helpline.core import Tx
from helpline.session_settings import in_force

from .events import ConversationLeftQueue, ConversationQueued
from .messages import note_event
from .models import Conversation, State
from .rules import Lane, urgency

QueuedWhy = Literal["new", "transferred", "returned", "overflowed"]
IN_QUEUE = {State.WAITING, State.OFFERED}
"""The contact waits for an agent; who is only offered it does not serve them yet."""


def waits_in_person(conversation: Conversation) -> bool:
    """Whether the contact is waiting, and not only a message that they left."""
    return conversation.state in IN_QUEUE and conversation.message_left_at is None


def put_in_place(tx: Tx, conversation: Conversation) -> None:
    """Work out where it stands in its queue and who can take it, by the settings of now."""
    settings = in_force(tx, conversation.category_id)
    points = settings.queue.points_per_second
    left = conversation.message_left_at is not None
    conversation.urgency = urgency(conversation.priority, conversation.queued_at or tx.now, points, left_message=left)
    skills = frozenset(conversation.skills)
    conversation.lane = str(Lane(conversation.channel_kind, skills, settings.allocation.relaxed_skill and bool(skills)))


def sent_on_to(tx: Tx, category_id: str) -> list[str]:
    """The team to which whoever finds no room is sent on, if any: held with the one they would wait for."""
    queue = in_force(tx, category_id).queue
    return [queue.full_team] if queue.when_full == "overflow" else []


def tell_queued(tx: Tx, conversation: Conversation, why: QueuedWhy) -> None:
    """It begins to wait for its team, which is held; in person, whatever was before."""
    conversation.message_left_at = conversation.place_told = conversation.place_told_at = None
    conversation.version += 1
    put_in_place(tx, conversation)
    note_event(tx, conversation.id, "queued", team_id=conversation.team_id)
    waits = ConversationQueued(
        conversation_id=conversation.id, team_id=conversation.team_id, priority=conversation.priority, why=why
    )
    tx.emit(waits)


def leave_queue(tx: Tx, conversation: Conversation) -> None:
    """It no longer waits, if it did, and nobody of the team has taken it."""
    if conversation.state in IN_QUEUE:
        tx.emit(ConversationLeftQueue(conversation_id=conversation.id, team_id=conversation.team_id))
