"""How fast a channel's provider is called: so many calls a second, and for a moment none when it says that it is too much."""

import asyncio
import time

LONGEST_HOLD = 2.0
"""Seconds. Some limits are of one contact only: the others shall not wait as long as that one."""


class Pace:
    """The pace of one channel. It is kept from shift to shift, or a new shift would begin too fast."""

    def __init__(self) -> None:
        self._next = 0.0

    async def turn(self, per_second: float) -> None:
        """Wait for a turn, and take it."""
        while (left := self._next - time.monotonic()) > 0:  # noqa: ASYNC110 - it is the clock that is waited for
            await asyncio.sleep(left)
        self._next = time.monotonic() + 1 / per_second

    def hold(self, seconds: float) -> None:
        """The provider says that it is too much."""
        self._next = max(self._next, time.monotonic() + min(seconds, LONGEST_HOLD))
