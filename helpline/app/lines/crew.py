"""Who works what off: for each channel and each thing a shift on one node, which begins when there is something to do."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import NamedTuple

import structlog

from helpline.channels.health import note_health
from helpline.core import Actor, Tx
from helpline.core.committed import Committed
from helpline.core.tokens import CannotUnlock
from helpline.delivery import queries as delivery
from helpline.files import queries as files
from helpline.intake import queries as intake

from .. import leases
from .access import Accesses
from .delivering import send_all
from .fetching import fetch_all
from .shift import Shift
from .taking_in import take_in_all
from .world import World

log = structlog.get_logger()

LOOK_EVERY = 1.0
"""Seconds after which it looks for what other nodes or processes left."""
UNREADABLE = 10.0
"""Seconds after which it tries again whether a channel's secrets can be read."""
NOBODY = Actor("system", "")


class Task(NamedTuple):
    """Something to work off, of one channel."""

    what: str
    workspace_id: str
    channel_id: str


WORKERS: dict[str, Callable[[Shift], Awaitable[None]]] = {"in": take_in_all, "out": send_all, "files": fetch_all}


class Crew:
    """Hears from what is committed what there is to do, and looks now and then for the rest."""

    def __init__(self, world: World, accesses: Accesses) -> None:
        self._world, self._units, self._accesses = world, world.units, accesses
        self._working: dict[Task, asyncio.Task[None]] = {}
        self._shifts: dict[Task, Shift] = {}
        self._unreadable: set[str] = set()
        """Channels whose secrets were locked elsewhere."""
        self._look, self._is_over = asyncio.Event(), False
        self._loop = asyncio.get_running_loop()
        self._units.told.append(self._told)

    async def run(self) -> None:
        """Until cancelled."""
        try:
            while True:
                self._look.clear()
                try:
                    self._wake(await self._units.read(NOBODY, to_do))
                except Exception:
                    log.exception("the lines stumbled")
                try:
                    await asyncio.wait_for(self._look.wait(), LOOK_EVERY)
                except TimeoutError:
                    continue
        finally:
            self._is_over = True
            working = list(self._working.values())
            for one in working:
                one.cancel()
            await asyncio.gather(*working, return_exceptions=True)

    def _told(self, committed: list[Committed]) -> None:
        left = [Task(what, unit.workspace_id, of) for unit in committed for what, of in unit.left]
        if left and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake, left)

    def _wake(self, tasks: list[Task]) -> None:
        for task in () if self._is_over else tasks:
            if (shift := self._shifts.get(task)) is not None:
                shift.look()
            elif task not in self._working:
                self._working[task] = asyncio.ensure_future(self._work(task))

    async def _work(self, task: Task) -> None:
        home, lease = Actor.system(task.workspace_id), f"{task.what}/{task.channel_id}"
        try:
            if await self._units.run(home, leases.take, lease, self._world.node_id):
                await self._work_off(task, lease)
            else:
                await asyncio.sleep(LOOK_EVERY)  # another node works it off; it may leave something
        except CannotUnlock as error:
            await self._note_unreadable(home, task.channel_id, " ".join((error.__doc__ or "").split()))
            await asyncio.sleep(UNREADABLE)
        except Exception:
            log.exception("a line stumbled", channel=task.channel_id, what=task.what)
            await asyncio.sleep(LOOK_EVERY)
        finally:
            del self._working[task]
            self._look.set()

    async def _work_off(self, task: Task, lease: str) -> None:
        shift = Shift(self._world, self._accesses, task.workspace_id, task.channel_id, lease)
        try:
            await self._accesses.by_id(task.workspace_id, task.channel_id)
            await self._note_readable(shift.home, task.channel_id)
            self._shifts[task] = shift
            await WORKERS[task.what](shift)
        finally:
            self._shifts.pop(task, None)
            await shift.end()

    async def _note_unreadable(self, home: Actor, channel_id: str, why: str) -> None:
        self._unreadable.add(channel_id)
        await self._units.run(home, _noted, channel_id, False, why)

    async def _note_readable(self, home: Actor, channel_id: str) -> None:
        if channel_id in self._unreadable:
            self._unreadable.discard(channel_id)
            await self._units.run(home, _noted, channel_id, True, "")


def _noted(tx: Tx, channel_id: str, ok: bool, why: str) -> None:
    note_health(tx, channel_id, ok=ok, detail=why)


def to_do(tx: Tx) -> list[Task]:
    """What there is to work off, over all workspaces."""
    sources = {"in": intake.with_work, "out": delivery.with_work, "files": files.with_awaited}
    return [Task(what, *of) for what, with_work in sources.items() for of in with_work(tx)]
