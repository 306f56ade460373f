"""A WebSocket that comes back: it says hello, hands on what it hears, and begins anew when it is cut."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from .way import Way

T = TypeVar("T")
SHORTEST, LONGEST = 0.05, 1.0
PING_EVERY = 10.0
_encode = msgspec.json.Encoder().encode


class Line:
    """One party's socket. ``hello`` is asked anew each time, so that it says what was heard last."""

    def __init__(
        self,
        way: Way,
        path: str,
        *,
        hello: Callable[[], dict[str, Any]],
        hear: Callable[[str | bytes], Awaitable[None]],
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self._way, self._path, self._headers = way, path, headers
        self._hello, self._hear = hello, hear
        self._socket: ClientConnection | None = None
        self.connects = 0
        self.why = ""
        """Why it was cut last."""

    async def run(self) -> None:
        """Until cancelled."""
        pause = SHORTEST
        while True:
            heard = self.connects
            with suppress(OSError, TimeoutError, WebSocketException):
                await self._once()
            self._way.turn()
            pause = SHORTEST if self.connects > heard else min(2 * pause, LONGEST)
            await asyncio.sleep(pause * random.uniform(0.5, 1.0))

    async def say(self, **frame: Any) -> None:
        """Send a frame if the line stands; what must arrive is said again after the next hello."""
        if self._socket is not None:
            with suppress(ConnectionClosed):
                await self._socket.send(_encode(frame), text=True)

    async def _once(self) -> None:
        opening = connect(
            self._way.live + self._path,
            additional_headers=self._headers,
            compression=None,
            max_size=None,
            max_queue=None,
            close_timeout=1,
        )
        async with opening as socket:
            await socket.send(_encode(self._hello()), text=True)
            self._socket = socket
            self.connects += 1
            pinging = asyncio.create_task(self._ping())
            try:
                async for frame in socket:
                    await self._hear(frame)
            finally:
                pinging.cancel()
                self._socket = None
                self.why = f"{socket.close_code} {socket.close_reason or ''}".strip()

    async def _ping(self) -> None:
        while True:
            await asyncio.sleep(PING_EVERY)
            await self.say(type="ping")


@asynccontextmanager
async def standing(*lines: Line) -> AsyncIterator[None]:
    """Keep the lines up during the block. One that cannot go on ends the block with its error."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(line.run()) for line in lines]
            try:
                yield
            finally:
                for task in tasks:
                    task.cancel()
    except ExceptionGroup as errors:
        raise errors.exceptions[0] from None


async def until(news: asyncio.Event, found: Callable[[], T | None]) -> T:
    """What ``found`` finds, looked for again whenever there is ``news``. One waiter for each event."""
    while (hit := found()) is None:
        news.clear()
        await news.wait()
    return hit
