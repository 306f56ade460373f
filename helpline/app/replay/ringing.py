"""What a simulated agent does with what they are offered: connect, or let it go by, as people do now and then."""

import asyncio
import random
from collections.abc import Awaitable, Callable

from . import frames


class Ringing:
    """The offers that one desk has heard, each answered once."""

    def __init__(self, misses: float, connect: Callable[[str], Awaitable[None]]) -> None:
        self._misses, self._connect = misses, connect
        self._heard: set[tuple[str, str | None]] = set()
        self._answers: set[asyncio.Future[None]] = set()

    def hear(self, row: frames.Conversation) -> None:
        """It rings for this desk."""
        if (row.id, row.offered_at) in self._heard:
            return
        self._heard.add((row.id, row.offered_at))
        if random.random() >= self._misses:
            answer = asyncio.ensure_future(self._connect(row.id))
            self._answers.add(answer)
            answer.add_done_callback(self._answers.discard)
