"""Giving everything out as lines, page by page: the form that an import takes in."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from sqlalchemy import func, select

from helpline.contacts import Contact
from helpline.conversations import Conversation
from helpline.core import Actor, Tx, Units
from helpline.service_records import ServiceRecord

from .called import Called
from .giving_conversations import conversation_lines
from .giving_records import Records
from .giving_settings import settings
from .lines import ContactLine, ConversationLine, Line, RecordLine

AT_ONCE = 100


class Page(NamedTuple):
    """Some lines, and the id after which the next ones begin; nothing when these were the last."""

    lines: list[Line]
    after: str | None


def everything(units: Units, workspace_id: str) -> Iterator[Line]:
    """Settings, contacts, conversations with their records, and the records of several conversations.

    Each page is read by itself, so that nobody waits for an export. What changes meanwhile is in it as it is when it is read.
    """
    reader = Actor.system(workspace_id)
    yield from units.read_now(reader, settings)
    for read in (contacts, conversations, records):
        yield from _pages(units, reader, read)


def how_many(tx: Tx) -> int:
    """Contacts and conversations there are: what takes the time."""
    counts = [select(func.count()).where(model.workspace_id == tx.workspace_id) for model in (Contact, Conversation)]
    return sum(tx.db.scalar(count) or 0 for count in counts)


def contacts(tx: Tx, after: str) -> Page:
    """Contacts by id."""
    mine = select(Contact).where(Contact.workspace_id == tx.workspace_id, Contact.id > after)
    rows = list(tx.db.scalars(mine.order_by(Contact.id).limit(AT_ONCE)))
    ids = Called(tx).elsewhere("contact", [row.id for row in rows])
    lines: list[Line] = []
    for row in rows:
        line = ContactLine(id=ids[row.id], name=row.name, email=row.email, phone=row.phone, company=row.company)
        line.locale, line.notes, line.created_at = row.locale, row.notes, row.created_at
        lines.append(line)
    return Page(lines, rows[-1].id if len(rows) == AT_ONCE else None)


def conversations(tx: Tx, after: str) -> Page:
    """Conversations by id, which is the order in which they came."""
    mine = select(Conversation).where(Conversation.workspace_id == tx.workspace_id, Conversation.id > after)
    rows = list(tx.db.scalars(mine.order_by(Conversation.id).limit(AT_ONCE)))
    lines: list[Line] = [*conversation_lines(tx, rows)]
    return Page(lines, rows[-1].id if len(rows) == AT_ONCE else None)


def records(tx: Tx, after: str) -> Page:
    """Records of several conversations; those of one are part of its line."""
    row, talk = ServiceRecord, Conversation
    many = select(talk.record_id).where(talk.workspace_id == tx.workspace_id, talk.record_id > after)
    many = many.group_by(talk.record_id).having(func.count() > 1).order_by(talk.record_id).limit(AT_ONCE)
    ids = list(tx.db.scalars(many))
    rows = list(tx.db.scalars(select(row).where(row.workspace_id == tx.workspace_id, row.id.in_(ids)).order_by(row.id)))
    called = Called(tx)
    told, of_them = Records(tx, called, rows), _conversations_of(tx, called, ids)
    lines: list[Line] = [RecordLine(**told.fields(one), conversations=of_them[one.id]) for one in rows]
    return Page(lines, rows[-1].id if len(rows) == AT_ONCE else None)


def _conversations_of(tx: Tx, called: Called, record_ids: list[str | None]) -> dict[str, list[str]]:
    row, found = Conversation, dict[str, list[str]]()
    mine = select(row.id, row.record_id).where(row.workspace_id == tx.workspace_id, row.record_id.in_(record_ids))
    pairs = [(one.id, str(one.record_id)) for one in tx.execute(mine.order_by(row.created_at, row.id))]
    ids = called.elsewhere("conversation", [id for id, _ in pairs])
    for id, record_id in pairs:
        found.setdefault(record_id, []).append(ids[id])
    return found


def _pages(units: Units, reader: Actor, read: Callable[[Tx, str], Page]) -> Iterator[Line]:
    after: str | None = ""
    while after is not None:
        lines, after = units.read_now(reader, read, after)
        yield from lines


def files_of(line: Line) -> Iterator[str]:
    """The ids of the files that a line speaks of."""
    if isinstance(line, ConversationLine):
        for said in line.messages:
            yield from (file.path.removeprefix("files/") for file in said.files)
