"""Who is writing just now: told to those who look at the conversation, on any node. Never kept, and lost without harm."""

import time
from collections.abc import Callable
from typing import Any, Literal
from weakref import WeakKeyDictionary

import msgspec

from helpline.conversations import State, queries
from helpline.conversations.shapes import visitor
from helpline.core import NotFound, Tx, Units

from .bus import Bus
from .hub import Hub
from .socket import Socket

AT_MOST_EVERY = 1.0
"""Seconds; what a client says more often is not passed on. Ours say it every three."""
_encode = msgspec.json.Encoder().encode


class Keystrokes:
    """Passes on that somebody is writing, to sockets here and on other nodes."""

    def __init__(self, hub: Hub, units: Units, bus: Bus) -> None:
        self._hub, self._units, self._bus = hub, units, bus
        self._last: WeakKeyDictionary[Socket, float] = WeakKeyDictionary()
        self.elsewhere: Callable[[str, str, str], None] = lambda *_: None
        """Shows it to contacts by channels outside: workspace, conversation, kind of channel."""
        bus.subscribe("typing", self._heard)

    async def by_agent(self, line: Socket, conversation_id: str, visibility: Literal["public", "internal"]) -> None:
        """An agent writes: colleagues see it, and the contact if it is for them and comes from the agent in charge."""
        actor = line.actor
        if not self._is_time(line) or not actor.may("conversation.reply"):
            return
        found = await self._units.read(actor, _written_to, conversation_id)
        if found is None:
            return
        conversation_id, answers, contact, kind = found
        by = {"kind": "agent", "id": actor.id, "name": actor.name}
        self._tell(line, f"conversation:{conversation_id}", conversation_id=conversation_id, by=by)
        if visibility == "public" and answers == actor.id:
            self._tell(line, contact, by="agent", name=actor.name)
            self.elsewhere(line.workspace_id, conversation_id, kind)

    async def by_visitor(self, line: Socket) -> None:
        """The contact writes."""
        if not self._is_time(line):
            return
        found = await self._units.read(line.actor, _open_conversation)
        if found is not None:
            conversation_id, name = found
            by = {"kind": "contact", "id": line.actor.id, "name": name}
            self._tell(line, f"conversation:{conversation_id}", conversation_id=conversation_id, by=by)

    def _is_time(self, line: Socket) -> bool:
        now, last = time.monotonic(), self._last.get(line)
        if last is not None and now - last < AT_MOST_EVERY:
            return False
        self._last[line] = now
        return True

    def _tell(self, line: Socket, group: str, **typing: Any) -> None:
        frame = _encode({"type": "typing", **typing}).decode()
        self._hub.tell(line.workspace_id, group, frame)
        self._bus.publish("typing", _encode((line.workspace_id, group, frame)))

    def _heard(self, _node: str, said: bytes) -> None:
        self._hub.tell(*msgspec.json.decode(said, type=tuple[str, str, str]))


def _written_to(tx: Tx, conversation_id: str) -> tuple[str, str | None, str, str] | None:
    """(conversation, agent who may answer, group of the contact, kind of channel), if it is one that the actor may see."""
    try:
        row = queries.visible(tx, conversation_id)
    except NotFound:
        return None
    return row.id, row.agent_id if row.state != State.CLOSED else None, visitor(row), row.channel_kind


def _open_conversation(tx: Tx) -> tuple[str, str] | None:
    """(conversation, name of the contact) of a visitor."""
    row = queries.latest_of(tx, tx.actor.id)
    return (row.id, row.contact_name) if row is not None and row.state != State.CLOSED else None
