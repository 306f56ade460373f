"""One client's WebSocket. What is sent to it waits in line; a client that does not read is let go."""

import asyncio
import time
from collections import deque
from typing import Any, Literal

import msgspec
from litestar import WebSocket
from litestar.exceptions import WebSocketDisconnect

from .limits import Limit

SIGNED_OUT, BAD_FRAME, TOO_OFTEN, TOO_SLOW, RESTART = 4401, 4400, 4429, 1013, 1012
MOST_WAITING = 1000
LARGEST_FRAME = 256 * 1024


class BadFrame(Exception):
    """The client sent something that is not in the protocol."""


class Socket:
    """A client that is connected. ``send`` never waits; a task exists only while something is on its way."""

    __slots__ = (
        "__weakref__",
        "_closing",
        "_frames",
        "_heard",
        "_lines",
        "_sender",
        "_since",
        "_ws",
        "actor",
        "groups",
        "speaks_updates",
        "workspace_id",
    )

    def __init__(
        self, ws: WebSocket[Any, Any, Any], *, speaks: Literal["desk", "visitor"], frames: Limit | None = None
    ) -> None:
        self._ws = ws
        self._lines: deque[str] | None = None  # most wait and say nothing for hours, and an empty one takes 600 bytes
        self._sender: asyncio.Task[None] | None = None
        self._closing: int | None = None
        self._frames, self._heard, self._since = frames, 0, 0.0
        self.speaks_updates = speaks == "desk"
        self.groups: tuple[str, ...] = ()
        self.workspace_id = ""
        self.actor: Any = None

    def send(self, line: str) -> None:
        """Put a frame into the line."""
        if self._closing is not None:
            return
        if self._lines is None:
            self._lines = deque()
        self._lines.append(line)
        if len(self._lines) > MOST_WAITING:
            self.close(TOO_SLOW)
        elif self._sender is None:
            self._sender = asyncio.ensure_future(self._drain())

    def say(self, **frame: Any) -> None:
        """Send one frame made of these fields."""
        self.send(msgspec.json.encode(frame).decode())

    def close(self, code: int) -> None:
        """Send what is in the line (unless it is too long to bother), then close."""
        if self._closing is None:
            self._closing = code
            if code == TOO_SLOW:
                self._lines = None
            if self._sender is None:
                self._sender = asyncio.ensure_future(self._drain())

    async def finish(self) -> None:
        """Wait until the closing is said. Without, the server hangs up first, and the client never learns why."""
        if self._closing is not None and self._sender is not None:
            await asyncio.wait([self._sender], timeout=5)

    async def hear(self, within: float) -> str | bytes:
        """The next frame; ``TimeoutError`` when none comes, ``WebSocketDisconnect`` when they are gone."""
        async with asyncio.timeout(within):
            event: Any = await self._ws.receive()
        if event["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(code=1000, detail="gone")
        if self._frames is not None:
            self._count(self._frames)
        text: Any = event.get("text") or event.get("bytes") or ""
        if len(text) > LARGEST_FRAME:
            raise BadFrame
        return text  # type: ignore[no-any-return]

    def _count(self, frames: Limit) -> None:
        if time.monotonic() - self._since > frames.within:
            self._heard, self._since = 0, time.monotonic()
        self._heard += 1
        if self._heard > frames.most:
            self.close(TOO_OFTEN)
            raise BadFrame

    async def _drain(self) -> None:
        try:
            while self._lines:
                await self._ws.send({"type": "websocket.send", "text": self._lines.popleft(), "bytes": None})
            if self._closing is not None:
                await self._ws.send({"type": "websocket.close", "code": self._closing, "reason": ""})
        except Exception:  # noqa: S110 (the client is gone; whoever reads from it notices)
            pass
        finally:
            self._lines = None
            self._sender = None
