"""Saying who a contact point belongs to."""

from sqlalchemy import update

from helpline.contacts import Contact, ContactPoint
from helpline.core import Tx

from . import queries
from .events import ConversationIdentified
from .models import Conversation, State


def identify(tx: Tx, conversation_id: str, contact: Contact | None) -> Conversation:
    """Link the conversation's contact point to a contact, or to nobody; its open conversations take the name over."""
    conversation = queries.visible(tx, conversation_id)
    (point,) = tx.lock(ContactPoint, conversation.contact_point_id)
    contact_id = contact.id if contact else None
    if (point.contact_id, conversation.contact_id) == (contact_id, contact_id):
        return conversation
    point.contact_id = contact_id
    name = contact.name if contact else point.name
    rows = update(Conversation).where(Conversation.workspace_id == tx.workspace_id)
    rows = rows.where(Conversation.contact_point_id == point.id, Conversation.state != State.CLOSED)
    values = {"contact_id": contact_id, "contact_name": name, "version": Conversation.version + 1}
    tx.execute(rows.values(**values))
    tx.expire()
    if conversation.state == State.CLOSED:
        conversation.contact_id, conversation.contact_name = contact_id, name
        conversation.version += 1
    tx.emit(ConversationIdentified(conversation_id=conversation_id, contact_id=contact_id))
    return conversation
