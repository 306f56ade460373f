"""Keeps the index of the full-text search: notes what was said within a second, and off the path of messages.

How far it has come is a counter that moves in the transaction of what was noted. So a kill loses nothing, several nodes are in
nobody's way, and to make the index anew is to begin at the first fact.
"""

import asyncio
import time

import structlog
from sqlalchemy import select

from helpline.core import Actor, Tx, Units
from helpline.core.committed import Committed
from helpline.core.facts import Counter
from helpline.people import Workspace

from .noting import DONE, read_step, take_step

log = structlog.get_logger()

GATHER, LOOK_EVERY = 0.3, 10.0
"""Seconds in which news gather; and after which it looks for what others left."""
REST = 2.0
"""It rests so many times as long as it worked, so that it never takes more than a third of a core from the messages."""
NOBODY = Actor("system", "")
NEWEST = "fact"


class Indexing:
    """Follows what is committed here, and looks now and then for the rest."""

    def __init__(self, units: Units) -> None:
        self._units, self._behind, self._news = units, set[str](), asyncio.Event()
        self._loop = asyncio.get_running_loop()
        units.told.append(self._told)

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                self._behind |= set(await self._units.read(NOBODY, behind))
                while self._behind:
                    await self._catch_up(self._behind.pop())
            except Exception:
                log.exception("the index stumbled")
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), LOOK_EVERY)
            except TimeoutError:
                continue
            await asyncio.sleep(GATHER)

    def _told(self, committed: list[Committed]) -> None:
        if not self._loop.is_closed() and any(unit.facts and not unit.elsewhere for unit in committed):
            self._loop.call_soon_threadsafe(self._news.set)

    async def _catch_up(self, workspace_id: str) -> None:
        home = Actor.system(workspace_id)
        while True:
            began = time.monotonic()
            step = await self._units.read(home, read_step)
            if step is None:
                return
            await self._units.run(home, take_step, step)
            await asyncio.sleep(REST * (time.monotonic() - began))


def catch_up(units: Units, workspace_id: str) -> int:
    """Note all that is not yet; the facts that were read."""
    home, read = Actor.system(workspace_id), 0
    while step := units.read_now(home, read_step):
        units.run_now(home, take_step, step)
        read += step.to - step.after
    return read


def behind(tx: Tx) -> list[str]:
    """The workspaces with facts that were not read yet. Across workspaces, so that a node asks once for all."""
    ids = list(tx.db.scalars(select(Workspace.id)))
    rows = select(Counter.workspace_id, Counter.name, Counter.value)
    rows = rows.where(Counter.workspace_id.in_(ids), Counter.name.in_([DONE, NEWEST]))
    at = {(workspace_id, name): value for workspace_id, name, value in tx.db.execute(rows)}
    return [id for id in ids if at.get((id, NEWEST), 0) > at.get((id, DONE), 0)]
