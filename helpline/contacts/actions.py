"""What can be done with contacts."""

from typing import Any

from helpline.core import Invalid, Tx, new_id
from helpline.core.errors import EditedMeanwhile
from helpline.people import Agent

from . import queries
from .events import ContactAdded, ContactChanged, ContactPointAdded, ContactPointChanged
from .merging import ContactIsMerged
from .models import Contact, ContactPoint
from .shapes import contact_out


class UnknownResponsible(Invalid):
    """There is no such agent, or they are no longer here."""


def add(tx: Tx, *, name: str, **fields: Any) -> Contact:
    """Make a contact."""
    _check_responsible(tx, fields)
    contact = Contact(workspace_id=tx.workspace_id, id=new_id(), name=name, version=1, created_at=tx.now, **fields)
    tx.db.add(contact)
    tx.db.flush()
    tx.emit(ContactAdded(contact_id=contact.id))
    return contact


def change(tx: Tx, contact_id: str, version: int | None, **changes: Any) -> Contact:
    """Change some fields; refused when ``version`` is given and no longer the newest."""
    contact = tx.get(Contact, contact_id)
    tx.lock(Contact, contact_id)
    if contact.merged_into_id is not None:
        raise ContactIsMerged(contact=contact_out(queries.current(tx, contact_id)))
    if version is not None and version != contact.version:
        raise EditedMeanwhile
    _check_responsible(tx, changes)
    changed = [name for name, value in changes.items() if getattr(contact, name) != value]
    for name in changed:
        setattr(contact, name, changes[name])
    if changed:
        contact.version += 1
        tx.emit(ContactChanged(contact_id=contact_id, fields=sorted(changed)))
    return contact


def _check_responsible(tx: Tx, fields: dict[str, Any]) -> None:
    agent_id = fields.get("agent_id")
    if agent_id and not ((agent := tx.find(Agent, agent_id)) and agent.active):
        raise UnknownResponsible(field="agent_id")


def add_point(tx: Tx, *, channel_id: str, address: str, name: str, **told: str) -> ContactPoint:
    """Remember somebody who came by a channel for the first time, and what is ``told`` of them."""
    point = ContactPoint(workspace_id=tx.workspace_id, id=new_id(), channel_id=channel_id, address=address, name=name)
    point.created_at = tx.now
    for field, value in told.items():
        setattr(point, field, value)
    tx.db.add(point)
    tx.emit(ContactPointAdded(contact_point_id=point.id, channel_id=channel_id))
    return point


def change_point(tx: Tx, point: ContactPoint, **changes: Any) -> ContactPoint:
    """Note what somebody says about themselves. The caller holds the contact point."""
    changed = [name for name, value in changes.items() if getattr(point, name) != value]
    for name in changed:
        setattr(point, name, changes[name])
    if changed:
        tx.emit(ContactPointChanged(contact_point_id=point.id, fields=sorted(changed)))
    return point
