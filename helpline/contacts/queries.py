"""Questions about contacts."""

from datetime import datetime
from typing import Literal

from sqlalchemy import or_, select, tuple_

from helpline.core import Tx
from helpline.core.paging import cursor, place

from .models import Contact, ContactMerge, ContactPoint

Sort = Literal["name", "newest"]


def search(tx: Tx, text: str, limit: int, after: str | None, sort: Sort = "name") -> tuple[list[Contact], str | None]:
    """Contacts of whom something that is known contains ``text``: name, address, number, company, or an address they came by."""
    found = select(Contact).where(Contact.workspace_id == tx.workspace_id, Contact.merged_into_id.is_(None))
    if text:
        like = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        fields = (Contact.name, Contact.email, Contact.phone, Contact.company, Contact.external_id)
        said = (ContactPoint.name, ContactPoint.email, ContactPoint.phone)
        came = select(ContactPoint.contact_id).where(ContactPoint.workspace_id == tx.workspace_id)
        came = came.where(
            or_(*(field.ilike(like, escape="\\") for field in said)), ContactPoint.contact_id.is_not(None)
        )
        found = found.where(or_(*(field.ilike(like, escape="\\") for field in fields), Contact.id.in_(came)))
    if sort == "newest":
        if after:
            found = found.where(tuple_(Contact.created_at, Contact.id) < place(after, datetime, str))
        found = found.order_by(Contact.created_at.desc(), Contact.id.desc())
    else:
        if after:
            found = found.where(tuple_(Contact.name, Contact.id) > place(after, str, str))
        found = found.order_by(Contact.name, Contact.id)
    rows = list(tx.db.scalars(found.limit(limit + 1)))
    if len(rows) <= limit:
        return rows, None
    last = rows[limit - 1]
    return rows[:limit], cursor(last.created_at if sort == "newest" else last.name, last.id)


def known_as(tx: Tx, external_id: str) -> Contact | None:
    """The contact whom a site calls so."""
    row = select(Contact).where(Contact.workspace_id == tx.workspace_id, Contact.external_id == external_id)
    return tx.db.scalar(row)


def current(tx: Tx, contact_id: str) -> Contact:
    """The contact, or whom they turned out to be."""
    contact = tx.get(Contact, contact_id)
    while contact.merged_into_id is not None:
        contact = tx.get(Contact, contact.merged_into_id)
    return contact


def held(tx: Tx, contact_id: str) -> Contact:
    """The same, held so that nobody merges them meanwhile: for whoever says that something is theirs."""
    tx.get(Contact, contact_id)
    while True:
        (contact,) = tx.lock(Contact, contact_id)
        if contact.merged_into_id is None:
            return contact
        contact_id = contact.merged_into_id


def points_of(tx: Tx, *contact_ids: str) -> dict[str, str]:
    """Whose each of the contact points of these contacts is."""
    row = ContactPoint
    theirs = select(row.id, row.contact_id).where(row.workspace_id == tx.workspace_id, row.contact_id.in_(contact_ids))
    return {one.id: one.contact_id for one in tx.execute(theirs)}


def merges_of(tx: Tx, contact_id: str) -> list[ContactMerge]:
    """What was merged into a contact, the latest first."""
    mine = select(ContactMerge).where(ContactMerge.workspace_id == tx.workspace_id)
    mine = mine.where(ContactMerge.contact_id == contact_id)
    return list(tx.db.scalars(mine.order_by(ContactMerge.at.desc(), ContactMerge.id.desc())))
