"""What is asked for with every message and changed once a month is remembered for a few seconds."""

import time
from collections.abc import Awaitable, Callable
from typing import Any, Generic, TypeVar

from helpline.core import Fact

from .hub import Hub

REMEMBERED = 5.0
T = TypeVar("T")


class Remembered(Generic[T]):
    """Answers by their names. All are forgotten at once when one of these facts is heard of."""

    def __init__(self, hub: Hub, *changes: type[Fact]) -> None:
        self._known: dict[str, tuple[float, T]] = {}
        self._forgot = 0
        hub.listen(self._forget, *changes)

    async def get(self, name: str, ask: Callable[[], Awaitable[T]]) -> T:
        """What was answered a moment ago, else what is answered now."""
        until, known = self._known.get(name, (0.0, None))
        if known is not None and until > time.monotonic():
            return known
        forgot = self._forgot
        found = await ask()
        if forgot == self._forgot:  # else it was read before what has been heard meanwhile
            self._known[name] = (time.monotonic() + REMEMBERED, found)
        return found

    def _forget(self, _workspace_id: str, _fact: Any) -> None:
        self._known.clear()
        self._forgot += 1
