"""Putting a conversation aside. It stays with its agent and keeps its place in their load; only their list is shorter."""

from datetime import datetime, timedelta

from helpline.core import Conflict, Invalid, Tx

from . import jobs, queries
from .events import ConversationSnoozed, ConversationWoken
from .models import Conversation, State

LONGEST = timedelta(days=366)


class NotInCharge(Conflict):
    """Only the agent who serves a conversation puts it aside."""


class NoTimeToCome(Invalid):
    """Say a time that is still to come, within a year."""


def snooze(tx: Tx, conversation_id: str, until: datetime | None = None) -> Conversation:
    """Put it aside until then; without a time, until the contact writes. Said again, the later word holds."""
    conversation = _in_charge(tx, conversation_id)
    if until is not None and not tx.now < until <= tx.now + LONGEST:
        raise NoTimeToCome(field="until")
    if conversation.snoozed_at and conversation.snoozed_until == until:
        return conversation
    conversation.snoozed_at, conversation.snoozed_until, conversation.woken_at = tx.now, until, None
    conversation.version += 1
    tx.cancel(jobs.wake, conversation_id)
    if until is not None:
        tx.enqueue(jobs.wake, key=conversation_id, at=until, conversation_id=conversation_id)
    tx.emit(
        ConversationSnoozed(
            conversation_id=conversation_id, agent_id=tx.actor.id, until=until.isoformat() if until else None
        )
    )
    return conversation


def unsnooze(tx: Tx, conversation_id: str) -> Conversation:
    """Take it up again."""
    conversation = _in_charge(tx, conversation_id)
    if conversation.snoozed_at:
        forget(tx, conversation)
        conversation.version += 1
        tx.emit(ConversationWoken(conversation_id=conversation_id, agent_id=tx.actor.id, why="agent"))
    return conversation


def forget(tx: Tx, conversation: Conversation) -> None:
    """It is no longer put aside, and no timer is set."""
    if conversation.snoozed_until:
        tx.cancel(jobs.wake, conversation.id)
    conversation.snoozed_at = conversation.snoozed_until = conversation.woken_at = None


def _in_charge(tx: Tx, conversation_id: str) -> Conversation:
    queries.visible(tx, conversation_id)
    (conversation,) = tx.lock(Conversation, conversation_id)
    if conversation.state != State.ACTIVE or conversation.agent_id != tx.actor.id:
        raise NotInCharge
    return conversation
