"""Failed sign-ins in the audit log: of accounts that there are, and a few for each, so that nobody can fill the log with them."""

import asyncio
from collections.abc import Iterable

from helpline.core import Actor, Tx, Units
from helpline.people.events import AgentSignInFailed

from .counts import Counts

NOTED = (1, 10, 100, 1000)
WITHIN = 3600.0


class Failures:
    """Counts wrong passwords by account; the first, tenth, hundredth … of an hour is noted."""

    def __init__(self, units: Units, counts: Counts) -> None:
        self._units, self._counts = units, counts
        self._writing: set[asyncio.Task[None]] = set()

    async def note(self, account: str, agents: Iterable[tuple[str, str]], address: str, browser: str) -> None:
        """One more. Whether there is such an account must not be seen by how long this takes, so nothing is waited for.

        ``account`` is a mark, not an address; ``agents`` are (workspace, agent).
        """
        counted = await self._counts.hit(f"sign-in:failed:{account}", WITHIN)
        if counted.number not in NOTED:
            return
        for workspace_id, agent_id in agents:
            home = Actor.system(workspace_id)
            task = asyncio.create_task(self._units.run(home, _tell, agent_id, address, browser, counted.number))
            self._writing.add(task)
            task.add_done_callback(self._writing.discard)

    async def written(self) -> None:
        """What was noted is in the log."""
        await asyncio.gather(*self._writing, return_exceptions=True)


def _tell(tx: Tx, agent_id: str, address: str, browser: str, times: int) -> None:
    tx.emit(AgentSignInFailed(agent_id=agent_id, address=address, browser=browser[:200], times=times))
