"""Saying who a contact point belongs to."""

from sqlalchemy import update

from helpline.contacts import Contact, ContactPoint
from helpline.contacts.events import ContactPointLinked
from helpline.core import Tx

from . import queries
from .events import ConversationIdentified
from .models import Conversation, State


def identify(tx: Tx, conversation_id: str, contact: Contact | None) -> Conversation:
    """Link the conversation's contact point to a contact, or to nobody; its open conversations take the name over."""
    conversation = queries.visible(tx, conversation_id)
    (point,) = tx.lock(ContactPoint, conversation.contact_point_id)
    _link(tx, point, conversation, contact)
    return conversation


def link(tx: Tx, point_id: str, contact: Contact | None) -> None:
    """The same for a contact point, whether or not it has a conversation."""
    (point,) = tx.lock(ContactPoint, point_id)
    _link(tx, point, queries.latest_of(tx, point_id), contact)


def _link(tx: Tx, point: ContactPoint, conversation: Conversation | None, contact: Contact | None) -> None:
    contact_id, was = contact.id if contact else None, point.contact_id
    known = conversation.contact_id if conversation else contact_id
    is_named = contact is not None or conversation is None or conversation.contact_name == point.name
    if (was, known) == (contact_id, contact_id) and is_named:
        return
    point.contact_id = contact_id
    if was != contact_id:
        tx.emit(ContactPointLinked(contact_point_id=point.id, contact_id=contact_id, was=was))
    if conversation is None:
        return
    name = contact.name if contact else point.name
    rows = update(Conversation).where(Conversation.workspace_id == tx.workspace_id)
    rows = rows.where(Conversation.contact_point_id == point.id, Conversation.state != State.CLOSED)
    values = {"contact_id": contact_id, "contact_name": name, "version": Conversation.version + 1}
    tx.execute(rows.values(**values))
    tx.expire()
    if conversation.state == State.CLOSED:
        conversation.contact_id, conversation.contact_name = contact_id, name
        conversation.version += 1
    tx.emit(ConversationIdentified(conversation_id=conversation.id, contact_id=contact_id))
