"""A conversation as it went: its messages and events in order, and what facts they stand for."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from helpline.conversations.elsewhere_events import MessageSaidElsewhere
from helpline.conversations.events import (
    ConversationAnswered,
    ConversationAssigned,
    ConversationClosed,
    ConversationLeftQueue,
    ConversationQueued,
    ConversationReleased,
    ConversationReturned,
    ConversationTransferred,
    MessageAutomated,
    MessageReceived,
    MessageSent,
)
from helpline.conversations.queue_events import ConversationMessageLeft, ConversationOverflowed
from helpline.conversations.shapes import AuthorOut
from helpline.conversations.starting_events import ConversationStarted
from helpline.core import Fact, new_id

from .errors import EventsDoNotFit
from .names import Person

SYSTEM = AuthorOut(kind="system", id="", name="")
Told = tuple[Fact, datetime]


@dataclass
class Entry:
    """One message or event, before it has its place."""

    at: datetime
    author: AuthorOut
    kind: str = "text"
    text: str = ""
    visibility: str = "public"
    files: list[Any] = field(default_factory=list)
    event: dict[str, Any] | None = None
    external_id: str | None = None
    mentions: list[tuple[str, datetime | None]] = field(default_factory=list)
    """The colleagues a note asks in, and when they read it."""
    state: str = "sent"
    details: dict[str, Any] | None = None
    """What else it holds (``conversations.particulars``)."""
    id: str = field(default_factory=new_id)

    @property
    def asked_in(self) -> dict[str, datetime | None]:
        """Whom it asks in, apart from its author, and when they read it."""
        return {agent_id: read_at for agent_id, read_at in self.mentions if agent_id != self.author.id}

    @property
    def is_answer(self) -> bool:
        """Whether an agent says it to the contact."""
        return self.author.kind == "agent" and self.visibility == "public" and not self.is_elsewhere

    @property
    def is_elsewhere(self) -> bool:
        """Whether somebody of our side said it outside of Helpline."""
        return bool(self.details and "elsewhere" in self.details)

    @property
    def preview(self) -> str:
        """What lists show of it."""
        return str(self.text or (self.files[0].name if self.files else ""))[:200]


def event(at: datetime, name: str, *, public: bool = False, **details: Any) -> Entry:
    """What happened, as the desk shows it between the messages."""
    visibility = "public" if public else "internal"
    return Entry(at, SYSTEM, "event", visibility=visibility, event={"name": name, **details})


@dataclass
class Times:
    """When a conversation began, waited, was taken in charge, and ended."""

    created: datetime
    queued: datetime
    assigned: datetime | None
    closed: datetime | None
    """Nothing for one that is not over."""


def with_events(said: list[Entry], times: Times, team_id: str, agent: Person | None, reason: str) -> list[Entry]:
    """The messages with the events that must have been between them: who took charge when, and the end."""
    whole, in_charge = [event(times.queued, "queued", team_id=team_id)], None
    for entry in said:
        if entry.is_answer and entry.author.id != in_charge:
            at = entry.at if in_charge or times.assigned is None else times.assigned
            whole += _taken(at, Person(entry.author.id, entry.author.name), in_charge, times, team_id)
            in_charge = entry.author.id
        whole.append(entry)
    if agent and agent.id != in_charge:
        last = times.closed or (said[-1].at if said else times.queued)
        at = last if in_charge or times.assigned is None else times.assigned
        whole += _taken(at, agent, in_charge, times, team_id)
    if times.closed:
        whole.append(event(times.closed, "closed", public=True, reason=reason, by_name=""))
    return sorted(whole, key=lambda entry: entry.at)


def _taken(at: datetime, agent: Person, before: str | None, times: Times, team_id: str) -> list[Entry]:
    to: dict[str, Any] = {"agent_id": agent.id, "agent_name": agent.name, "team_id": team_id}
    if before is None:
        waited = max((at - times.queued).total_seconds(), 0.0)
        return [event(at, "assigned", public=True, **to, waited_seconds=round(waited, 3), why="taken")]
    handed: dict[str, Any] = {
        "by_id": before,
        "by_name": "",
        "note": "",
        "to_agent_id": agent.id,
        "to_agent_name": agent.name,
    }
    given = event(at, "assigned", public=True, **to, waited_seconds=0.0, why="transferred")
    return [event(at, "transferred", **handed), given]


@dataclass
class Telling:
    """Turns the entries of one conversation into facts, and follows who is in charge."""

    conversation_id: str
    team_id: str
    priority: int
    opened: dict[str, Any] = field(default_factory=dict)
    """What a fact says of how it began."""
    agent_id: str | None = None
    state: str = "new"
    is_answered: bool = False
    is_started: bool = False
    """Whether an agent spoke first."""
    why: str = "new"
    """Why it waits, when it does."""

    def tell(self, entries: list[Entry], end: str) -> list[list[Told]]:
        """What each of the entries stands for; it must come to ``end``, the state in which the conversation is."""
        told = [list(self.tell_one(entry, seq)) for seq, entry in enumerate(entries, 1)]
        if self.state != end:
            raise EventsDoNotFit(field="messages")
        return told

    def tell_one(self, entry: Entry, seq: int) -> Iterator[Told]:
        """What one entry at its place stands for."""
        for fact in self._event(entry.event) if entry.event else self._said(entry, seq):
            yield fact, entry.at

    def _said(self, entry: Entry, seq: int) -> Iterator[Fact]:
        place: dict[str, Any] = {"conversation_id": self.conversation_id, "message_id": entry.id, "seq": seq}
        if entry.author.kind == "contact":
            yield MessageReceived(**place)
        elif entry.is_elsewhere:
            yield MessageSaidElsewhere(**place, app=(entry.details or {})["elsewhere"].get("app", ""))
        elif entry.author.kind == "agent":
            yield MessageSent(**place, agent_id=entry.author.id, visibility=entry.visibility)
        else:
            yield MessageAutomated(**place)
        if entry.is_answer and not self.is_answered:
            self.is_answered = True
            direction = "outbound" if self.is_started else "inbound"
            yield ConversationAnswered(
                conversation_id=self.conversation_id, agent_id=entry.author.id, direction=direction
            )

    def _event(self, event: dict[str, Any]) -> Iterator[Fact]:
        mine = {"conversation_id": self.conversation_id}
        name = event.get("name")
        if name == "queued":
            self.team_id = str(event.get("team_id") or self.team_id)
            self.state, self.agent_id = "waiting", None
            yield ConversationQueued(**mine, team_id=self.team_id, priority=self.priority, why=self.why)
        elif name == "assigned":
            if self.state != "waiting" or not event.get("agent_id"):
                raise EventsDoNotFit(field="messages")
            self.state, self.agent_id = "active", str(event["agent_id"])
            waited, why = float(event.get("waited_seconds") or 0), str(event.get("why", "taken"))
            yield ConversationAssigned(
                **mine, agent_id=self.agent_id, team_id=self.team_id, waited_seconds=waited, why=why
            )
        elif name == "started" and event.get("agent_id"):
            if self.state != "new":
                raise EventsDoNotFit(field="messages")
            self.state, self.agent_id, self.is_started = "active", str(event["agent_id"]), True
            self.team_id = str(event.get("team_id") or self.team_id)
            yield ConversationStarted(**mine, **self.opened, team_id=self.team_id, agent_id=self.agent_id)
        elif name == "transferred":
            yield self._handed(event)
            yield from self._left_queue()
            yield from self._released()
            self.state, self.why = "waiting", "transferred"
        elif name == "returned" and self.agent_id:
            yield ConversationReturned(**mine, agent_id=self.agent_id)
            yield from self._released()
            self.state, self.why = "waiting", "returned"
        elif name == "overflowed":
            before, self.team_id = self.team_id, str(event.get("to_team_id") or self.team_id)
            why = str(event.get("why", ""))
            yield ConversationOverflowed(**mine, from_team_id=before, to_team_id=self.team_id, why=why)
            yield ConversationLeftQueue(**mine, team_id=before)
            self.why = "overflowed"
        elif name == "message_left":
            yield ConversationMessageLeft(**mine, team_id=self.team_id, why=str(event.get("why", "")))
        elif name == "closed":
            yield ConversationClosed(**mine, reason=str(event.get("reason", "")), agent_id=self.agent_id)
            yield from self._left_queue()
            if self.agent_id and self.state == "active":
                yield ConversationReleased(**mine, agent_id=self.agent_id)
            self.state = "closed"

    def _handed(self, event: dict[str, Any]) -> ConversationTransferred:
        before, self.team_id = self.team_id, str(event.get("to_team_id") or self.team_id)
        return ConversationTransferred(
            conversation_id=self.conversation_id,
            from_agent_id=self.agent_id,
            from_team_id=before,
            to_agent_id=event.get("to_agent_id") or None,
            to_team_id=self.team_id,
            note=str(event.get("note", "")),
        )

    def _left_queue(self) -> Iterator[Fact]:
        if self.state == "waiting":
            yield ConversationLeftQueue(conversation_id=self.conversation_id, team_id=self.team_id)

    def _released(self) -> Iterator[Fact]:
        if self.agent_id:
            yield ConversationReleased(conversation_id=self.conversation_id, agent_id=self.agent_id)
        self.agent_id = None
