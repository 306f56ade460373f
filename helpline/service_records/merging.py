"""The service records of contacts that are merged, and theirs again when that is undone."""

from sqlalchemy import ColumnElement, or_, select, update

from helpline.contacts import Contact, ContactMerge
from helpline.contacts.events import ContactMerged, ContactMergeUndone
from helpline.contacts.merging import note
from helpline.contacts.queries import points_of
from helpline.core import Tx
from helpline.core.within import within

from .models import RecordState, ServiceRecord
from .shapes import record_update


def move_records(tx: Tx, fact: ContactMerged) -> None:
    """The others' services are the primary's, completed or not; those that are completed keep the name as it was written."""
    merge, primary = tx.get(ContactMerge, fact.merge_id), tx.get(Contact, fact.contact_id)
    for id in merge.merged:
        points = within(ServiceRecord.contact_point_id, merge.moved[id]["points"])
        kept = _of(tx, primary.id, points)
        note(merge, id, records=(moved := _of(tx, id)), kept=list(kept))
        _turn(tx, moved, primary, {})


def give_records_back(tx: Tx, fact: ContactMergeUndone) -> None:
    """Each is again of whose it was; what began since goes by the contact point that it began with."""
    merge, primary = tx.get(ContactMerge, fact.merge_id), tx.get(Contact, fact.contact_id)
    for id in merge.merged:
        moved = merge.moved[id]
        points = within(ServiceRecord.contact_point_id, points_of(tx, id).keys() & moved["points"])
        theirs = _of(tx, primary.id, or_(points, within(ServiceRecord.id, moved["records"])))
        _turn(
            tx,
            {one: name for one, name in theirs.items() if one not in moved["kept"]},
            tx.get(Contact, id),
            moved["records"],
        )


def _turn(tx: Tx, records: dict[str, str], to: Contact, named: dict[str, str]) -> None:
    """They are of another contact now, and those that can still be written carry the name: the one they had, or theirs."""
    row = ServiceRecord
    mine = (row.workspace_id == tx.workspace_id, within(row.id, records))
    for record in tx.lock(row, *tx.db.scalars(select(row.id).where(*mine, row.state != RecordState.COMPLETED))):
        record.contact_name = named.get(record.id, to.name)
        tx.touch(record_update, record.id)
    tx.execute(update(row).where(*mine).values(contact_id=to.id, version=row.version + 1))
    tx.expire()


def _of(tx: Tx, contact_id: str, *also: ColumnElement[bool]) -> dict[str, str]:
    """The names by which a contact is called on their records, by id."""
    row = ServiceRecord
    mine = select(row.id, row.contact_name).where(row.workspace_id == tx.workspace_id, row.contact_id == contact_id)
    return {one.id: one.contact_name for one in tx.execute(mine.where(*also).order_by(row.id))}
