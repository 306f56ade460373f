"""Routes about merging contacts: here, because what moves reaches up to the service records."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta
from sqlalchemy import func, select

from helpline.contacts import Contact, ContactMerge, merging
from helpline.contacts import queries as contacts
from helpline.contacts.shapes import ContactOut, contact_out
from helpline.conversations import Conversation
from helpline.core import In, Out, Tx
from helpline.core.router import Routes
from helpline.core.within import within

from .models import ServiceRecord

routes = Routes(tag="Contacts")
MOST = 20


class MergeIn(In):
    contact_ids: Annotated[list[str], Meta(max_length=MOST)]
    """Who else this contact is. What is empty is filled in this order."""


class MergePreview(Out):
    """What would be: the contact, which of its fields were empty, and how much moves to it."""

    contact: ContactOut
    filled: list[str]
    contact_points: int
    conversations: int
    records: int


class MergedOut(Out):
    id: str
    name: str


class MergeOut(Out):
    id: str
    contact: ContactOut
    merged: list[MergedOut]
    filled: list[str]
    at: datetime
    by_id: str
    undone_at: datetime | None
    undone_by_id: str | None


@routes.post("/contacts/{id:str}/merge/preview", permission="contact.edit", status=200)
def preview(tx: Tx, id: str, data: MergeIn) -> MergePreview:
    """What a merge would make of the contact; nothing is changed."""
    ids = merging.check(tx, id, data.contact_ids)
    contact = contact_out(tx.get(Contact, id))
    filled = merging.would_fill(tx.get(Contact, id), [tx.get(Contact, other) for other in ids])
    for name, value in filled.items():
        setattr(contact, name, value)
    points = list(contacts.points_of(tx, *ids))
    talks = select(func.count()).where(Conversation.workspace_id == tx.workspace_id)
    talks = talks.where(within(Conversation.contact_point_id, points))
    records = select(func.count()).where(ServiceRecord.workspace_id == tx.workspace_id)
    return MergePreview(
        contact=contact,
        filled=list(filled),
        contact_points=len(points),
        conversations=tx.db.scalar(talks) or 0,
        records=tx.db.scalar(records.where(ServiceRecord.contact_id.in_(ids))) or 0,
    )


@routes.post("/contacts/{id:str}/merge", permission="contact.edit", status=200)
def merge(tx: Tx, id: str, data: MergeIn) -> MergeOut:
    """Say that other contacts are this one: fields that are filled stay, and all that is theirs moves here."""
    return _as_it_is_now(tx, merging.merge(tx, id, data.contact_ids))


@routes.get("/contacts/{id:str}/merges", permission="contact.read")
def merges(tx: Tx, id: str) -> list[MergeOut]:
    """What was merged into a contact, the latest first, also what was undone."""
    return [_out(tx, row) for row in contacts.merges_of(tx, contacts.current(tx, id).id)]


@routes.post("/contact-merges/{id:str}/undo", permission="contact.edit", status=200)
def undo(tx: Tx, id: str) -> MergeOut:
    """They are several after all: everything is as before. What came since goes by the contact point that it came by."""
    return _as_it_is_now(tx, merging.undo(tx, id))


def _as_it_is_now(tx: Tx, merge: ContactMerge) -> MergeOut:
    tx.settle()
    return _out(tx, merge)


def _out(tx: Tx, merge: ContactMerge) -> MergeOut:
    return MergeOut(
        id=merge.id,
        contact=contact_out(tx.get(Contact, merge.contact_id)),
        merged=[MergedOut(id=id, name=tx.get(Contact, id).name) for id in merge.merged],
        filled=list(merge.filled),
        at=merge.at,
        by_id=merge.by_id,
        undone_at=merge.undone_at,
        undone_by_id=merge.undone_by_id,
    )
