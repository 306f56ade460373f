"""A shift: one node works one thing off by one channel, for as long as something comes and a little longer."""

import asyncio
import time
from collections.abc import AsyncIterator, Coroutine
from typing import Any

import structlog

from helpline.core import Actor

from .. import leases
from .access import Access, Accesses
from .world import World

log = structlog.get_logger()

KEPT = 5.0
"""Seconds for which a lease is kept when there is nothing to do, and counted on when there is, until it is asked for again."""


class Shift:
    """Its lease is taken already. Each step of ``async for`` is a time to look at what there is to do, and how to get there."""

    def __init__(self, world: World, accesses: Accesses, workspace_id: str, channel_id: str, lease: str) -> None:
        self.world, self.channel_id, self.home = world, channel_id, Actor.system(workspace_id)
        self.under_way: dict[str, asyncio.Task[None]] = {}
        """What is being done, side by side, by its id."""
        self._accesses, self._lease = accesses, lease
        self._news, self._sure_until = asyncio.Event(), time.monotonic() + KEPT
        self.look()

    def look(self) -> None:
        """There may be something to do."""
        self._news.set()

    def begin(self, id: str, doing: Coroutine[Any, Any, None], *, then_look: bool = True) -> None:
        """Do this beside all else that is under way."""
        task = self.under_way[id] = asyncio.ensure_future(doing)
        task.add_done_callback(lambda _: self._ended(id, task, then_look=then_look))

    def _ended(self, id: str, task: asyncio.Task[None], *, then_look: bool) -> None:
        del self.under_way[id]
        if not task.cancelled() and (error := task.exception()):
            log.error("a line stumbled", channel=self.channel_id, exc_info=error)
        elif then_look:
            self.look()

    async def __aiter__(self) -> AsyncIterator[Access]:
        while await self._is_news():
            self._news.clear()
            if time.monotonic() > self._sure_until and not await self._is_still_ours():
                return
            yield await self._accesses.by_id(self.home.workspace_id, self.channel_id)

    async def _is_news(self) -> bool:
        while True:
            try:
                async with asyncio.timeout(KEPT):
                    return await self._news.wait()
            except TimeoutError:
                if not self.under_way:
                    return False

    async def _is_still_ours(self) -> bool:
        self._sure_until = time.monotonic() + KEPT
        return await self.world.units.run(self.home, leases.take, self._lease, self.world.node_id)

    async def end(self) -> None:
        """Break off what is under way, and leave the rest to whoever comes next."""
        working = list(self.under_way.values())
        for task in working:
            task.cancel()
        await asyncio.gather(*working, return_exceptions=True)
        await self.world.units.run(self.home, leases.give_back, self._lease, self.world.node_id)
