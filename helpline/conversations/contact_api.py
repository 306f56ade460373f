"""Routes where contacts and conversations meet."""

from helpline.contacts import actions
from helpline.contacts.shapes import ContactIn, ContactOut, contact_out
from helpline.core import Tx
from helpline.core.router import Routes
from helpline.core.shapes import given

from . import identifying, queries

routes = Routes(tag="Contacts")


@routes.post("/contacts", permission="contact.edit")
def add_contact(tx: Tx, data: ContactIn) -> ContactOut:
    """Add a contact; with `conversation_id`, as the person of that conversation."""
    fields = given(data)
    fields.pop("conversation_id")
    contact = actions.add(tx, **fields)  # type: ignore[arg-type]
    if data.conversation_id:
        queries.visible(tx, data.conversation_id)
        identifying.identify(tx, data.conversation_id, contact)
    return contact_out(contact)
