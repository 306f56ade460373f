"""Routes where contacts and conversations meet."""

from helpline.contacts import ContactPoint, actions
from helpline.contacts.queries import current
from helpline.contacts.shapes import ContactIn, ContactOut, contact_out
from helpline.core import Tx
from helpline.core.router import Routes
from helpline.core.shapes import given

from . import identifying, points, queries, reaching, starting
from .point_shapes import PointOut, PointsOut, SuggestedOut, point_out, unused_out
from .shapes import ConversationOut, conversation_out
from .starting import StartIn

routes = Routes(tag="Contacts")


@routes.post("/contacts", permission="contact.edit")
def add_contact(tx: Tx, data: ContactIn) -> ContactOut:
    """Add a contact; with `conversation_id`, as the person of that conversation."""
    fields = given(data)
    fields.pop("conversation_id")
    contact = actions.add(tx, **fields)  # type: ignore[arg-type]
    if data.conversation_id:
        queries.servable(tx, data.conversation_id)
        identifying.identify(tx, data.conversation_id, contact)
    return contact_out(contact)


@routes.get("/contacts/{id:str}/points", permission="contact.read")
def contact_points(tx: Tx, id: str) -> PointsOut:
    """A contact's contact points, those of nobody that may be theirs, and channels by which they could be written to first."""
    return _points(tx, id)


@routes.put("/contacts/{id:str}/points/{point_id:str}", permission="contact.edit")
def join_point(tx: Tx, id: str, point_id: str) -> PointsOut:
    """Say that a contact point is this contact's: all its conversations stand on the profile."""
    points.join(tx, id, point_id)
    return _points(tx, id)


@routes.delete("/contacts/{id:str}/points/{point_id:str}", permission="contact.edit", status=200)
def part_point(tx: Tx, id: str, point_id: str) -> PointsOut:
    """Take back that a contact point is this contact's."""
    points.part(tx, id, point_id)
    return _points(tx, id)


@routes.get("/conversations/{id:str}/contact-point", permission="contact.read")
def contact_point(tx: Tx, id: str) -> PointOut:
    """The contact point of a conversation: by which way the contact came, and what their browser tells."""
    return point_out(tx, tx.get(ContactPoint, queries.visible(tx, id).contact_point_id))


@routes.get("/conversations/{id:str}/may-be", permission="contact.read")
def may_be(tx: Tx, id: str) -> SuggestedOut:
    """Contacts with the e-mail address that was given in this conversation; nobody is joined without an agent saying so."""
    conversation = queries.visible(tx, id)
    found = points.may_be(tx, conversation.contact_point_id)
    return SuggestedOut(contact_point_id=conversation.contact_point_id, contacts=[contact_out(row) for row in found])


@routes.post("/contacts/{id:str}/conversations", permission="conversation.reply")
def start(tx: Tx, id: str, data: StartIn) -> ConversationOut:
    """Write to a contact first, by one of their contact points, where no conversation is open; one serves it then."""
    started = starting.start(tx, id, data)
    tx.settle()
    return conversation_out(started)


def _points(tx: Tx, contact_id: str) -> PointsOut:
    contact = current(tx, contact_id)
    linked, suggested = points.points_of(tx, contact.id), points.may_be_theirs(tx, contact)
    drawn = {"linked": [point_out(tx, row) for row in linked], "suggested": [point_out(tx, row) for row in suggested]}
    return PointsOut(**drawn, unused=[unused_out(row) for row in reaching.unused(tx, contact)])
