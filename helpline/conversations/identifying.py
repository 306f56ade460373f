"""Saying who a contact point belongs to."""

from helpline.contacts import Contact, ContactPoint
from helpline.contacts.events import ContactPointLinked
from helpline.contacts.queries import held
from helpline.core import Tx

from . import queries
from .events import ConversationIdentified
from .models import Conversation


def identify(tx: Tx, conversation_id: str, contact: Contact | None) -> Conversation:
    """Link the conversation's contact point to a contact, or to nobody; its open conversations take the name over.

    The caller has asked whether the actor may: a record's handler may, also where others served the conversation.
    """
    conversation = tx.get(Conversation, conversation_id)
    (point,) = tx.lock(ContactPoint, conversation.contact_point_id)
    _link(tx, point, conversation, contact)
    return conversation


def link(tx: Tx, point_id: str, contact: Contact | None) -> None:
    """The same for a contact point, whether or not it has a conversation."""
    (point,) = tx.lock(ContactPoint, point_id)
    _link(tx, point, queries.latest_of(tx, point_id), contact)


def name(tx: Tx, point: ContactPoint, was: str) -> None:
    """Somebody who was only an address has a name; their open conversations take it over, unless they were called otherwise."""
    for row in tx.lock(Conversation, *queries.open_with(tx, point.id)):
        if row.contact_id is None and row.contact_name == was:
            row.contact_name = point.name
            row.version += 1
            tx.emit(ConversationIdentified(conversation_id=row.id, contact_id=None))


def _link(tx: Tx, point: ContactPoint, conversation: Conversation | None, contact: Contact | None) -> None:
    contact = held(tx, contact.id) if contact else None
    was, contact_id, name = point.contact_id, contact.id if contact else None, contact.name if contact else point.name
    if was != contact_id:
        point.contact_id = contact_id
        tx.emit(ContactPointLinked(contact_point_id=point.id, contact_id=contact_id, was=was))
    if conversation is None:
        return
    for row in tx.lock(Conversation, conversation.id, *queries.open_with(tx, point.id)):
        if row.contact_id == contact_id and (contact or row.contact_name == name):
            continue
        row.contact_id, row.contact_name = contact_id, name
        row.version += 1
        tx.emit(ConversationIdentified(conversation_id=row.id, contact_id=contact_id))
