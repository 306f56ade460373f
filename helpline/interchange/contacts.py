"""Contacts and contact points from lines."""

import hashlib
from datetime import datetime

from sqlalchemy import select

from helpline.contacts import Contact, ContactPoint, actions
from helpline.contacts.events import ContactAdded, ContactPointAdded, ContactPointLinked
from helpline.contacts.queries import current
from helpline.core import Tx, new_id
from helpline.people import queries as people

from . import known
from .errors import InTheFuture, UnknownLine
from .lines import ContactLine, ContactPointLine, ConversationLine
from .names import Names
from .outcome import CHANGED, NEW, UNCHANGED, Outcome


def bring(tx: Tx, line: ContactLine) -> tuple[str, Outcome]:
    """A contact, or the corrections of one; its id here, and what became of the line."""
    there = known.find(tx, Contact, "contact", line.id, line)
    if there is None:
        return _add(tx, line), NEW
    if there.is_same:
        return there.id, UNCHANGED
    fields: dict[str, str | None] = {
        "name": line.name,
        "email": line.email,
        "phone": line.phone,
        "company": line.company,
    }
    before = tx.get(Contact, there.id).version
    if responsible := _responsible(tx, line):
        fields["agent_id"] = responsible
    if line.external_id:
        fields["external_id"] = line.external_id
    changed = actions.change(tx, there.id, None, **fields, locale=line.locale, notes=line.notes)
    known.note_change(tx, "contact", line.id, line)
    return there.id, CHANGED if changed.version != before else UNCHANGED


def find(tx: Tx, external_id: str) -> str:
    """The contact of an earlier line."""
    there = known.find(tx, Contact, "contact", external_id)
    if there is None:
        raise UnknownLine(f"There is no contact {external_id[:80]!r}; give its line first.", field="contact")
    return current(tx, there.id).id


def bring_point(tx: Tx, line: ContactPointLine, names: Names) -> Outcome:
    """An address on a channel. One that is there stays as it is, but is linked to the contact if it is to nobody yet."""
    channel = names.channel(line.channel, None, None)
    contact_id = find(tx, line.contact) if line.contact else None
    found = _found(tx, channel.id, line.address)
    if found is not None:
        return CHANGED if _link(tx, found, contact_id) else UNCHANGED
    at = line.created_at or tx.now
    if at > tx.now:
        raise InTheFuture(field="created_at")
    row = ContactPoint(workspace_id=tx.workspace_id, id=new_id(), channel_id=channel.id, address=line.address)
    row.name, row.email, row.phone, row.locale = line.name, line.email, line.phone, line.locale
    row.time_zone, row.browser, row.unreachable = line.time_zone, line.browser, line.unreachable
    row.answered, row.claims, row.contact_id = line.answered, line.claims, contact_id
    _keep(tx, row, at)
    known.remember(tx, "contact_point", _key(channel.id, line.address), row.id, line)
    return NEW


def point(tx: Tx, line: ConversationLine, channel_id: str, contact_id: str | None, name: str) -> ContactPoint:
    """The address by which the channel knew the contact: given, else the contact's id, else the conversation's."""
    given = line.contact.id if isinstance(line.contact, ContactLine) else line.contact
    address = line.address or given or line.id
    found = _found(tx, channel_id, address)
    if found is not None:
        # Whose it is by a line of its own holds, also when it is nobody's any more.
        if known.find(tx, ContactPoint, "contact_point", _key(channel_id, address)) is None:
            _link(tx, found, contact_id)
        return found
    row = ContactPoint(workspace_id=tx.workspace_id, id=new_id(), channel_id=channel_id, address=address, name=name)
    row.email, row.locale, row.contact_id = line.email, line.locale, contact_id
    _keep(tx, row, line.created_at or line.messages[0].at)
    return row


def _key(channel_id: str, address: str) -> str:
    return hashlib.sha256(f"{channel_id}/{address}".encode()).hexdigest()


def _found(tx: Tx, channel_id: str, address: str) -> ContactPoint | None:
    row = ContactPoint
    mine = (row.workspace_id == tx.workspace_id, row.channel_id == channel_id, row.address == address)
    return tx.db.scalar(select(row).where(*mine))


def _link(tx: Tx, row: ContactPoint, contact_id: str | None) -> bool:
    if contact_id is None or row.contact_id is not None:
        return False
    row.contact_id = contact_id
    tx.recall(ContactPointLinked(contact_point_id=row.id, contact_id=contact_id, was=None), tx.now)
    return True


def _keep(tx: Tx, row: ContactPoint, at: datetime) -> None:
    row.created_at = at
    tx.db.add(row)
    tx.db.flush()
    tx.recall(ContactPointAdded(contact_point_id=row.id, channel_id=row.channel_id), at)


def _responsible(tx: Tx, line: ContactLine) -> str | None:
    """Somebody who is not here is responsible for nobody."""
    here = (agent.id for agent, _ in people.agents(tx) if line.agent and agent.email == line.agent.lower())
    return next(here, None) if line.agent else None


def _add(tx: Tx, line: ContactLine) -> str:
    at = line.created_at or tx.now
    if at > tx.now:
        raise InTheFuture(field="created_at")
    contact = Contact(workspace_id=tx.workspace_id, id=new_id(), version=1, name=line.name, email=line.email)
    contact.phone, contact.company, contact.locale, contact.notes = line.phone, line.company, line.locale, line.notes
    contact.external_id, contact.created_at, contact.agent_id = line.external_id, at, _responsible(tx, line)
    tx.db.add(contact)
    tx.db.flush()
    known.remember(tx, "contact", line.id, contact.id, line)
    tx.recall(ContactAdded(contact_id=contact.id), at)
    return contact.id
