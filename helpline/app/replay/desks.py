"""The agents' side: a desk for each agent, and what they know together of each conversation."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from . import frames
from .api import Api, Refusal
from .line import Line
from .log import Log
from .ringing import Ringing
from .way import Way


class Case:
    """One conversation on the agents' side: who has it, by their own account, and what they received."""

    def __init__(self) -> None:
        self.log, self.news = Log(), asyncio.Event()
        self.holder: Desk | None = None
        self.states: dict[str, str] = {}
        """How far each message is known to have come."""


class Floor:
    """All desks."""

    def __init__(self) -> None:
        self.desks: list[Desk] = []
        self.misses = 0.0
        """Which part of what they are offered the agents let go by."""
        self._cases: dict[str, Case] = {}
        self.met: dict[str, str] = {}
        """By the names of contacts, their conversations."""
        self.meeting: Callable[[str], None] | None = None
        """Told whenever somebody is met."""

    def meet(self, row: frames.Conversation) -> None:
        """An agent sees whose conversation it is."""
        if self.met.get(row.contact_name) != row.id:
            self.met[row.contact_name] = row.id
            if self.meeting is not None:
                self.meeting(row.contact_name)

    def case(self, conversation_id: str) -> Case:
        """What is known of a conversation; desks may hear of it before its visitor does."""
        return self._cases.setdefault(conversation_id, Case())


class Held:
    """A conversation that an agent has, or had, as their desk knows it."""

    def __init__(self, row: frames.Conversation) -> None:
        self.row = row
        self.places: dict[int, str] = {}
        self._whole = 0

    @property
    def whole_up_to(self) -> int:
        """The last place before the first gap: so far the agent has read everything."""
        while self._whole + 1 in self.places:
            self._whole += 1
        return self._whole

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing. A message may overtake the ones before it while a cut line comes back."""
        return self.whole_up_to >= max(self.row.last_seq, *self.places, 0)

    def has(self, message_id: str) -> bool:
        """Whether the message arrived here."""
        return message_id in self.places.values()


class Desk:
    """One agent: follows the live updates, and answers over HTTP."""

    def __init__(self, floor: Floor, api: Api, way: Way, agent_id: str, name: str) -> None:
        self.api, self.agent_id, self.name = api, agent_id, name
        self._floor = floor
        self.line = Line(way, "/api/live", hello=self._hello, hear=self._hear, headers=api.headers)
        self.ready = asyncio.Event()
        self._known: dict[str, Held] = {}
        self._ringing = Ringing(floor.misses, self._connect)
        self._after: int | None = None
        self._welcomed = False
        self.caught_up = 0
        """How many times messages had to be fetched because the updates did not bring them."""

    def holding(self, conversation_id: str) -> Held | None:
        """The conversation, if this agent has it now."""
        held = self._known.get(conversation_id)
        return held if held and held.row.agent_id == self.agent_id and held.row.state == "active" else None

    async def look_again(self, conversation_id: str) -> None:
        """Ask how a conversation stands: an answer was refused, so what is known is old."""
        row = await self.api.get(f"/api/conversations/{conversation_id}")
        self._place(frames.conversation(row))
        await self._catch_up(conversation_id)

    async def _connect(self, conversation_id: str) -> None:
        with suppress(Refusal):  # it went to the next one, or the visitor left
            await self.api.call("POST", f"/api/conversations/{conversation_id}/connect")
            await self.look_again(conversation_id)

    async def leave(self) -> None:
        """Take no more conversations."""
        await self.api.call("PUT", "/api/me/availability", json={"state": "offline"})

    def _hello(self) -> dict[str, Any]:
        self._welcomed = False
        return {"type": "hello", "after": self._after, "watch": []}

    async def _hear(self, raw: str | bytes) -> None:
        frame = frames.desk_frame(raw)
        if isinstance(frame, frames.DeskReady):
            await self._begin(frame)
        elif isinstance(frame, frames.DeskUpdate):
            self._apply(frame.upsert)
            told = {row.id for row in frame.upsert.conversation}
            for conversation_id in told | {message.conversation_id for message in frame.upsert.message}:
                await self._catch_up(conversation_id)
        # What comes before the welcome says nothing about what was missed, so it does not move the mark.
        if self._welcomed and not isinstance(frame, frames.DeskReady):
            self._after = max(self._after or 0, frame.seq)

    async def _begin(self, ready: frames.DeskReady) -> None:
        if not ready.resumed:
            await self._fetch_mine()
            self._after = ready.seq
        self._welcomed = True
        try:
            await self.api.call("PUT", "/api/me/availability", json={"state": "ready"})
            self.ready.set()
        except Refusal as refusal:
            if refusal.code != "not_connected":  # cut again meanwhile; the next welcome says it once more
                raise

    async def _fetch_mine(self) -> None:
        mine: list[frames.Conversation] = []
        cursor: dict[str, str] = {}
        while True:
            page = frames.conversations(await self.api.get("/api/conversations", view="mine", limit=200, **cursor))
            mine += page.items
            if page.next is None:
                break
            cursor = {"cursor": page.next}
        here = {row.id for row in mine}
        for row in mine:
            self._place(row)
        for conversation_id in [id for id in self._known if self.holding(id) and id not in here]:
            await self.look_again(conversation_id)
        for conversation_id in here:
            await self._catch_up(conversation_id)

    def _apply(self, upsert: frames.Upsert) -> None:
        for row in upsert.conversation:
            self._place(row)
        for message in upsert.message:
            self._take(message)

    def _place(self, row: frames.Conversation) -> None:
        held, case = self._known.get(row.id), self._floor.case(row.id)
        if held is None:
            if row.agent_id != self.agent_id:
                return  # a colleague's, or one that waits
            self._known[row.id] = Held(row)
            self._floor.meet(row)
        elif row.version >= held.row.version:
            held.row = row
            self._floor.meet(row)
        if row.state == "offered" and row.agent_id == self.agent_id:
            self._ringing.hear(row)
        if self.holding(row.id):
            case.holder = self
        elif case.holder is self:
            case.holder = None
        case.news.set()

    def _take(self, message: frames.Message) -> None:
        held = self._known.get(message.conversation_id)
        if held is not None:
            case = self._floor.case(message.conversation_id)
            held.places[message.seq] = message.id
            case.log.take(message)
            case.states[message.id] = message.state
            case.news.set()

    async def _catch_up(self, conversation_id: str) -> None:
        while (held := self.holding(conversation_id)) and not held.is_whole:
            self.caught_up += 1
            path = f"/api/conversations/{conversation_id}/messages"
            for message in frames.messages(await self.api.get(path, after=held.whole_up_to, limit=200)).items:
                self._take(message)
