"""Conversations from lines: written as they stand, with the facts that tell how they went."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from msgspec import UNSET
from sqlalchemy import insert, select

from helpline.board.past import keep_stay
from helpline.channels import Category, Channel
from helpline.contacts import Contact, ContactPoint
from helpline.conversations import CloseReason, Conversation, Message, State
from helpline.conversations.events import ConversationOpened
from helpline.conversations.models import Mention
from helpline.conversations.shapes import AuthorOut
from helpline.core import Fact, Tx, new_id
from helpline.people import Team

from . import contacts, corrections, going_on, known, records
from .entries import Files, Reading, has_events
from .errors import EventsDoNotFit
from .lines import ContactLine, ConversationLine
from .names import Names, Person
from .outcome import CHANGED, NEW, UNCHANGED, Outcome
from .rules import times_of
from .story import Entry, Telling, Times, with_events

ROWS_AT_ONCE = 1000


def bring(tx: Tx, line: ConversationLine, names: Names, files: Files) -> Outcome:
    """A conversation with its messages and, if the line has one, its service record."""
    there = known.find(tx, Conversation, "conversation", line.id, line)
    if there is not None and (there.is_same or there.is_ours):
        return UNCHANGED
    times = times_of(line, tx.now)
    contact_id = _contact(tx, line)
    if there is not None:
        going_on.refuse_ours(tx, tx.get(Conversation, there.id), "id")
        changed = corrections.correct(tx, there.id, line, contact_id, names, files)
        known.note_change(tx, "conversation", line.id, line)
        return CHANGED if changed else UNCHANGED
    conversation = _write(tx, line, times, contact_id, names, files)
    known.remember(tx, "conversation", line.id, conversation.id, line)
    if line.record is not None:
        records.bring(tx, line.record, line.record.id or line.id, [conversation], line, names)
    if conversation.state != State.CLOSED:
        going_on.resume(tx, conversation, line)
    return NEW


def write_messages(tx: Tx, conversation: Any, entries: list[Entry], first: int = 1) -> None:
    """The rows of entries, at their places."""
    rows = [
        {
            "workspace_id": tx.workspace_id,
            "id": entry.id,
            "conversation_id": conversation.id,
            "channel_id": conversation.channel_id,
            "seq": seq,
            "external_id": entry.external_id,
            "kind": entry.kind,
            "author_kind": entry.author.kind,
            "author_id": entry.author.id,
            "author_name": entry.author.name,
            "visibility": entry.visibility,
            "text": entry.text,
            "files": entry.files,
            "event": entry.event,
            "at": entry.at,
            "state": entry.state,
            "mentions": [agent_id for agent_id, _ in entry.mentions],
        }
        for seq, entry in enumerate(entries, first)
    ]
    for place in range(0, len(rows), ROWS_AT_ONCE):
        tx.execute(insert(Message), rows[place : place + ROWS_AT_ONCE])
    asked_in = [one for seq, entry in enumerate(entries, first) for one in _mentions(tx, conversation.id, entry, seq)]
    if asked_in:
        tx.execute(insert(Mention), asked_in)
        conversation.mentioned = sorted({*conversation.mentioned, *(one["agent_id"] for one in asked_in)})


def _mentions(tx: Tx, conversation_id: str, entry: Entry, seq: int) -> Iterator[dict[str, Any]]:
    """Who was asked in by a note."""
    note = {"conversation_id": conversation_id, "message_id": entry.id, "seq": seq, "at": entry.at}
    note |= {"workspace_id": tx.workspace_id, "by_id": entry.author.id, "by_name": entry.author.name}
    for agent_id, read_at in entry.asked_in.items():
        yield {**note, "id": new_id(), "agent_id": agent_id, "read_at": read_at}


def _contact(tx: Tx, line: ConversationLine) -> str | None:
    if isinstance(line.contact, ContactLine):
        return contacts.bring(tx, line.contact)[0]
    return contacts.find(tx, line.contact) if line.contact else None


def _write(
    tx: Tx, line: ConversationLine, times: Times, contact_id: str | None, names: Names, files: Files
) -> Conversation:
    team: Team | None = names.team(line.team) if line.team else None
    channel: Channel = names.channel(line.channel, line.category, team)
    category = names.category(line.category) if line.category else tx.get(Category, channel.category_id)
    agent = names.agent(line.agent) if line.agent else None
    contact = tx.find(Contact, contact_id)
    name = line.contact_name or (contact.name if contact else "")
    point: ContactPoint = contacts.point(tx, line, channel.id, contact_id, name)
    row = Conversation(workspace_id=tx.workspace_id, id=new_id(), version=1, state=line.state, channel_id=channel.id)
    row.channel_kind, row.category_id = channel.kind, category.id
    row.owner_id = names.owner(line.owner).id if line.owner else category.owner_id if line.owner is UNSET else None
    row.contact_point_id, row.thread, row.contact_id, row.contact_name = point.id, line.thread, contact_id, name
    row.page, row.priority, row.team_id = line.page, line.priority, team.id if team else category.team_id
    row.created_at, row.queued_at, row.closed_at = times.created, times.queued, times.closed
    row.previous_id = _previous(tx, line, point.id, times)
    if line.state != State.CLOSED:
        going_on.refuse_second(tx, row)
        row.avoid_agent_id = names.agent(line.avoid, "avoid").id if line.avoid else None
    author = AuthorOut(kind="contact", id=point.id, name=name)
    entries = Reading(tx, names, files, row.id, author, agent).all(line.messages)
    _live_through(tx, row, entries, times, line, agent)
    return row


def _live_through(
    tx: Tx, row: Conversation, said: list[Entry], times: Times, line: ConversationLine, agent: Person | None
) -> None:
    """Write the row, its messages and its facts, with the events between them that the line leaves out."""
    entries = said
    if not has_events(line.messages):
        is_served = agent is not None or any(entry.is_answer for entry in said)
        reason = line.close_reason or ("agent_closed" if is_served else "abandoned")
        entries = with_events(said, times, row.team_id, agent, reason)
    opened = ConversationOpened(
        conversation_id=row.id,
        channel_id=row.channel_id,
        contact_point_id=row.contact_point_id,
        previous_id=row.previous_id,
    )
    telling = Telling(row.id, row.team_id, row.priority)
    told = [(opened, times.created), *telling.tell(entries, line.state)]
    if (has_events(line.messages) or agent) and telling.agent_id != (agent.id if agent else None):
        raise EventsDoNotFit(field="agent")
    row.team_id, row.agent_id = telling.team_id, telling.agent_id
    row.mentioned = sorted({id for entry in entries for id in entry.asked_in})
    row.assigned_at = times.assigned if row.agent_id else line.assigned_at
    row.close_reason = _why_closed(entries) if row.closed_at else None
    row.first_answer_at = next((entry.at for entry in entries if entry.is_answer), None)
    heard = [entry for entry in entries if not entry.event and (entry.is_answer or entry.author.kind == "contact")]
    row.last_at, row.last_seq = (heard[-1].at if heard else times.created), len(entries)
    row.last_by = heard[-1].author.kind if heard else ""
    row.last_text = heard[-1].preview if heard else ""
    row.unread, row.waiting_since = going_on.unanswered(line, heard) if row.closed_at is None else (0, None)
    tx.db.add(row)
    tx.db.flush()
    write_messages(tx, row, entries)
    for fact, at in told:
        _recall(tx, fact, at)


def _recall(tx: Tx, fact: Fact, at: datetime) -> None:
    """The fact under its time, and what is kept of it in rows: the stays in queues."""
    tx.recall(fact, at)
    keep_stay(tx, fact, at)


def _why_closed(entries: list[Entry]) -> CloseReason:
    given = [entry.event.get("reason") for entry in entries if entry.event and entry.event.get("name") == "closed"]
    try:
        return CloseReason(str(given[-1]))
    except (ValueError, IndexError):
        raise EventsDoNotFit(field="messages") from None


def _previous(tx: Tx, line: ConversationLine, contact_point_id: str, times: Times) -> str | None:
    if line.previous is not UNSET:
        there = known.find(tx, Conversation, "conversation", line.previous) if line.previous else None
        return there.id if there else None
    row = Conversation
    mine = (row.workspace_id == tx.workspace_id, row.contact_point_id == contact_point_id)
    before = select(row.id).where(*mine, row.created_at < times.created)
    return tx.db.scalar(before.order_by(row.created_at.desc(), row.id.desc()).limit(1))
