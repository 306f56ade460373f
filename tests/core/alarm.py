"""A process that runs the job loop with one job, until that is done; ``test_jobs.py`` runs it and kills it."""

import asyncio
import sys
import time

from helpline.app.consequences import CONSEQUENCES
from helpline.app.jobs import JobLoop
from helpline.contacts import actions
from helpline.core import Tx, Units


def ring(tx: Tx, name: str) -> None:
    """Leave a trace in the database; say so; and, told to hang, never come to the commit."""
    actions.add(tx, name=name)
    print("rung", flush=True)  # noqa: T201
    if "hang" in sys.argv:
        time.sleep(600)


async def _run(url: str) -> None:
    units = Units(url, CONSEQUENCES)
    done = asyncio.Event()
    loop = asyncio.get_running_loop()
    units.told.append(lambda _committed: loop.call_soon_threadsafe(done.set))
    running = asyncio.ensure_future(JobLoop(units, jobs=[ring]).run())
    await done.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    units.close()


def main() -> None:
    """``URL``, or ``URL hang`` for a job that never ends."""
    asyncio.run(_run(sys.argv[1]))
