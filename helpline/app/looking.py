"""Which agents look at which conversation now, over all nodes. Soft: each node says it of its own desks, again and again."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import msgspec

from .bus import Bus
from .hub import Hub
from .socket import Socket

SAY_EVERY = 5.0
LEASE = 3 * SAY_EVERY
"""Seconds that a node's word holds. What a dead node said is gone after that."""

Place = tuple[str, str]
"""(workspace, conversation)."""
Names = dict[str, str]
"""Agents: their names by their ids."""


class Said(msgspec.Struct, array_like=True):
    """What a node says of its desks: everything, or what became different."""

    is_all: bool
    looked_at: list[tuple[Place, Names]]


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Said).decode


class Looking:
    """Follows the desks of this node, and what other nodes say of theirs."""

    def __init__(self, hub: Hub, bus: Bus) -> None:
        self._hub, self._bus = hub, bus
        self._desks: dict[Socket, frozenset[Place]] = {}
        self._here: dict[Place, set[Socket]] = defaultdict(set)
        self._elsewhere: dict[str, dict[Place, Names]] = defaultdict(dict)
        self._until: dict[str, float] = {}
        bus.subscribe("looking", self._heard)
        bus.joined.append(self._say_all)

    async def run(self) -> None:
        """Until cancelled: renew what is said here, and forget what nodes said that are gone."""
        while True:
            await asyncio.sleep(SAY_EVERY)
            self._say_all()
            now = time.monotonic()
            for node in [node for node, until in self._until.items() if until < now]:
                self._believe(node, {})
                del self._elsewhere[node], self._until[node]

    def look(self, desk: Socket, conversations: Iterable[str]) -> None:
        """A desk looks at these and at no others; it hears at once who else does, and then whenever that changes."""
        now = frozenset((desk.workspace_id, id) for id in conversations)
        told = self._move(desk, now)
        for place in now - told:
            desk.send(self._frame(place))

    def leave(self, desk: Socket) -> None:
        """A desk is gone."""
        self._move(desk, frozenset())

    def at(self, place: Place) -> Names:
        """Who looks there, on any node."""
        seen = self._looking_here(place)
        for node in self._elsewhere.values():
            seen |= node.get(place, {})
        return seen

    def _looking_here(self, place: Place) -> Names:
        return {desk.actor.id: desk.actor.name for desk in self._here.get(place, ())}

    def _move(self, desk: Socket, now: frozenset[Place]) -> set[Place]:
        before = self._desks.pop(desk, frozenset())
        changed = before ^ now
        with self._telling(changed) as told:
            for place in before - now:
                self._here[place].discard(desk)
                if not self._here[place]:
                    del self._here[place]
            for place in now - before:
                self._here[place].add(desk)
            if now:
                self._desks[desk] = now
        if changed:
            self._say(Said(False, [(place, self._looking_here(place)) for place in changed]))
        return told

    def _say_all(self) -> None:
        self._say(Said(True, [(place, self._looking_here(place)) for place in self._here]))

    def _say(self, said: Said) -> None:
        self._bus.publish("looking", _encode(said))

    def _heard(self, node: str, said: bytes) -> None:
        told = _decode(said)
        known = {} if told.is_all else self._elsewhere[node]
        self._believe(node, {place: names for place, names in {**known, **dict(told.looked_at)}.items() if names})
        self._until[node] = time.monotonic() + LEASE

    def _believe(self, node: str, seen: dict[Place, Names]) -> None:
        with self._telling(self._elsewhere[node].keys() | seen.keys()):
            self._elsewhere[node] = seen

    @contextmanager
    def _telling(self, places: Iterable[Place]) -> Iterator[set[Place]]:
        """Tell the desks here of each of these places at which others look afterwards than before; which ones, if asked then."""
        before, told = {place: self.at(place) for place in places}, set[Place]()
        yield told
        for place, names in before.items():
            if self.at(place) != names:
                told.add(place)
                self._hub.tell(place[0], f"conversation:{place[1]}", self._frame(place))

    def _frame(self, place: Place) -> str:
        agents = [{"id": id, "name": name} for id, name in sorted(self.at(place).items())]
        return _encode({"type": "looking", "conversation_id": place[1], "agents": agents}).decode()
