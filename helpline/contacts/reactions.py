"""What follows among contacts."""

from helpline.core import Tx

from .events import ContactFact
from .shapes import contact_update


def show_contact(tx: Tx, fact: ContactFact) -> None:
    """Every desk gets the contact as it is now."""
    tx.touch(contact_update, fact.contact_id)
