"""What waits for its time, and how it goes out: once, in the unit that ends its wait."""

from collections.abc import Iterator
from contextlib import contextmanager

from msgspec import convert
from msgspec.structs import replace
from sqlalchemy import select

from helpline.core import Actor, Tx
from helpline.core.errors import LostRace
from helpline.files.shapes import FileOut
from helpline.people import Agent

from . import answering
from .events import ConversationOpened
from .models import Conversation
from .scheduled_events import ScheduledMessageMoved, ScheduledMessageSent
from .scheduled_models import ScheduledMessage
from .scheduled_shapes import said_in
from .shapes import MessageOut


def waiting(tx: Tx, conversation_id: str) -> list[ScheduledMessage]:
    """What is still to go out in a conversation, by its time."""
    row = ScheduledMessage
    mine = (row.workspace_id == tx.workspace_id, row.conversation_id == conversation_id, row.state == "waiting")
    return list(tx.db.scalars(select(row).where(*mine).order_by(row.due_at, row.id)))


def of_client(tx: Tx, agent_id: str, client_id: str) -> ScheduledMessage | None:
    """What this agent scheduled under this id."""
    row = ScheduledMessage
    mine = (row.workspace_id == tx.workspace_id, row.agent_id == agent_id, row.client_id == client_id)
    return tx.db.scalar(select(row).where(*mine))


def let_go(tx: Tx, conversation: Conversation) -> None:
    """What only waits to be taken back goes now, since its conversation goes on to somebody else, or ends. The caller holds it."""
    for row in waiting(tx, conversation.id):
        if not row.chosen:
            go(tx, conversation, row.id)


def go(tx: Tx, conversation: Conversation, scheduled_id: str) -> MessageOut | None:
    """Send it in its author's name, whoever serves the conversation by now; nothing where it waits no more. The caller holds it."""
    (row,) = tx.lock(ScheduledMessage, scheduled_id)
    if row.conversation_id != conversation.id:  # it went along with the contact a moment ago
        raise LostRace
    if row.state != "waiting":
        return None
    with _as_author(tx, row.agent_id):
        message = answering.write(
            tx, conversation, replace(said_in(row), draft=None), convert(row.files, list[FileOut])
        )
    row.state, row.message_id = "sent", message.id
    about = {"conversation_id": row.conversation_id, "scheduled_id": row.id}
    tx.emit(ScheduledMessageSent(**about, message_id=message.id))
    return message


def bring_along(tx: Tx, fact: ConversationOpened) -> None:
    """Who goes on in a new conversation has there what was still to go out in the one before: as something not yet answered."""
    ids = [row.id for row in waiting(tx, fact.previous_id)] if fact.previous_id else []
    for row in tx.lock(ScheduledMessage, *ids) if ids else ():
        if row.state == "waiting":
            row.conversation_id, row.after_seq = fact.conversation_id, 0
            about = {"conversation_id": fact.conversation_id, "scheduled_id": row.id}
            tx.emit(ScheduledMessageMoved(**about, from_conversation_id=str(fact.previous_id)))


@contextmanager
def _as_author(tx: Tx, agent_id: str) -> Iterator[None]:
    acting, tx.actor = tx.actor, Actor("agent", tx.workspace_id, agent_id, tx.get(Agent, agent_id).name)
    try:
        yield
    finally:
        tx.actor = acting
