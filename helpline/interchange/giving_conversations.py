"""Conversations as lines, with everything that was said and their records."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import func, select

from helpline.contacts import ContactPoint
from helpline.conversations import Conversation, Message
from helpline.core import Tx
from helpline.service_records import ServiceRecord

from .called import Called
from .entries import AGENTS, TEAMS
from .giving_records import Records
from .lines import ConversationLine, EntryIn, FileIn


def conversation_lines(tx: Tx, rows: Sequence[Conversation]) -> Iterator[ConversationLine]:
    """The lines of some conversations."""
    called = Called(tx)
    ids = called.elsewhere("conversation", [row.id for row in rows])
    contacts = called.elsewhere("contact", [row.contact_id for row in rows if row.contact_id])
    of_one = _records(tx, [row.record_id for row in rows if row.record_id])
    told = Records(tx, called, list(of_one.values()))
    points = _points(tx, rows)
    for row in rows:
        point = points[row.contact_point_id]
        line = ConversationLine(id=ids[row.id], channel=called.channels[row.channel_id], state=row.state)
        line.category, line.team = called.categories[row.category_id], called.teams[row.team_id]
        line.agent = called.agents.get(row.agent_id or "")
        line.contact, line.contact_name = contacts.get(row.contact_id or ""), row.contact_name
        line.address, line.email, line.locale = point.address, point.email, point.locale
        line.thread, line.page, line.priority = row.thread, row.page, row.priority
        line.created_at, line.queued_at, line.assigned_at = row.created_at, row.queued_at, row.assigned_at
        line.closed_at, line.close_reason = row.closed_at, row.close_reason
        line.messages = [_entry(called, row, said) for said in _messages(tx, row)]
        record = of_one.get(row.record_id or "")
        line.record = told.inline(record) if record else None
        yield line


def _records(tx: Tx, ids: list[str]) -> dict[str, ServiceRecord]:
    """Those that have only the one conversation."""
    talk, row = Conversation, ServiceRecord
    alone = select(talk.record_id).where(talk.workspace_id == tx.workspace_id, talk.record_id.in_(ids))
    alone = alone.group_by(talk.record_id).having(func.count() == 1)
    mine = select(row).where(row.workspace_id == tx.workspace_id, row.id.in_(alone))
    return {record.id: record for record in tx.db.scalars(mine)}


def _points(tx: Tx, rows: Sequence[Conversation]) -> dict[str, ContactPoint]:
    wanted = {row.contact_point_id for row in rows}
    mine = select(ContactPoint).where(ContactPoint.workspace_id == tx.workspace_id, ContactPoint.id.in_(wanted))
    return {point.id: point for point in tx.db.scalars(mine)}


def _messages(tx: Tx, row: Conversation) -> list[Message]:
    mine = (Message.workspace_id == tx.workspace_id, Message.conversation_id == row.id)
    return list(tx.db.scalars(select(Message).where(*mine).order_by(Message.seq)))


def _entry(called: Called, row: Conversation, said: Message) -> EntryIn:
    came, _, id = (said.external_id or "").partition("/")
    entry = EntryIn(at=said.at, id=id if came == row.id else said.id, visibility=said.visibility)
    if said.event is not None:
        entry.by, entry.event = "event", _event(called, said.event)
        return entry
    entry.by = "bot" if said.author_kind == "system" else said.author_kind
    entry.agent = called.agents.get(said.author_id) if said.author_kind == "agent" else None
    entry.name, entry.text = said.author_name, said.text
    entry.files = [FileIn(name=file["name"], path=f"files/{file['id']}") for file in said.files]
    return entry


def _event(called: Called, event: dict[str, Any]) -> dict[str, Any]:
    """With names where it has ids of ours."""
    told = dict(event)
    for names, fields in ((called.agents, AGENTS), (called.teams, TEAMS)):
        told |= {field: names.get(told[field], "") for field in fields if told.get(field)}
    return told
