"""Tells clients what changed: a frame for each unit that was committed, to the sockets whose groups it is addressed to.

Facts of a workspace are numbered without holes in commit order. The hub passes on what is committed as it comes, here or (over
the bus) on another node, and reads from the log whatever it did not hear of, or not in time.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

import msgspec
import structlog

from helpline.core import Actor, Fact, Units, Update
from helpline.core.committed import Committed

from .bus import Bus
from .catching_up import NOBODY, Missed, behind, may_hear, newest, next_after
from .socket import RESTART, Socket

log = structlog.get_logger()

PATIENCE = 0.05
"""Seconds to wait for a unit that a later one overtook, before the log is read."""
LOOK_EVERY, LOOK_RARELY = 0.5, 2.0
"""Seconds between looks into the log for what others committed, nodes or commands: without a bus that tells, and with one."""

Listener = Callable[[str, Any], None]
"""Hears (workspace, fact)."""
_raw = msgspec.json.Encoder().encode


class Hub:
    """All sockets of this node, by workspace and group."""

    def __init__(self, units: Units, bus: Bus) -> None:
        self._units, self._bus = units, bus
        self._loop = asyncio.get_running_loop()
        # Mostly groups of one visitor: a set of one takes four times the memory.
        self._members: dict[tuple[str, str], tuple[Socket, ...]] = {}
        self._sockets: dict[str, set[Socket]] = defaultdict(set)
        self._seen: dict[str, int] = {}
        self._early: dict[str, dict[int, Committed]] = defaultdict(dict)
        self._reading: set[str] = set()
        self._listeners: dict[type[Fact], list[Listener]] = defaultdict(list)
        self._look = asyncio.Event()
        units.told.append(self._told)
        bus.joined.append(self._look.set)

    def join(self, socket: Socket, groups: Iterable[str]) -> None:
        """Have a socket hear what its groups are told; again, to hear of other groups."""
        wanted, had = set(groups), set(socket.groups)
        for group in had - wanted:
            self._drop(socket, group)
        for group in wanted - had:
            self._members[socket.workspace_id, group] = (*self.sockets(socket.workspace_id, group), socket)
        socket.groups = tuple(wanted)
        self._sockets[socket.workspace_id].add(socket)

    def leave(self, socket: Socket) -> None:
        """Forget a socket."""
        for group in socket.groups:
            self._drop(socket, group)
        socket.groups = ()
        everybody = self._sockets[socket.workspace_id]
        everybody.discard(socket)
        if not everybody:
            del self._sockets[socket.workspace_id]
            self._seen.pop(socket.workspace_id, None)
            self._early.pop(socket.workspace_id, None)

    def sockets(self, workspace_id: str, group: str) -> tuple[Socket, ...]:
        """Who is in a group now."""
        return self._members.get((workspace_id, group), ())

    def visitors(self, workspace_id: str) -> list[Socket]:
        """The open chats of a workspace on this node."""
        return [socket for socket in self._sockets.get(workspace_id, ()) if not socket.speaks_updates]

    def count(self) -> dict[str, int]:
        """How many sockets of each kind are open on this node."""
        kinds = [socket.speaks_updates for sockets in self._sockets.values() for socket in sockets]
        return {"desk": sum(kinds), "visitor": len(kinds) - sum(kinds)}

    def tell(self, workspace_id: str, group: str, frame: str) -> None:
        """Send a frame that is not kept anywhere to the sockets of a group on this node."""
        for socket in self.sockets(workspace_id, group):
            socket.send(frame)

    def follows(self, workspace_id: str) -> bool:
        """Whether anybody of the workspace is connected to this node."""
        return workspace_id in self._seen

    def newest(self, workspace_id: str) -> int:
        """The number of the newest fact this node has passed on."""
        return self._seen.get(workspace_id, 0)

    def listen(self, listener: Listener, *kinds: type[Fact]) -> None:
        """Have ``listener`` called for facts of these very kinds, whoever commits them; nobody is called for the others."""
        for kind in kinds:
            self._listeners[kind].append(listener)

    def unlisten(self, listener: Listener, *kinds: type[Fact]) -> None:
        """Call it no more."""
        for kind in kinds:
            self._listeners[kind].remove(listener)

    async def attach(self, workspace_id: str) -> None:
        """Follow a workspace from now on. What is read afterwards and what is passed on leave no gap between them."""
        if workspace_id not in self._seen:
            seq = await self._units.read(Actor.system(workspace_id), newest)
            self._seen.setdefault(workspace_id, seq)

    async def watch_others(self) -> None:
        """Look for what other nodes committed, or a command beside the only one, until cancelled."""
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._look.wait(), LOOK_RARELY if self._bus.is_up else LOOK_EVERY)
            self._look.clear()
            try:
                there = await self._units.read(NOBODY, behind, dict(self._seen))
                if there:
                    await asyncio.sleep(PATIENCE)  # what was committed here a moment ago is told without being read
                for workspace_id, seq in there.items():
                    if self._seen.get(workspace_id, seq) < seq:
                        await self._catch_up(workspace_id)
            except Exception:
                log.exception("looking into the log")

    def renew_desks(self) -> None:
        """Have every desk connect anew, because its agent has been counted as lost meanwhile."""
        for sockets in self._sockets.values():
            for socket in sockets:
                if socket.speaks_updates:
                    socket.close(RESTART)

    def _told(self, committed: list[Committed]) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._take, [unit for unit in committed if unit.facts])

    def _take(self, committed: list[Committed]) -> None:
        for unit in committed:
            self._let_hear(unit.workspace_id, unit.facts)
            seen = self._seen.get(unit.workspace_id)
            if seen is None or unit.last_seq <= seen:
                continue
            early = self._early[unit.workspace_id]
            early[unit.first_seq] = unit
            self._pass_on_early(unit.workspace_id)
            if early:
                seen = self._seen[unit.workspace_id]
                self._loop.call_later(PATIENCE, self._lose_patience, unit.workspace_id, seen)

    def _let_hear(self, workspace_id: str, facts: Iterable[Fact]) -> None:
        for fact in facts:
            for listen in tuple(self._listeners.get(type(fact), ())):
                listen(workspace_id, fact)

    def _pass_on_early(self, workspace_id: str) -> None:
        early = self._early[workspace_id]
        while (unit := early.pop(self._seen[workspace_id] + 1, None)) is not None:
            self._seen[workspace_id] = unit.last_seq
            self._send(workspace_id, unit.last_seq, unit.updates)

    def _lose_patience(self, workspace_id: str, seen: int) -> None:
        if self._early.get(workspace_id) and self._seen.get(workspace_id) == seen:  # still the same one that is missing
            task = asyncio.ensure_future(self._catch_up(workspace_id))
            task.add_done_callback(
                lambda done: done.exception() and log.error("catching up", exc_info=done.exception())
            )

    async def _catch_up(self, workspace_id: str) -> None:
        if workspace_id in self._reading:
            return
        self._reading.add(workspace_id)
        try:
            more = True
            while more and (seen := self._seen.get(workspace_id)) is not None:
                missed = await self._units.read(Actor.system(workspace_id), next_after, seen)
                self._take_missed(workspace_id, missed)
                more = not missed.is_whole
        finally:
            self._reading.discard(workspace_id)

    def _take_missed(self, workspace_id: str, missed: Missed) -> None:
        self._let_hear(workspace_id, missed.facts)
        if missed.seq > self._seen.get(workspace_id, missed.seq):
            self._seen[workspace_id] = missed.seq
            early = self._early[workspace_id]
            for first in [first for first in early if first <= missed.seq]:
                del early[first]
            self._send(workspace_id, missed.seq, missed.updates)
            self._pass_on_early(workspace_id)

    def _send(self, workspace_id: str, seq: int, updates: Iterable[Update]) -> None:
        frames: dict[Socket, list[Update]] = defaultdict(list)
        for update in updates:
            told: set[Socket] = set()
            for group in update.to:
                told.update(self.sockets(workspace_id, group))
            for socket in told:
                if may_hear(socket.actor, update.kind):
                    frames[socket].append(update)
        encoded: dict[tuple[int, ...], str] = {}
        for socket, entries in frames.items():
            if socket.speaks_updates:
                key = tuple(map(id, entries))
                if key not in encoded:
                    encoded[key] = update_frame(seq, entries)
                socket.send(encoded[key])
            else:
                for entry in entries:
                    socket.send(visitor_frame(entry))

    def _drop(self, socket: Socket, group: str) -> None:
        left = tuple(other for other in self.sockets(socket.workspace_id, group) if other is not socket)
        if left:
            self._members[socket.workspace_id, group] = left
        else:
            self._members.pop((socket.workspace_id, group), None)


def update_frame(seq: int, updates: Iterable[Update]) -> str:
    """``{"type": "update", "seq", "upsert": {kind: [row, …]}}``, and ``"remove": {kind: [id, …]}`` where a row is gone."""
    rows: dict[str, list[Any]] = defaultdict(list)
    gone: dict[str, list[str]] = defaultdict(list)
    for update in updates:
        if update.is_gone:
            gone[update.kind].append(update.id)
        else:
            rows[update.kind].append(update.data)
    return _raw({"type": "update", "seq": seq, "upsert": rows, **({"remove": gone} if gone else {})}).decode()


def visitor_frame(update: Update) -> str:
    """``{"type": "message", "message"}`` or ``{"type": "state", "conversation"}``"""
    if update.kind == "visitor_message":
        return _raw({"type": "message", "message": update.data}).decode()
    return _raw({"type": "state", "conversation": update.data}).decode()
