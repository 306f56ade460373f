"""The bus between the nodes of an installation. Only a courier: what matters is in the database, and found there anyway.

Without Redis it leads nowhere (``NoBus``); with it, see ``redis_bus.py``.
"""

from collections.abc import Callable
from typing import Protocol

from .counts import Counts, MemoryCounts

Hear = Callable[[str, bytes], None]
"""Hears (which node, what)."""


class Bus(Protocol):
    """Carries what nodes tell each other."""

    joined: list[Callable[[], None]]
    """Called when this node has come to the bus, and when another one has: before that, things may have been missed."""

    @property
    def is_up(self) -> bool:
        """Whether what is said now will be heard, as far as one can know."""

    def subscribe(self, topic: str, hear: Hear) -> None:
        """Have ``hear`` called, in the event loop, with what other nodes say about ``topic``."""

    def publish(self, topic: str, said: bytes) -> None:
        """Tell the other nodes, from any thread; no line break may be in it. What is said while nobody can hear is dropped."""

    async def run(self) -> None:
        """Until cancelled."""


class NoBus:
    """For a node that is alone, and for nodes that only look into the log."""

    is_up = False

    def __init__(self) -> None:
        self.joined: list[Callable[[], None]] = []

    def subscribe(self, topic: str, hear: Hear) -> None:
        """Nobody will call."""

    def publish(self, topic: str, said: bytes) -> None:
        """Nobody hears."""

    async def run(self) -> None:
        """Nothing to do."""


def between_nodes(redis: str, name: str, node_id: str) -> tuple[Bus, Counts]:
    """The bus, and what counts over all nodes. ``name`` keeps installations apart that share a Redis."""
    if not redis:
        return NoBus(), MemoryCounts()
    # Imported here, because who runs without it should not wait for it, nor spend 20 MB on it.
    from .redis_bus import RedisBus, connect
    from .redis_counts import RedisCounts

    client = connect(redis)
    bus = RedisBus(client, name, node_id)
    return bus, RedisCounts(client, name, bus)
