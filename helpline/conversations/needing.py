"""What a conversation needs: how urgent it is, and what its agent must be able to do."""

from helpline.core import Conflict, Tx

from . import queries, serving
from .events import ConversationNeedsChanged
from .models import Conversation, State
from .placing import put_in_place


class AlreadyOver(Conflict):
    """The conversation is closed; it needs nobody any more."""


def need(tx: Tx, conversation_id: str, *, priority: int | None = None, skills: list[str] | None = None) -> Conversation:
    """Say how urgent it is, or which skills it takes. Who serves it goes on; while it waits, its place follows at once."""
    queries.servable(tx, conversation_id)
    (conversation,) = serving.hold(tx, conversation_id)
    if conversation.state == State.CLOSED:
        raise AlreadyOver
    wanted = conversation.priority if priority is None else priority
    needed = conversation.skills if skills is None else sorted(set(skills))
    if (wanted, needed) == (conversation.priority, conversation.skills):
        return conversation
    conversation.priority, conversation.skills = wanted, needed
    conversation.version += 1
    put_in_place(tx, conversation)
    needs = ConversationNeedsChanged(
        conversation_id=conversation.id, team_id=conversation.team_id, priority=wanted, skills=needed
    )
    tx.emit(needs)
    return conversation
