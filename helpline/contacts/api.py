"""Routes about contacts. Making one for a conversation is the conversation's business (``conversations/api.py``)."""

from helpline.core import Tx
from helpline.core.paging import Limit
from helpline.core.router import Routes
from helpline.core.shapes import given

from . import actions, queries
from .shapes import ContactChange, ContactOut, ContactPage, contact_out

routes = Routes(tag="Contacts")


@routes.get("/contacts", permission="contact.read")
def contacts(
    tx: Tx, q: str = "", sort: queries.Sort = "name", limit: Limit = 50, cursor: str | None = None
) -> ContactPage:
    """Contacts by name or the newest first; with `q`, those of whom something that is known contains it."""
    rows, more = queries.search(tx, q.strip(), limit, cursor, sort)
    return ContactPage(items=[contact_out(row) for row in rows], next=more)


@routes.get("/contacts/{id:str}", permission="contact.read")
def contact(tx: Tx, id: str) -> ContactOut:
    """One contact; of one that was merged into another, that one."""
    return contact_out(queries.current(tx, id))


@routes.patch("/contacts/{id:str}", permission="contact.edit")
def change(tx: Tx, id: str, data: ContactChange) -> ContactOut:
    """Change a contact; with `version`, only if nobody else did meanwhile."""
    changes = given(data)
    changes.pop("version", None)
    return contact_out(actions.change(tx, id, data.version, **changes))
