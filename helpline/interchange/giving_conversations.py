"""Conversations as lines, with everything that was said and their records."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import Row, func, select

from helpline.contacts import ContactPoint
from helpline.conversations import Conversation, Message, State
from helpline.conversations.models import Mention
from helpline.conversations.particulars import read
from helpline.core import Tx
from helpline.service_records import ServiceRecord

from .called import Called
from .entries import AGENTS, TEAMS
from .giving_records import Records
from .lines import ConversationLine, EntryIn, FileIn, MentionIn, MessageLine
from .ratings import ratings_of

MOST_MESSAGES = 1000
"""That are read at once, and that a line holds; further ones follow it as lines of their own."""
MOST_CHARACTERS = 200_000
"""Of the texts in a line, which may take six bytes each."""


def conversation_lines(
    tx: Tx, called: Called, rows: Sequence[Conversation]
) -> Iterator[ConversationLine | MessageLine]:
    """The lines of some conversations, each followed by the messages that it has no room for."""
    batch: list[Conversation] = []
    for row in rows:
        if batch and sum(one.last_seq for one in (*batch, row)) > MOST_MESSAGES:
            yield from _Batch(tx, called, batch).lines()
            batch = []
        batch.append(row)
    yield from _Batch(tx, called, batch).lines()


@dataclass
class _Batch:
    """Some conversations, and what their lines need."""

    tx: Tx
    called: Called
    rows: list[Conversation]
    read_at: dict[tuple[str, str], datetime | None] = field(default_factory=dict)
    """When who read which note that asked them in."""

    def lines(self) -> Iterator[ConversationLine | MessageLine]:
        """One after the other."""
        called, rows = self.called, self.rows
        ids = called.elsewhere("conversation", [id for row in rows for id in (row.id, row.previous_id) if id])
        contacts = called.elsewhere("contact", [row.contact_id for row in rows if row.contact_id])
        points, said = self._points(), self._said()
        of_one, ratings = self._records(), ratings_of(self.tx, called, [row.id for row in rows])
        told = Records(self.tx, called, list(of_one.values()))
        for row in rows:
            line = _line(called, row, ids)
            line.contact, line.address = contacts.get(row.contact_id or ""), points[row.contact_point_id]
            record = of_one.get(row.record_id or "")
            line.record = told.inline(record) if record else None
            line.rating = ratings.get(row.id)
            yield from self._with_messages(line, row, iter(said.get(row.id, ())))

    def _with_messages(
        self, line: ConversationLine, row: Conversation, said: Iterator[Row[Any]]
    ) -> Iterator[ConversationLine | MessageLine]:
        room = MOST_CHARACTERS
        for one in said:
            if len(line.messages) == MOST_MESSAGES or room <= 0:
                said = chain([one], said)
                break
            line.messages.append(EntryIn(**self._entry(row, one)))
            room -= len(one.text) + 100
        yield line
        for one in said:
            yield MessageLine(conversation=line.id, **self._entry(row, one))

    def _entry(self, row: Conversation, said: Row[Any]) -> dict[str, Any]:
        came, _, id = (said.external_id or "").partition("/")
        entry: dict[str, Any] = {"at": said.at, "id": id if came == row.id else said.id, "visibility": said.visibility}
        if said.event is not None:
            return entry | {"by": "event", "event": _event(self.called, said.event)}
        entry |= {"by": "bot" if said.author_kind == "system" else said.author_kind, "text": said.text}
        usual = ""
        if said.author_kind == "agent":
            entry["agent"], usual = self.called.agents.get(said.author_id), self.called.names.get(said.author_id, "")
        elif said.author_kind == "contact":
            usual = row.contact_name
        entry["name"] = said.author_name if said.author_name != usual else None
        entry["files"] = [file_in(file) for file in said.files]
        entry["mentions"] = [
            MentionIn(agent=self.called.agents[id], read_at=self.read_at.get((said.id, id))) for id in said.mentions
        ]
        return entry | {"state": said.state, "details": read(said.details)}

    def _points(self) -> dict[str, str]:
        row, wanted = ContactPoint, {row.contact_point_id for row in self.rows}
        mine = select(row.id, row.address).where(row.workspace_id == self.tx.workspace_id, row.id.in_(wanted))
        return {one.id: one.address for one in self.tx.execute(mine)}

    def _records(self) -> dict[str, ServiceRecord]:
        """Those that have only the one conversation."""
        talk, row = Conversation, ServiceRecord
        ids = [row.record_id for row in self.rows if row.record_id]
        alone = select(talk.record_id).where(talk.workspace_id == self.tx.workspace_id, talk.record_id.in_(ids))
        alone = alone.group_by(talk.record_id).having(func.count() == 1)
        mine = select(row).where(row.workspace_id == self.tx.workspace_id, row.id.in_(alone))
        return {record.id: record for record in self.tx.db.scalars(mine)}

    def _said(self) -> dict[str, Iterable[Row[Any]]]:
        """What was said in each, in order; of a long one page by page."""
        if len(self.rows) == 1:
            return {self.rows[0].id: self._page_by_page(self.rows[0].id)}
        found: dict[str, list[Row[Any]]] = {}
        row = Message.__table__.c
        mine = select(Message.__table__).where(row.workspace_id == self.tx.workspace_id)
        mine = mine.where(row.conversation_id.in_([one.id for one in self.rows]))
        for said in self._noticed(list(self.tx.execute(mine.order_by(row.conversation_id, row.seq)))):
            found.setdefault(said.conversation_id, []).append(said)
        return dict(found)

    def _page_by_page(self, conversation_id: str) -> Iterator[Row[Any]]:
        row, after = Message.__table__.c, 0
        while True:
            mine = select(Message.__table__).where(row.workspace_id == self.tx.workspace_id, row.seq > after)
            mine = mine.where(row.conversation_id == conversation_id).order_by(row.seq).limit(MOST_MESSAGES)
            page = self._noticed(list(self.tx.execute(mine)))
            yield from page
            if len(page) < MOST_MESSAGES:
                return
            after = page[-1].seq

    def _noticed(self, said: list[Row[Any]]) -> list[Row[Any]]:
        """The same, after looking who of those who were asked in has read it."""
        asked_in = {agent_id for one in said for agent_id in one.mentions}
        if asked_in:
            row, within = Mention, {one.conversation_id for one in said if one.mentions}
            mine = select(row.message_id, row.agent_id, row.read_at).where(row.workspace_id == self.tx.workspace_id)
            mine = mine.where(row.agent_id.in_(asked_in), row.conversation_id.in_(within))
            self.read_at |= {(one.message_id, one.agent_id): one.read_at for one in self.tx.execute(mine)}
        return said


def _line(called: Called, row: Conversation, ids: dict[str, str]) -> ConversationLine:
    # An offer does not travel, there it is offered anew; nor does a question of who shall serve it.
    is_open = row.state in {State.OFFERED, State.BOT}
    state, agent_id = (State.WAITING, None) if is_open else (row.state, row.agent_id)
    line = ConversationLine(id=ids[row.id], channel=called.channels[row.channel_id], state=state)
    line.category, line.team = called.categories[row.category_id], called.teams[row.team_id]
    line.owner, line.agent = called.owners.get(row.owner_id or ""), called.agents.get(agent_id or "")
    line.contact_name, line.thread, line.page, line.priority = row.contact_name, row.thread, row.page, row.priority
    line.subject = row.subject
    line.skills = row.skills
    line.created_at, line.queued_at, line.assigned_at = row.created_at, row.queued_at, row.assigned_at
    line.closed_at, line.close_reason = row.closed_at, row.close_reason
    line.previous = ids[row.previous_id] if row.previous_id else None
    if row.state != State.CLOSED:
        line.waiting_since, line.unread = row.waiting_since, row.unread
        line.snoozed_at, line.snoozed_until, line.woken_at = row.snoozed_at, row.snoozed_until, row.woken_at
        line.message_left_at = row.message_left_at
        line.avoid = called.agents.get(row.avoid_agent_id or "")
    return line


def file_in(file: dict[str, Any]) -> FileIn:
    """A file as lines name it."""
    return FileIn(name=file["name"], path=f"files/{file['id']}")


def _event(called: Called, event: dict[str, Any]) -> dict[str, Any]:
    """With names where it has ids of ours."""
    told = dict(event)
    for names, fields in ((called.agents, AGENTS), (called.teams, TEAMS)):
        told |= {field: names.get(told[field], "") for field in fields if told.get(field)}
    return told
