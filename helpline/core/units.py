"""Units of work, seen from outside: the one bridge from ``async def`` to ``def``."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from datetime import UTC, datetime
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from .actor import Actor
from .committed import Committed
from .tokens import Signer
from .tx import Consequences, Tx
from .unit import Unit

P = ParamSpec("P")
R = TypeVar("R")
Told = Callable[[list[Committed]], None]


def utc_now() -> datetime:
    """The clock on the wall."""
    return datetime.now(UTC)


class Lanes(Protocol):
    """Where units run: the embedded lanes (``sqlite.py``) or the server's (``postgres.py``)."""

    kind: str
    retries: int
    """How often a unit was run again because it had lost a race; in a file nobody races."""

    def write(self, unit: Unit) -> None: ...
    def read(self, unit: Unit) -> None: ...
    def close(self) -> None: ...


class Units:
    """Runs actions as units of work on the database at ``url``, which must be migrated already.

    ``told`` hears, after each commit, what was committed; by other nodes too, where somebody announces that. ``clock`` is only
    ever another one in tests and simulations.
    """

    def __init__(
        self,
        url: str,
        consequences: Consequences,
        *,
        clock: Callable[[], datetime] = utc_now,
        threads: int = 4,
        signer: Signer | None = None,
    ) -> None:
        self.told: list[Told] = []
        self.signer = signer
        """With the installation's secret, for units that need what follows from it."""
        self.lanes: Lanes = _lanes(url)(url, consequences, clock, self.announce, threads)

    async def run(self, actor: Actor, action: Callable[Concatenate[Tx, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run ``action(tx, …)`` as one durable transaction. It runs to its end even if the caller is cancelled."""
        return await self._submit(self.lanes.write, actor, action, args, kwargs)  # type: ignore[no-any-return]

    async def read(self, actor: Actor, action: Callable[Concatenate[Tx, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run ``action(tx, …)`` beside the writers, on a connection that cannot write."""
        return await self._submit(self.lanes.read, actor, action, args, kwargs)  # type: ignore[no-any-return]

    def run_now(self, actor: Actor, action: Callable[Concatenate[Tx, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """The same as ``run`` for callers without an event loop: the command line, tests, scripts."""
        unit = Unit(actor, action, args, kwargs, Future(), signer=self.signer)
        self.lanes.write(unit)
        return unit.answer.result()  # type: ignore[no-any-return]

    def read_now(self, actor: Actor, action: Callable[Concatenate[Tx, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """The same as ``read`` for callers without an event loop."""
        unit = Unit(actor, action, args, kwargs, Future(), signer=self.signer)
        self.lanes.read(unit)
        return unit.answer.result()  # type: ignore[no-any-return]

    def announce(self, committed: list[Committed]) -> None:
        """Tell everyone who listens. Called by the lanes, in their threads; and by who hears of another node's commits."""
        for tell in self.told:
            tell(committed)

    def close(self) -> None:
        """Finish what is queued and let the database go."""
        self.lanes.close()

    async def _submit(
        self, lane: Callable[[Unit], None], actor: Actor, action: Callable[..., Any], args: Any, kwargs: Any
    ) -> Any:
        loop = asyncio.get_running_loop()
        unit = Unit(actor, action, args, kwargs, loop.create_future(), loop, self.signer)
        lane(unit)
        return await unit.answer  # type: ignore[misc]


def _lanes(url: str) -> Callable[..., Lanes]:
    # Imported here, because a laptop that runs SQLite should not load PostgreSQL's driver.
    if url.startswith("sqlite"):
        from .sqlite import SqliteLanes

        return SqliteLanes
    from .postgres import PostgresLanes

    return PostgresLanes
