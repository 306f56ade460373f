"""Conversations from lines: written as they stand, with the facts that tell how they went."""

from typing import Any

from msgspec import UNSET
from sqlalchemy import select

from helpline.channels import Category, Channel
from helpline.contacts import Contact, ContactPoint
from helpline.conversations import CloseReason, Conversation, State
from helpline.conversations.events import ConversationOpened
from helpline.conversations.shapes import AuthorOut
from helpline.conversations.starting_events import ConversationStarted
from helpline.core import Tx, new_id
from helpline.people import Team

from . import contacts, corrections, going_on, known, ratings, records
from .at_length import PART, Rest, write_part
from .entries import Files, Reading, has_events
from .errors import BrokenOff, EventsDoNotFit
from .lines import ContactLine, ConversationLine
from .names import Names, Person
from .outcome import CHANGED, NEW, UNCHANGED, Outcome
from .rules import times_of
from .story import Entry, Telling, Times, Told, with_events

Whole = tuple[Conversation, list[Entry], list[list[Told]]]


def bring(tx: Tx, line: ConversationLine, names: Names, files: Files, rests: list[Rest]) -> Outcome:
    """A conversation with its messages and, if the line has one, its service record. What is too long is left in ``rests``."""
    there = known.find(tx, Conversation, "conversation", line.id, line)
    if there is not None and (there.is_same or there.is_ours):
        return UNCHANGED
    times = times_of(line, tx.now)
    contact_id = _contact(tx, line)
    if there is not None and there.is_begun:
        _, entries, told = _read(tx, line, times, contact_id, names, files, there.id)
        rests.append(Rest(there.id, line, entries, told))
        return NEW
    if there is not None and there.is_unfinished:
        raise BrokenOff(field="id")
    if there is not None:
        going_on.refuse_ours(tx, tx.get(Conversation, there.id), "id")
        changed = corrections.correct(tx, there.id, line, contact_id, names, files)
        known.note_change(tx, "conversation", line.id, line)
        return CHANGED if changed else UNCHANGED
    conversation, entries, told = _read(tx, line, times, contact_id, names, files, new_id())
    is_long = conversation.state == State.CLOSED and len(entries) > PART  # what goes on here goes on as a whole
    part = PART if is_long else len(entries)
    _write(tx, conversation, times, entries[:part], told[:part])
    known.remember(tx, "conversation", line.id, conversation.id, line, is_whole=not is_long)
    if is_long:
        rests.append(Rest(conversation.id, line, entries, told))
    if line.rating is not None:
        ratings.bring(tx, conversation, line.rating, names)
    if line.record is not None:
        records.bring(tx, line.record, line.record.id or line.id, [conversation], line, names)
    if conversation.state != State.CLOSED:
        going_on.resume(tx, conversation, line)
    return NEW


def _contact(tx: Tx, line: ConversationLine) -> str | None:
    if isinstance(line.contact, ContactLine):
        return contacts.bring(tx, line.contact)[0]
    return contacts.find(tx, line.contact) if line.contact else None


def _read(
    tx: Tx, line: ConversationLine, times: Times, contact_id: str | None, names: Names, files: Files, id: str
) -> Whole:
    """The row as it stands at the end, its entries, and what each stands for."""
    team: Team | None = names.team(line.team) if line.team else None
    channel: Channel = names.channel(line.channel, line.category, team)
    category = names.category(line.category) if line.category else tx.get(Category, channel.category_id)
    agent = names.agent(line.agent) if line.agent else None
    contact = tx.find(Contact, contact_id)
    name = line.contact_name or (contact.name if contact else "")
    point: ContactPoint = contacts.point(tx, line, channel.id, contact_id, name)
    row = Conversation(workspace_id=tx.workspace_id, id=id, version=1, state=line.state, channel_id=channel.id)
    row.channel_kind, row.category_id = channel.kind, category.id
    row.owner_id = names.owner(line.owner).id if line.owner else category.owner_id if line.owner is UNSET else None
    row.contact_point_id, row.thread, row.contact_id, row.contact_name = point.id, line.thread, contact_id, name
    row.page, row.priority, row.team_id = line.page, line.priority, team.id if team else category.team_id
    row.skills, row.subject = line.skills, line.subject
    row.created_at, row.queued_at, row.closed_at = times.created, times.queued, times.closed
    row.previous_id = _previous(tx, line, point.id, times)
    if line.state != State.CLOSED:
        going_on.refuse_second(tx, row)
        row.avoid_agent_id = names.agent(line.avoid, "avoid").id if line.avoid else None
    author = AuthorOut(kind="contact", id=point.id, name=name)
    entries = Reading(tx, names, files, row.id, author, agent).all(line.messages)
    return row, *_live_through(row, entries, times, line, agent)


def _live_through(
    row: Conversation, said: list[Entry], times: Times, line: ConversationLine, agent: Person | None
) -> tuple[list[Entry], list[list[Told]]]:
    """Bring the row to its end, through its messages and the events between them that the line leaves out."""
    entries = said
    if not has_events(line.messages):
        is_served = agent is not None or any(entry.is_answer for entry in said)
        reason = line.close_reason or ("agent_closed" if is_served else "abandoned")
        entries = with_events(said, times, row.team_id, agent, reason)
    telling = Telling(row.id, row.team_id, row.priority, how_it_began(row))
    told = telling.tell(entries, line.state)
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
    return entries, told


def _write(tx: Tx, row: Conversation, times: Times, entries: list[Entry], told: list[list[Told]]) -> None:
    tx.db.add(row)
    tx.db.flush()
    if not any(isinstance(fact, ConversationStarted) for facts in told for fact, _ in facts):
        tx.recall(ConversationOpened(conversation_id=row.id, **how_it_began(row)), times.created)
    write_part(tx, row, entries, told, 1)


def how_it_began(row: Conversation) -> dict[str, Any]:
    """What a fact says of it."""
    return {
        "channel_id": row.channel_id,
        "contact_point_id": row.contact_point_id,
        "previous_id": row.previous_id,
    }


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
