"""The visitor's side: writes, waits for the acknowledgement, and keeps what it hears."""

import asyncio
from collections.abc import Iterable
from contextlib import AbstractAsyncContextManager
from typing import Any

from . import frames
from .api import Api
from .choosing import Choosing
from .customer import Sent
from .line import Line, standing, until
from .log import Log, Received
from .way import Way

TRY_LATER = {"unavailable"}


class NotTaken(Exception):
    """The server refused a message of the visitor."""


class Visitor:
    """One customer in the web chat of one channel."""

    def __init__(self, api: Api, way: Way, public_key: str) -> None:
        self._api, self._public_key = api, public_key
        self.line = Line(way, "/api/webchat/live", hello=self._hello, hear=self._hear)
        self.log, self.news = Log(), asyncio.Event()
        self._token, self._welcomed = "", False
        self._choosing = Choosing(api)
        self._conversation: frames.VisitorConversation | None = None
        self._unsaid: dict[str, dict[str, Any]] = {}
        self._acknowledged: dict[str, frames.VisitorMessage] = {}
        self._refused: NotTaken | None = None

    async def enter(self, name: str) -> None:
        """Become a visitor."""
        path = f"/api/webchat/{self._public_key}/visitors"
        self._token = (await self._api.post(path, {"name": name[:200]}))["token"]

    async def say(self, client_id: str, text: str) -> frames.VisitorMessage:
        """Send a message, again after every cut, until it is acknowledged."""
        self._unsaid[client_id] = {"type": "send", "id": client_id, "text": text}
        if self._welcomed:
            await self.line.say(**self._unsaid[client_id])
        return await until(self.news, lambda: self._answer(client_id))

    def present(self) -> AbstractAsyncContextManager[None]:
        """As long as the page is open."""
        return standing(self.line)

    def arrived(self, sent: Sent) -> float | None:
        """When an answer came."""
        return self.log.arrived(sent.message_id)

    def heard(self, sent: list[Sent]) -> Iterable[Received]:
        """All that was received."""
        return self.log

    def is_closed(self) -> bool | None:
        """Whether the visitor was told that the conversation ended."""
        closed = self._conversation is not None and self._conversation.state == "closed"
        return closed or None

    @property
    def why(self) -> str:
        """Why the line was cut last."""
        return self.line.why

    @property
    def reconnects(self) -> int:
        """How often the line came back."""
        return max(self.line.connects - 1, 0)

    @property
    def standing(self) -> str:
        """What the visitor knows of the conversation, for the report of a dialogue that failed."""
        known = self._conversation
        return f"the visitor knows conversation {known.id} as {known.state}" if known else "no conversation"

    def _answer(self, client_id: str) -> frames.VisitorMessage | None:
        if self._refused is not None:
            raise self._refused
        return self._acknowledged.get(client_id)

    def _hello(self) -> dict[str, Any]:
        self._welcomed = False
        known = self._conversation.id if self._conversation else None
        after = self.log.last_of(known) if known else 0
        return {"type": "hello", "token": self._token, "conversation_id": known, "after": after}

    async def _hear(self, raw: str | bytes) -> None:
        frame = frames.visitor_frame(raw)
        if isinstance(frame, frames.Snapshot):
            await self._begin(frame)
        elif isinstance(frame, frames.Said):
            self.log.take(frame.message)
        elif isinstance(frame, frames.Acknowledged):
            self._unsaid.pop(frame.id, None)
            self._acknowledged[frame.id] = frame.message
        elif isinstance(frame, frames.Stands):
            self._stand(frame.conversation)
        elif isinstance(frame, frames.Refused):
            await self._not_taken(frame)
        self.news.set()

    def _stand(self, conversation: frames.VisitorConversation | None) -> None:
        self._conversation = conversation
        self._choosing.see(conversation, self._token)

    async def _begin(self, snapshot: frames.Snapshot) -> None:
        self._stand(snapshot.conversation)
        self._welcomed = True
        for message in snapshot.messages:
            self.log.take(message)
        for frame in list(self._unsaid.values()):
            await self.line.say(**frame)

    async def _not_taken(self, error: frames.Refused) -> None:
        unsaid = self._unsaid.get(error.id)
        if error.code in TRY_LATER and unsaid:
            await asyncio.sleep(0.1)
            await self.line.say(**unsaid)
        else:
            self._refused = NotTaken(f"{error.code}: {error.detail}")
