"""The server's lanes: a small pool of threads and connections on PostgreSQL, one transaction per unit.

A unit that loses a race (serialization failure, deadlock, a unique row that somebody else wrote first) is run again from its
beginning; it is a function of its arguments, so that is safe.
"""

import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import structlog
from psycopg import errors as pg
from sqlalchemy.exc import OperationalError

from .committed import Committed
from .engine import postgres_engine
from .errors import LostRace, Unavailable
from .tx import Consequences
from .unit import Outcome, Unit, answer

log = structlog.get_logger()

LOST_RACES = (LostRace, pg.SerializationFailure, pg.DeadlockDetected, pg.UniqueViolation)
ATTEMPTS = 6
MOST_WAITING = 10_000


class PostgresLanes:
    """Units on a PostgreSQL database that other nodes may share."""

    kind = "postgresql"

    def __init__(
        self,
        url: str,
        consequences: Consequences,
        clock: Callable[[], datetime],
        announce: Callable[[list[Committed]], None],
        threads: int,
    ) -> None:
        self._consequences, self._clock, self._announce = consequences, clock, announce
        self.retries = 0
        self._engine = postgres_engine(url, connections=2 * threads)
        self._writers = ThreadPoolExecutor(threads, "write")
        self._readers = ThreadPoolExecutor(threads, "read")

    def write(self, unit: Unit) -> None:
        """Queue a unit that may change something."""
        if self._writers._work_queue.qsize() > MOST_WAITING:
            raise Unavailable("Too much is being written right now; try again in a moment.")
        self._writers.submit(self._run, unit, read_only=False)

    def read(self, unit: Unit) -> None:
        """Queue a unit that only reads."""
        self._readers.submit(self._run, unit, read_only=True)

    def close(self) -> None:
        """Finish what is queued, then let the connections go."""
        self._writers.shutdown()
        self._readers.shutdown()
        self._engine.dispose()

    def _run(self, unit: Unit, *, read_only: bool) -> None:
        outcome: Outcome
        try:
            outcome = self._try(unit, read_only=read_only), None
        except BaseException as error:  # whatever it was belongs to the caller
            outcome = None, error
        else:
            if unit.committed:
                self._announce([unit.committed])
        answer([(unit, outcome)])

    def _try(self, unit: Unit, *, read_only: bool) -> object:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with self._engine.connect().execution_options(postgresql_readonly=read_only) as connection:
                    with connection.begin():
                        return unit.perform(connection, self._clock, self._consequences)
            except Exception as error:
                if _lost_race(error):
                    if attempt == ATTEMPTS:
                        raise Unavailable("Too much happens at once here; try again in a moment.") from error
                    self.retries += 1
                    log.debug("lost a race", action=getattr(unit.action, "__qualname__", "?"), attempt=attempt)
                    time.sleep(random.uniform(0, 0.005 * 2**attempt))
                    continue
                if isinstance(error, OperationalError):
                    raise Unavailable("The database cannot be reached; try again in a moment.") from error
                raise
        raise AssertionError("unreachable")


def _lost_race(error: BaseException | None) -> bool:
    """Whether it came to this because of somebody else's unit; also when the error was wrapped on its way, as a job's is."""
    while error is not None and not isinstance(error, LOST_RACES):
        error = error.__cause__
    return error is not None
