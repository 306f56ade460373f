"""In which languages a contact is spoken to."""

from helpline.contacts import Contact, ContactPoint
from helpline.core import Tx
from helpline.people.queries import workspace

from .models import Conversation


def languages(tx: Tx, conversation: Conversation) -> list[str]:
    """The best one first: their browser's, their own, the workspace's."""
    point = tx.get(ContactPoint, conversation.contact_point_id)
    contact = tx.find(Contact, conversation.contact_id)
    return [one for one in (point.locale, contact.locale if contact else "", workspace(tx).locale) if one]
