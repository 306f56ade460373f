"""The embedded lanes: one writer thread with group commit, and a few readers beside it.

The writer takes the units that wait, runs each as a savepoint of one transaction, commits once and then answers all: each
acknowledged unit is durable (``synchronous=FULL``), and one flush of the disk serves many.
"""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from .committed import Committed
from .engine import sqlite_engine
from .errors import DomainError, Unavailable
from .tx import Consequences
from .unit import Outcome, Unit, answer

log = structlog.get_logger()

MOST_AT_ONCE = 64
MOST_WAITING = 10_000


class SqliteLanes:
    """Units on one SQLite file."""

    kind = "sqlite"
    retries = 0

    def __init__(
        self,
        url: str,
        consequences: Consequences,
        clock: Callable[[], datetime],
        announce: Callable[[list[Committed]], None],
        readers: int,
    ) -> None:
        self._consequences, self._clock, self._announce = consequences, clock, announce
        self._writing = sqlite_engine(url, write=True)
        self._reading = sqlite_engine(url, write=False)
        self._readers = ThreadPoolExecutor(readers, "read")
        self._waiting: queue.SimpleQueue[Unit | None] = queue.SimpleQueue()
        self._writer = threading.Thread(target=self._write_forever, name="write", daemon=True)
        self._writer.start()

    def write(self, unit: Unit) -> None:
        """Queue a unit for the writer; refuse when it is hopelessly behind rather than answer too late."""
        if self._waiting.qsize() > MOST_WAITING:
            raise Unavailable("Too much is being written right now; try again in a moment.")
        self._waiting.put(unit)

    def read(self, unit: Unit) -> None:
        """Hand a unit to the readers."""
        self._readers.submit(self._read, unit)

    def close(self) -> None:
        """Write what is queued, then stop."""
        self._waiting.put(None)
        self._writer.join()
        self._readers.shutdown()
        self._writing.dispose()
        self._reading.dispose()

    def _read(self, unit: Unit) -> None:
        outcome: Outcome
        try:
            with self._reading.connect() as connection, connection.begin():
                outcome = unit.perform(connection, self._clock, self._consequences), None
        except BaseException as error:  # whatever it was belongs to the caller
            outcome = None, error
        answer([(unit, outcome)])

    def _write_forever(self) -> None:
        with (
            self._writing.connect() as connection
        ):  # one, for good: to ask for it anew each time costs as much as a unit
            self._write_on(connection)

    def _write_on(self, connection: Connection) -> None:
        while (first := self._waiting.get()) is not None:
            batch, more = [first], True
            while more and len(batch) < MOST_AT_ONCE:
                try:
                    unit = self._waiting.get_nowait()
                except queue.Empty:
                    break
                if unit is None:
                    more = False
                    self._waiting.put(None)
                else:
                    batch.append(unit)
            self._write(connection, batch)

    def _write(self, connection: Connection, batch: list[Unit]) -> None:
        try:
            with connection.begin():
                done = [(unit, self._savepoint(connection, unit)) for unit in batch]
        except Exception as error:  # nothing of the batch was kept
            if len(batch) > 1:  # one of them broke it; by themselves the others go through
                for unit in batch:
                    self._write(connection, [unit])
                return
            if isinstance(error, OperationalError):  # the disk is full, or the like
                log.exception("commit failed")
                refused = Unavailable("The database did not take it; nothing was changed.")
                refused.__cause__ = error
                error = refused
            answer([(batch[0], (None, error))])
            return
        committed = [unit.committed for unit, (_, error) in done if error is None and unit.committed]
        if committed:
            self._announce(committed)
        answer(done)

    def _savepoint(self, connection: Connection, unit: Unit) -> Outcome:
        # Said to the driver itself: thrice a unit, SQLAlchemy's way to do it would cost as much as a statement each.
        driver: Any = connection.connection.driver_connection
        say = driver.execute
        say("SAVEPOINT unit")
        try:
            result = unit.perform(connection, self._clock, self._consequences)
        except BaseException as error:  # whatever it was belongs to the caller; the others go on
            if not driver.in_transaction:  # a failed flush took the whole transaction with it
                raise
            say("ROLLBACK TO unit")
            say("RELEASE unit")
            if not isinstance(error, DomainError):
                log.debug("unit failed", action=getattr(unit.action, "__qualname__", "?"), error=repr(error))
            return None, error
        say("RELEASE unit")
        return result, None
