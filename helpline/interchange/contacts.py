"""Contacts and contact points from lines."""

from sqlalchemy import select

from helpline.contacts import Contact, ContactPoint, actions
from helpline.contacts.events import ContactAdded, ContactPointAdded, ContactPointLinked
from helpline.core import Tx, new_id

from . import known
from .errors import InTheFuture, UnknownLine
from .lines import ContactLine, ConversationLine
from .outcome import CHANGED, NEW, UNCHANGED, Outcome


def bring(tx: Tx, line: ContactLine) -> tuple[str, Outcome]:
    """A contact, or the corrections of one; its id here, and what became of the line."""
    there = known.find(tx, Contact, "contact", line.id, line)
    if there is None:
        return _add(tx, line), NEW
    if there.is_same:
        return there.id, UNCHANGED
    fields = {"name": line.name, "email": line.email, "phone": line.phone, "company": line.company}
    before = tx.get(Contact, there.id).version
    changed = actions.change(tx, there.id, None, **fields, locale=line.locale, notes=line.notes)
    known.note_change(tx, "contact", line.id, line)
    return there.id, CHANGED if changed.version != before else UNCHANGED


def find(tx: Tx, external_id: str) -> str:
    """The contact of an earlier line."""
    there = known.find(tx, Contact, "contact", external_id)
    if there is None:
        raise UnknownLine(f"There is no contact {external_id[:80]!r}; give its line first.", field="contact")
    return there.id


def point(tx: Tx, line: ConversationLine, channel_id: str, contact_id: str | None, name: str) -> ContactPoint:
    """The address by which the channel knew the contact: given, else the contact's id, else the conversation's."""
    given = line.contact.id if isinstance(line.contact, ContactLine) else line.contact
    address = line.address or given or line.id
    row = ContactPoint
    mine = (row.workspace_id == tx.workspace_id, row.channel_id == channel_id, row.address == address)
    found = tx.db.scalar(select(row).where(*mine))
    if found is not None:
        if contact_id and found.contact_id is None:
            found.contact_id = contact_id
            tx.recall(ContactPointLinked(contact_point_id=found.id, contact_id=contact_id, was=None), tx.now)
        return found
    made = ContactPoint(workspace_id=tx.workspace_id, id=new_id(), channel_id=channel_id, address=address, name=name)
    made.email, made.locale, made.contact_id = line.email, line.locale, contact_id
    made.created_at = line.created_at or line.messages[0].at
    tx.db.add(made)
    tx.db.flush()
    tx.recall(ContactPointAdded(contact_point_id=made.id, channel_id=channel_id), made.created_at)
    return made


def _add(tx: Tx, line: ContactLine) -> str:
    at = line.created_at or tx.now
    if at > tx.now:
        raise InTheFuture(field="created_at")
    contact = Contact(workspace_id=tx.workspace_id, id=new_id(), version=1, name=line.name, email=line.email)
    contact.phone, contact.company, contact.locale, contact.notes = line.phone, line.company, line.locale, line.notes
    contact.created_at = at
    tx.db.add(contact)
    tx.db.flush()
    known.remember(tx, "contact", line.id, contact.id, line)
    tx.recall(ContactAdded(contact_id=contact.id), at)
    return contact.id
