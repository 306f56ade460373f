"""From what a line says to entries: who is meant, which files, in which order."""

from dataclasses import dataclass, field
from typing import Any

from helpline.conversations.particulars import kept
from helpline.conversations.shapes import AuthorOut
from helpline.core import Tx
from helpline.files import File, FileState
from helpline.files.actions import add
from helpline.files.shapes import file_out

from .errors import FileNotThere, NothingSaid, SaidTwice, UnknownName
from .lines import EntryIn
from .names import Names, Person
from .story import SYSTEM, Entry

AGENTS = ("agent_id", "by_id", "to_agent_id")
TEAMS = ("team_id", "to_team_id")
"""What in an event is the id of somebody; in a line their name stands there."""

TELLING = {"queued", "started", "assigned", "transferred", "returned", "closed"}
"""The events that say who had a conversation when."""


@dataclass(frozen=True)
class Stored:
    """A file that came with the import, its bytes safe already."""

    id: str
    name: str
    media_type: str
    size: int
    url: str


Files = dict[str, Stored]
"""By the path that a line gives."""


@dataclass
class Reading:
    """Reads the entries of one conversation."""

    tx: Tx
    names: Names
    files: Files
    conversation_id: str
    contact: AuthorOut
    agent: Person | None = None
    """Who wrote what agents wrote, where the line does not say."""
    _ids: set[str] = field(default_factory=set)

    def all(self, given: list[EntryIn]) -> list[Entry]:
        """The entries in the order of their times; with events among them, in the order in which they are told."""
        read = [self.one(said, place) for place, said in enumerate(given, 1)]
        return read if has_events(given) else sorted(read, key=lambda entry: entry.at)

    def one(self, said: EntryIn, place: int) -> Entry:
        """One entry. Without an id of its own its place is its id."""
        id = said.id or str(place)
        if id in self._ids:
            raise SaidTwice(field="messages")
        self._ids.add(id)
        made = Entry(said.at, self._author(said), text=said.text, visibility=said.visibility, state=said.state)
        made.mentions = [(self.names.agent(one.agent, "messages").id, one.read_at) for one in said.mentions]
        made.external_id = external_id(self.conversation_id, id)
        if said.by == "event" or said.event:
            made.kind, made.event = "event", self._event(said.event or {})
            return made
        made.details = kept(said.details) if said.details else None
        made.files = [self.file(one.path) for one in said.files]
        made.kind = "file" if made.files and not said.text else "text"
        if not said.text.strip() and not made.files and made.details is None:
            raise NothingSaid(field="messages")
        return made

    def _author(self, said: EntryIn) -> AuthorOut:
        if said.by == "contact":
            return AuthorOut(
                kind="contact", id=self.contact.id, name=self.contact.name if said.name is None else said.name
            )
        if said.by == "bot":
            return AuthorOut(kind="bot", id="", name=said.name or "")
        if said.by == "event":
            return SYSTEM
        if said.details and said.details.elsewhere:
            return AuthorOut(kind="agent", id="", name=said.name or "")
        person = self.names.agent(said.agent, "messages") if said.agent else self.agent
        if person is None:
            raise UnknownName("Say which agent wrote this.", field="messages")
        return AuthorOut(kind="agent", id=person.id, name=person.name if said.name is None else said.name)

    def _event(self, event: dict[str, Any]) -> dict[str, Any]:
        read = dict(event)
        for name in AGENTS:
            if read.get(name):
                read[name] = self.names.agent(str(read[name]), "messages").id
        for name in TEAMS:
            if read.get(name):
                read[name] = self.names.team(str(read[name]), "messages").id
        return read

    def file(self, path: str) -> Any:
        """A file that came along, as messages speak of it."""
        return attach(self.tx, self.files, path)


def attach(tx: Tx, files: Files, path: str, uploader: tuple[str, str] | None = None) -> Any:
    """A file that came along, as messages speak of it. Who imports has uploaded it.

    An ``uploader`` is somebody who has yet to send it.
    """
    stored = files.get(path)
    if stored is None:
        raise FileNotThere(f"There is no file {path[:100]!r} beside the import.", field="messages")
    file = tx.find(File, stored.id)
    if file is None:
        file = File(workspace_id=tx.workspace_id, id=stored.id, name=stored.name, size=stored.size)
        file.media_type, file.url, file.created_at = stored.media_type, stored.url, tx.now
        file.uploader_kind, file.uploader_id = uploader or ("import", tx.actor.id)
        file.state = FileState.UPLOADED
        add(tx, file)
    if uploader is None:
        file.state = FileState.SENT
    return file_out(file)


def has_events(entries: list[EntryIn]) -> bool:
    """Whether a line tells itself who took charge when."""
    return any(entry.event and entry.event.get("name") in TELLING for entry in entries)


def external_id(conversation_id: str, id: str) -> str:
    """What makes a message that was taken in unique on its channel."""
    return f"{conversation_id}/{id}"
