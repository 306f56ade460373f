"""What the full-text index notes: step by step along the facts, the words that were said and written since."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from helpline import search
from helpline.conversations import Conversation, Message
from helpline.conversations.amending_events import MessageAmended
from helpline.conversations.elsewhere_events import MessageSaidElsewhere
from helpline.conversations.events import (
    ConversationIdentified,
    ConversationOpened,
    MessageAutomated,
    MessageReceived,
    MessageSent,
)
from helpline.conversations.starting_events import ConversationStarted
from helpline.core import Tx
from helpline.core.facts import Counter, FactRow
from helpline.core.within import within
from helpline.search.blocks import block_of
from helpline.search.queries import NOTED
from helpline.search.words import words
from helpline.service_records import ServiceRecord
from helpline.service_records.events import RecordCreated, RecordEdited, RecordJoined

AT_ONCE = 500
"""Facts of one step: some ten milliseconds of writing."""
DONE = "searched"
SAID = {kind.topic() for kind in (MessageReceived, MessageSent, MessageAutomated, MessageSaidElsewhere, MessageAmended)}
NAMED = {kind.topic() for kind in (ConversationOpened, ConversationStarted, ConversationIdentified)}
BEGUN, JOINED, EDITED = (kind.topic() for kind in (RecordCreated, RecordJoined, RecordEdited))


@dataclass
class Step:
    """What some facts were about: which words stand in which conversations and service records."""

    after: int
    to: int
    said: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    records: set[str] = field(default_factory=set)
    """Which of them are service records."""
    noted: dict[str, set[str]] = field(default_factory=dict)
    """What stands in the notes of those records whose notes were changed."""
    begun_with: dict[str, str] = field(default_factory=dict)
    """The conversation with which a record shares its number."""
    began: dict[str, datetime] = field(default_factory=dict)
    """When those began that may need a number."""


def read_step(tx: Tx) -> Step | None:
    """Read the next facts and what was said by them; nothing when all are read."""
    tx.stand_still()
    row, done = FactRow, tx.db.scalar(_counter(tx)) or 0
    rows = select(row.seq, row.topic, row.payload).where(row.workspace_id == tx.workspace_id, row.seq > done)
    facts = tx.db.execute(rows.order_by(row.seq).limit(AT_ONCE)).all()
    if not facts:
        return None
    step = Step(after=done, to=facts[-1].seq)
    of: dict[str, list[Any]] = defaultdict(list)
    for fact in facts:
        of["said" if fact.topic in SAID else "named" if fact.topic in NAMED else fact.topic].append(fact.payload)
    talks = _messages(tx, Message.id.in_([said["message_id"] for said in of["said"]]), step)
    _joined(tx, {said["conversation_id"]: said["record_id"] for said in of[JOINED]}, step)
    _name(tx, {said["conversation_id"] for said in of["named"]}, step)
    _begin(tx, {said["record_id"]: said["conversation_id"] for said in of[BEGUN]}, step)
    _note(tx, {said["record_id"] for kind in (BEGUN, EDITED) for said in of[kind]}, step)
    _with_records(tx, talks, step)
    _dated(tx, list(step.said), step)
    return step


def take_step(tx: Tx, step: Step) -> bool:
    """Write it down, unless another node was faster; whether it was."""
    if not _hold(tx, step):
        return False
    ids = [*step.said, *step.begun_with.values()]
    numbers = search.numbers_of(tx, ids)
    alone = {id: step.began[id] for id in ids if id in step.began and id not in numbers and id not in step.begun_with}
    given = search.number(tx, alone)
    given |= {id: (numbers | given)[talk] for id, talk in step.begun_with.items() if id not in numbers}
    search.keep(tx, given, {id: step.began[id] for id in given.keys() & step.records})
    numbers |= given
    said: dict[int, set[str]] = defaultdict(set)
    for id, found in step.said.items():
        if id in numbers:  # else a fact that is still to be read tells how that record began, and has it noted then
            said[numbers[id]] |= found
    search.note(tx, {id: (numbers[id], words) for id, words in step.noted.items() if id in numbers})
    search.index(tx, said)
    return True


def begin_anew(tx: Tx) -> bool:
    """Throw some of the index away and begin at the first fact; whether there was any left."""
    done = update(Counter).where(Counter.workspace_id == tx.workspace_id, Counter.name == DONE)
    tx.execute(done.values(value=0))
    return search.forget_some(tx)


def _hold(tx: Tx, step: Step) -> bool:
    """Move the counter on, if it is still where it was read: who does so holds it to the end."""
    row = Counter
    mine = (row.workspace_id == tx.workspace_id, row.name == DONE, row.value == step.after)
    if tx.execute(update(row).where(*mine).values(value=step.to)).rowcount:
        return True
    if step.after or tx.db.scalar(_counter(tx)) is not None:
        return False
    tx.execute(insert(row), {"workspace_id": tx.workspace_id, "name": DONE, "value": step.to})
    return True


def _counter(tx: Tx) -> Any:
    return select(Counter.value).where(Counter.workspace_id == tx.workspace_id, Counter.name == DONE)


def _messages(tx: Tx, chosen: Any, step: Step) -> set[str]:
    row = Message
    said = select(row.conversation_id, row.text).where(row.workspace_id == tx.workspace_id, chosen, row.text != "")
    talks: set[str] = set()
    for conversation_id, text in tx.db.execute(said):
        step.said[conversation_id] |= words(text)
        talks.add(conversation_id)
    return talks


def _joined(tx: Tx, records: dict[str, str], step: Step) -> None:
    """A conversation that came to a record later is found by a number of its own, and the record by all that was said in it."""
    _messages(tx, Message.conversation_id.in_(records), step)
    for conversation_id, record_id in records.items():
        _also(step, record_id, step.said[conversation_id])


def _begin(tx: Tx, begun: dict[str, str], step: Step) -> None:
    """A record shares its number with its first conversation, if both began on one day; else it is found by one of its own."""
    row = ServiceRecord
    started = select(row.id, row.started_at).where(row.workspace_id == tx.workspace_id, row.id.in_(begun))
    step.began |= {row.id: row.started_at for row in tx.db.execute(started)}
    _dated(tx, list(begun.values()), step)
    with_it = {id: talk for id, talk in begun.items() if block_of(step.began[id]) == block_of(step.began[talk])}
    step.begun_with |= with_it
    _joined(tx, {talk: id for id, talk in begun.items() if id not in with_it}, step)


def _dated(tx: Tx, talks: list[str], step: Step) -> None:
    row = Conversation
    dated = select(row.id, row.created_at).where(row.workspace_id == tx.workspace_id, within(row.id, talks))
    step.began |= {row.id: row.created_at for row in tx.db.execute(dated)}


def _name(tx: Tx, talks: set[str], step: Step) -> None:
    row = Conversation
    named = select(row.id, row.contact_name).where(row.workspace_id == tx.workspace_id, row.id.in_(talks))
    for id, name in tx.db.execute(named):
        step.said[id] |= words(name)


def _note(tx: Tx, records: set[str], step: Step) -> None:
    row = ServiceRecord
    noted = select(row.id, row.notes, row.contact_name).where(row.workspace_id == tx.workspace_id, row.id.in_(records))
    for id, notes, name in tx.db.execute(noted):
        step.noted[id] = {f"{NOTED}{word}" for word in words(notes)}
        _also(step, id, words(name) | step.noted[id])


def _with_records(tx: Tx, talks: set[str], step: Step) -> None:
    row = Conversation
    recorded = select(row.id, row.record_id).where(row.workspace_id == tx.workspace_id, row.id.in_(talks))
    for id, record_id in tx.db.execute(recorded.where(row.record_id.is_not(None))):
        _also(step, str(record_id), step.said[id])


def _also(step: Step, record_id: str, found: set[str]) -> None:
    step.records.add(record_id)
    step.said[record_id] |= found
