"""The contact points of a contact: who is behind several visits, said by an agent and never assumed."""

from sqlalchemy import Select, func, or_, select

from helpline.contacts import Contact, ContactPoint
from helpline.contacts.queries import current
from helpline.core import NotFound, Tx

from . import queries
from .identifying import link
from .models import Conversation

MOST_SUGGESTED = 5


def join(tx: Tx, contact_id: str, point_id: str) -> None:
    """Say that a contact point is this contact's."""
    contact = current(tx, contact_id)
    _point(tx, point_id)
    link(tx, point_id, contact)


def part(tx: Tx, contact_id: str, point_id: str) -> None:
    """Take back that a contact point is this contact's."""
    if _point(tx, point_id).contact_id != current(tx, contact_id).id:
        raise NotFound("This contact has no such contact point.")
    link(tx, point_id, None)


def points_of(tx: Tx, contact_id: str) -> list[ContactPoint]:
    """A contact's contact points, the newest first."""
    rows = select(ContactPoint).where(ContactPoint.workspace_id == tx.workspace_id)
    rows = rows.where(ContactPoint.contact_id == contact_id)
    return list(tx.db.scalars(rows.order_by(ContactPoint.created_at.desc(), ContactPoint.id)))


def may_be_theirs(tx: Tx, contact: Contact) -> list[ContactPoint]:
    """Contact points of nobody that gave an e-mail address of this contact."""
    known = [email for point in points_of(tx, contact.id) if (email := point.email.lower())]
    emails = {*known, contact.email.lower()} - {""}
    rows = select(ContactPoint).where(ContactPoint.workspace_id == tx.workspace_id, ContactPoint.contact_id.is_(None))
    rows = rows.where(func.lower(ContactPoint.email).in_(emails)).order_by(ContactPoint.created_at.desc())
    return list(tx.db.scalars(rows.limit(MOST_SUGGESTED))) if emails else []


def may_be(tx: Tx, point_id: str) -> list[Contact]:
    """Contacts that have, or came by, the e-mail address of this contact point; none for one that is somebody's already."""
    point = _point(tx, point_id)
    if point.contact_id or not point.email:
        return []
    email = point.email.lower()
    rows = select(Contact).where(Contact.workspace_id == tx.workspace_id, Contact.merged_into_id.is_(None))
    rows = rows.where(or_(func.lower(Contact.email) == email, Contact.id.in_(_who_came_by(tx, email))))
    return list(tx.db.scalars(rows.order_by(Contact.name, Contact.id).limit(MOST_SUGGESTED)))


def _who_came_by(tx: Tx, email: str) -> Select[str | None]:
    rows = select(ContactPoint.contact_id).where(ContactPoint.workspace_id == tx.workspace_id)
    return rows.where(func.lower(ContactPoint.email) == email, ContactPoint.contact_id.is_not(None))


def last_seen(tx: Tx, point: ContactPoint) -> Conversation | None:
    """The newest conversation by a contact point."""
    return queries.latest_of(tx, point.id)


def _point(tx: Tx, point_id: str) -> ContactPoint:
    point = tx.find(ContactPoint, point_id)
    if point is None:
        raise NotFound("There is no such contact point.")
    return point
