"""Giving everything out as lines, a few at a time and as of one moment: the form that an import takes in."""

from collections.abc import Iterator
from typing import TypeVar

from msgspec import convert
from msgspec.structs import replace
from sqlalchemy import ColumnElement, func, select

from helpline.contacts import Contact, ContactMerge, ContactPoint
from helpline.conversations import Conversation
from helpline.conversations.mail_shapes import MailIn
from helpline.core import Scoped, Tx
from helpline.drafts.models import Draft
from helpline.service_records import ServiceRecord

from . import merges
from .called import Called
from .giving_conversations import conversation_lines, file_in
from .giving_records import Records
from .giving_settings import settings
from .lines import ContactLine, ContactPointLine, ConversationLine, DraftLine, EntryIn, Line, RecordLine

AT_ONCE = 200
M = TypeVar("M", bound=Scoped)


def everything(tx: Tx) -> Iterator[Line]:
    """Settings, contacts, conversations with their records, the records of several conversations, merges and drafts.

    Read within one unit that stands still, nothing speaks of what is not there; nobody who writes waits for it.
    """
    called = Called(tx)
    yield from settings(tx, called)
    yield from _contacts(tx, called)
    yield from _points(tx, called)
    for rows in _pages(tx, Conversation):
        yield from conversation_lines(tx, called, rows)
    yield from _records(tx, called)
    for merged in _pages(tx, ContactMerge):
        yield from [merges.line_of(tx, called, row) for row in merged]
    yield from _drafts(tx, called)


def how_many(tx: Tx) -> int:
    """Contacts and conversations there are: what takes the time."""
    counts = [select(func.count()).where(model.workspace_id == tx.workspace_id) for model in (Contact, Conversation)]
    return sum(tx.db.scalar(count) or 0 for count in counts)


def files_of(line: Line) -> Iterator[str]:
    """The ids of the files that a line speaks of."""
    said = line.messages if isinstance(line, ConversationLine) else [line]
    for one in said:
        if isinstance(one, EntryIn | DraftLine):
            yield from (file.path.removeprefix("files/") for file in one.files)


def _contacts(tx: Tx, called: Called) -> Iterator[ContactLine]:
    for rows in _pages(tx, Contact):
        ids = called.elsewhere("contact", [row.id for row in rows])
        for row in rows:
            line = ContactLine(id=ids[row.id], name=row.name, email=row.email, phone=row.phone, company=row.company)
            line.locale, line.notes, line.external_id = row.locale, row.notes, row.external_id
            line.created_at, line.agent = row.created_at, called.agents.get(row.agent_id or "")
            yield line


def _points(tx: Tx, called: Called) -> Iterator[ContactPointLine]:
    for rows in _pages(tx, ContactPoint):
        contacts = called.elsewhere("contact", [row.contact_id for row in rows if row.contact_id])
        for row in rows:
            line = ContactPointLine(channel=called.channels[row.channel_id], address=row.address, name=row.name)
            line.email, line.phone, line.locale = row.email, row.phone, row.locale
            line.time_zone, line.browser = row.time_zone, row.browser
            line.answered, line.claims, line.unreachable = row.answered, row.claims, row.unreachable
            line.contact, line.created_at = contacts.get(row.contact_id or ""), row.created_at
            yield line


def _records(tx: Tx, called: Called) -> Iterator[RecordLine]:
    """Records of several conversations; those of one are part of its line."""
    talk = Conversation
    many = select(talk.record_id).where(talk.workspace_id == tx.workspace_id, talk.record_id.is_not(None))
    many = many.group_by(talk.record_id).having(func.count() > 1)
    for rows in _pages(tx, ServiceRecord, ServiceRecord.id.in_(many)):
        told, of_them = Records(tx, called, rows), _conversations_of(tx, called, [row.id for row in rows])
        for row in rows:
            mine = of_them[row.id]
            began = next(
                (id for id, point, channel in mine if (point, channel) == (row.contact_point_id, row.channel_id)), ""
            )
            line = RecordLine(**told.fields(row), conversations=[id for id, _, _ in mine])
            line.began_with = began if began != mine[0][0] else None
            yield line


def _conversations_of(tx: Tx, called: Called, record_ids: list[str]) -> dict[str, list[tuple[str, str, str]]]:
    """By record, (id, contact point, channel) of its conversations, the earliest first."""
    row, found = Conversation, dict[str, list[tuple[str, str, str]]]()
    mine = select(row.id, row.record_id, row.contact_point_id, row.channel_id)
    mine = mine.where(row.workspace_id == tx.workspace_id, row.record_id.in_(record_ids))
    rows = list(tx.execute(mine.order_by(row.created_at, row.id)))
    ids = called.elsewhere("conversation", [one.id for one in rows])
    for one in rows:
        found.setdefault(str(one.record_id), []).append((ids[one.id], one.contact_point_id, one.channel_id))
    return found


def _drafts(tx: Tx, called: Called) -> Iterator[DraftLine]:
    for rows in _pages(tx, Draft, Draft.empty.is_(False)):
        ids = called.elsewhere("conversation", [row.conversation_id for row in rows])
        for row in rows:
            line = DraftLine(conversation=ids[row.conversation_id], agent=called.agents[row.agent_id], text=row.text)
            line.visibility, line.aside, line.saved_at = row.visibility, row.aside, row.saved_at
            line.files = [file_in(file) for file in row.files]
            # Elsewhere, messages have other ids: there it answers the newest mail.
            line.mail = replace(convert(row.mail, MailIn), answered=None) if row.mail else None
            line.choices = row.choices
            yield line


def _pages(tx: Tx, model: type[M], *also: ColumnElement[bool]) -> Iterator[list[M]]:
    """All rows by id, which is the order in which they came; only a page of them is held at a time."""
    after = ""
    while True:
        mine = select(model).where(model.workspace_id == tx.workspace_id, model.id > after, *also)
        rows = list(tx.db.scalars(mine.order_by(model.id).limit(AT_ONCE)))
        if not rows:
            return
        yield rows
        after = rows[-1].id
        tx.db.expunge_all()
