"""One piece of work on its way through a lane, and how its outcome gets back to who asked."""

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DataError

from .actor import Actor
from .committed import Committed
from .errors import NotStorable
from .tokens import Signer
from .tx import Consequences, Tx

Outcome = tuple[Any, BaseException | None]


@dataclass(eq=False)
class Unit:
    """One piece of work on its way through a lane, and the promise of its result."""

    actor: Actor
    action: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    answer: "Future[Any] | asyncio.Future[Any]"
    loop: asyncio.AbstractEventLoop | None = None
    signer: Signer | None = None
    committed: Committed | None = None

    def perform(self, connection: Connection, clock: Callable[[], datetime], consequences: Consequences) -> Any:
        """Run the action and all that follows on ``connection``, up to but without the commit."""
        tx, self.committed = Tx(connection, self.actor, clock, consequences, self.signer), None
        try:
            result = self.action(tx, *self.args, **self.kwargs)
            self.committed = tx.finish()
            return result
        except (DataError, OverflowError) as error:
            raise NotStorable from error
        finally:
            tx.close()


def answer(done: Iterable[tuple[Unit, Outcome]]) -> None:
    """Hand the outcomes back; those for an event loop travel together, in one wake-up."""
    by_loop: dict[asyncio.AbstractEventLoop, list[tuple[Unit, Outcome]]] = {}
    for unit, outcome in done:
        if unit.loop is None:
            _resolve([(unit, outcome)])
        else:
            by_loop.setdefault(unit.loop, []).append((unit, outcome))
    for loop, group in by_loop.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(_resolve, group)


def _resolve(group: list[tuple[Unit, Outcome]]) -> None:
    for unit, (result, error) in group:
        if unit.answer.done():  # the caller went away; the work is done all the same
            continue
        if error is not None:
            unit.answer.set_exception(error)
        else:
            unit.answer.set_result(result)
