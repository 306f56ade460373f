"""The conversations of contacts that are merged, and theirs again when that is undone."""

from sqlalchemy import select, update

from helpline.contacts import Contact, ContactMerge
from helpline.contacts.events import ContactMerged, ContactMergeUndone
from helpline.contacts.merging import note
from helpline.contacts.queries import points_of
from helpline.core import Tx
from helpline.core.within import within

from . import queries
from .events import ConversationIdentified
from .models import Conversation, State


def move_conversations(tx: Tx, fact: ContactMerged) -> None:
    """What came by the others' contact points is the primary's; those that go on take the name over."""
    merge, primary = tx.get(ContactMerge, fact.merge_id), tx.get(Contact, fact.contact_id)
    for id in merge.merged:
        points = merge.moved[id]["points"]
        named = _turn(tx, queries.open_with(tx, *points), id, primary)
        # Closed ones that were said to be the primary's own stay so when all else is given back.
        note(merge, id, named=named, stay=_of(tx, points, primary.id))
        _turn_closed(tx, _of(tx, points, id), primary.id)


def give_conversations_back(tx: Tx, fact: ContactMergeUndone) -> None:
    """What came by a contact point is again of whose that is, also what came since."""
    merge, primary = tx.get(ContactMerge, fact.merge_id), tx.get(Contact, fact.contact_id)
    for id in merge.merged:
        moved, other = merge.moved[id], tx.get(Contact, id)
        points = [point for point in points_of(tx, id) if point in moved["points"]]
        _turn(tx, queries.open_with(tx, *points), primary.id, other, moved["named"])
        theirs = [one for one in _of(tx, points, primary.id) if one not in moved["stay"]]
        _turn_closed(tx, theirs, id)


def _turn(tx: Tx, ids: list[str], was: str, to: Contact, named: dict[str, str] | None = None) -> dict[str, str]:
    """Open conversations are of another contact now; what they were called, by id."""
    before: dict[str, str] = {}
    for row in tx.lock(Conversation, *ids):
        if row.contact_id != was or row.state == State.CLOSED:
            continue
        before[row.id] = row.contact_name
        row.contact_id, row.contact_name = to.id, (named or {}).get(row.id, to.name)
        row.version += 1
        tx.emit(ConversationIdentified(conversation_id=row.id, contact_id=to.id))
    return before


def _turn_closed(tx: Tx, ids: list[str], contact_id: str) -> None:
    """What is over keeps the name that it was called by."""
    theirs = update(Conversation).where(Conversation.workspace_id == tx.workspace_id, within(Conversation.id, ids))
    tx.execute(theirs.values(contact_id=contact_id, version=Conversation.version + 1))
    tx.expire()


def _of(tx: Tx, points: list[str], contact_id: str) -> list[str]:
    """The closed conversations by these contact points that are of this contact, locked by nobody: nothing happens in them."""
    row = Conversation
    mine = select(row.id).where(row.workspace_id == tx.workspace_id, within(row.contact_point_id, points))
    return list(tx.db.scalars(mine.where(row.contact_id == contact_id, row.state == State.CLOSED).order_by(row.id)))
