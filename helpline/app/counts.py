"""How often something happened lately: failed sign-ins, requests of one address. Over all nodes if there is a Redis.

counted = await counts.hit(f"sign-in:{address}", within=300)
if counted.number > 10: …          # may come again in ``counted.seconds_left``
"""

import time
from collections import OrderedDict
from typing import NamedTuple, Protocol

MOST_KEYS = 100_000


class Counted(NamedTuple):
    """How often, and how long until it counts from nothing again."""

    number: int
    seconds_left: float


class Counts(Protocol):
    """Counts from a first hit on, for ``within`` seconds; then from nothing again."""

    async def hit(self, key: str, within: float, by: int = 1) -> Counted:
        """Once more; once less with ``by=-1``."""

    async def seen(self, key: str) -> Counted:
        """As it stands, without counting."""

    async def forget(self, key: str) -> None:
        """Count from nothing again."""


class MemoryCounts:
    """Within this process."""

    def __init__(self) -> None:
        self._counted: OrderedDict[str, tuple[int, float]] = OrderedDict()

    async def hit(self, key: str, within: float, by: int = 1) -> Counted:
        """Once more; once less with ``by=-1``."""
        number, left = await self.seen(key)
        until = time.monotonic() + (left or within)
        self._counted[key] = (number + by, until)
        if len(self._counted) > MOST_KEYS:
            self._counted.popitem(last=False)
        return Counted(number + by, left or within)

    async def seen(self, key: str) -> Counted:
        """As it stands."""
        number, until = self._counted.get(key, (0, 0.0))
        left = until - time.monotonic()
        if left > 0:
            return Counted(number, left)
        self._counted.pop(key, None)
        return Counted(0, 0.0)

    async def forget(self, key: str) -> None:
        """Count from nothing again."""
        self._counted.pop(key, None)
