"""What a second import may change of a conversation: who the contact is, the page, later messages, and the record."""

from typing import Any

from sqlalchemy import select

from helpline.contacts import Contact
from helpline.conversations import Conversation, Message
from helpline.conversations.events import ConversationIdentified
from helpline.conversations.shapes import AuthorOut
from helpline.core import Tx
from helpline.people import Agent

from . import records
from .entries import Files, Reading, external_id
from .errors import OutOfOrder, PastIsFixed
from .lines import ConversationLine, EntryIn, MessageLine
from .messages import write_messages
from .names import Names, Person
from .outcome import NEW, UNCHANGED, Outcome
from .story import Telling


def correct(tx: Tx, id: str, line: ConversationLine, contact_id: str | None, names: Names, files: Files) -> bool:
    """Take over what may be corrected; refuse the line when it says anything else differently. Whether anything was."""
    (row,) = tx.lock(Conversation, id)
    _refuse_other_past(tx, row, line, names)
    there = _messages(tx, row)
    known = {place: said for place, said in enumerate(line.messages, 1) if _key(row, said, place) in there}
    for place, said in known.items():
        message = there[_key(row, said, place)]
        if (message.text, message.at, message.visibility) != (said.text, said.at, said.visibility):
            raise PastIsFixed(field="messages")
    changed = _identify(tx, row, line, contact_id)
    later = [said for place, said in enumerate(line.messages, 1) if place not in known]
    for said in sorted(later, key=lambda one: one.at):
        append(tx, row, said, names, files, place=line.messages.index(said) + 1)
    if line.record is not None:
        record_id = line.record.id or line.id
        changed |= records.bring(tx, line.record, record_id, [row], line, names) != UNCHANGED
    return changed or bool(later)


def bring_message(tx: Tx, line: MessageLine, row: Conversation, names: Names, files: Files) -> Outcome:
    """A message that was said after all that is there."""
    there = _messages(tx, row).get(external_id(row.id, line.id))
    if there is not None:
        if (there.text, there.at, there.visibility) != (line.text, line.at, line.visibility):
            raise PastIsFixed(field="text")
        return UNCHANGED
    append(tx, row, line, names, files, place=row.last_seq + 1)
    return NEW


def append(tx: Tx, row: Conversation, said: EntryIn, names: Names, files: Files, *, place: int) -> None:
    """Write one more message at the end."""
    last = tx.db.scalar(
        select(Message.at).where(
            Message.workspace_id == tx.workspace_id,
            Message.conversation_id == row.id,
            Message.seq == row.last_seq,
        )
    )
    if said.at > tx.now or (last is not None and said.at < last):
        raise OutOfOrder("Only what was said after everything that is there can be added.", field="at")
    agent = tx.find(Agent, row.agent_id)
    author = AuthorOut(kind="contact", id=row.contact_point_id, name=row.contact_name)
    reading = Reading(tx, names, files, row.id, author, Person(agent.id, agent.name) if agent else None)
    entry = reading.one(said, place)
    telling = Telling(row.id, row.team_id, row.priority, {}, row.agent_id, "closed", row.first_answer_at is not None)
    row.last_seq += 1
    row.version += 1
    row.mentioned = sorted({*row.mentioned, *entry.asked_in})
    write_messages(tx, row, [entry], row.last_seq)
    for fact, at in telling.tell_one(entry, row.last_seq):
        tx.recall(fact, at)
    if entry.is_answer:
        row.first_answer_at = row.first_answer_at or entry.at
    if entry.is_answer or entry.author.kind == "contact":
        row.last_at, row.last_by, row.last_text = entry.at, entry.author.kind, entry.preview


def _refuse_other_past(tx: Tx, row: Conversation, line: ConversationLine, names: Names) -> None:
    given: dict[str, Any] = {"created_at": line.created_at, "queued_at": line.queued_at, "closed_at": line.closed_at}
    given |= {"close_reason": line.close_reason}
    for field, value in given.items():
        if value is not None and getattr(row, field) != value:
            raise PastIsFixed(field=field)
    if line.agent and names.agent(line.agent).id != row.agent_id:
        raise PastIsFixed(field="agent")
    if names.channel(line.channel, line.category, None).id != row.channel_id:
        raise PastIsFixed(field="channel")


def _identify(tx: Tx, row: Conversation, line: ConversationLine, contact_id: str | None) -> bool:
    contact = tx.find(Contact, contact_id)
    name = line.contact_name or (contact.name if contact else "")
    before = (row.contact_id, row.contact_name, row.page)
    if (contact_id, name, line.page) == before:
        return False
    if row.contact_id != contact_id:
        tx.recall(ConversationIdentified(conversation_id=row.id, contact_id=contact_id), tx.now)
    row.contact_id, row.contact_name, row.page = contact_id, name, line.page
    row.version += 1
    return True


def _messages(tx: Tx, row: Conversation) -> dict[str, Message]:
    mine = select(Message).where(Message.workspace_id == tx.workspace_id, Message.conversation_id == row.id)
    # What was added between the lines has no id from elsewhere; an export names it by its own.
    return {one.external_id or external_id(row.id, one.id): one for one in tx.db.scalars(mine)}


def _key(row: Conversation, said: EntryIn, place: int) -> str:
    return external_id(row.id, said.id or str(place))
