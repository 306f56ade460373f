"""What follows among contacts."""

from helpline.core import Tx

from .events import ContactFact, ContactMerged, ContactMergeUndone, ContactPointLinked
from .shapes import contact_update


def show_contact(tx: Tx, fact: ContactFact) -> None:
    """Every desk gets the contact as it is now."""
    tx.touch(contact_update, fact.contact_id)


def show_joined(tx: Tx, fact: ContactPointLinked) -> None:
    """The profiles of both contacts, before and now, are different ones."""
    for contact_id in {fact.contact_id, fact.was} - {None}:
        tx.touch(contact_update, str(contact_id))


def show_merged(tx: Tx, fact: ContactMerged | ContactMergeUndone) -> None:
    """Who looks at one of the others is led on, or sees them again."""
    for contact_id in fact.merged:
        tx.touch(contact_update, contact_id)
