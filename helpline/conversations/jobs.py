"""Timers of conversations."""

from helpline.core import Tx

from .events import ConversationWoken
from .models import Conversation


def wake(tx: Tx, conversation_id: str) -> None:
    """The time of a conversation that was put aside is up, unless the contact wrote first."""
    (conversation,) = tx.lock(Conversation, conversation_id)
    if conversation.snoozed_until is None or conversation.snoozed_until > tx.now or conversation.agent_id is None:
        return
    conversation.snoozed_at = conversation.snoozed_until = None
    conversation.woken_at = tx.now
    conversation.version += 1
    tx.emit(ConversationWoken(conversation_id=conversation_id, agent_id=conversation.agent_id, why="time"))
