"""A past that is lived through: the same actions as on any day, run at earlier times, in the order of those times."""

import heapq
import itertools
from collections.abc import Callable, Generator
from concurrent.futures import Future
from datetime import datetime, timedelta
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection

from helpline.core import Actor, Tx
from helpline.core.jobs import kind_of
from helpline.core.tx import Consequences
from helpline.core.unit import Unit

from ..consequences import CONSEQUENCES
from ..jobs import JOBS, NOBODY, run_next

P = ParamSpec("P")
R = TypeVar("R")
Story = Generator[float, None, None]
"""Something that goes on for a while: it acts, and yields the seconds until it goes on."""


UNSEEN: Consequences = {
    fact: [react for react in reactions if not react.__name__.startswith("show_")]
    for fact, reactions in CONSEQUENCES.items()
}
"""All that follows from what, but for telling the desks: nobody looks on, and it is a third of the work."""


class Past:
    """Many stories side by side on one connection, each of their units at its own time.

    All of it is one transaction: whoever stops it half-way finds nothing of it.
    """

    def __init__(self, connection: Connection, workspace_id: str, now: datetime) -> None:
        self.workspace_id, self.now = workspace_id, now
        self._connection = connection
        self._stories: list[tuple[datetime, int, Story]] = []
        self._order = itertools.count()
        self._jobs = {kind_of(job): job for job in JOBS}

    def do(self, actor: Actor | None, action: Callable[Concatenate[Tx, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run ``action`` as a unit of work at this moment; ``None`` is the system."""
        self.now += timedelta(microseconds=1)  # no two things happen at the same time
        unit = Unit(actor or Actor.system(self.workspace_id), action, args, kwargs, Future())
        result = unit.perform(self._connection, lambda: self.now, UNSEEN)
        if unit.committed and unit.committed.due_at:
            self.begin(unit.committed.due_at, self._run_timer())
        return result  # type: ignore[no-any-return]

    def begin(self, at: datetime, story: Story) -> None:
        """Let a story begin at a moment."""
        heapq.heappush(self._stories, (at, next(self._order), story))

    def run(self) -> None:
        """Live through all stories to their ends."""
        while self._stories:
            at, _, story = heapq.heappop(self._stories)
            self.now = max(self.now, at)
            pause = next(story, None)
            if pause is not None:
                self.begin(self.now + timedelta(seconds=pause), story)

    def _run_timer(self) -> Story:
        run: Callable[[Tx, Any], bool] = run_next
        self.do(NOBODY, run, self._jobs)
        yield from ()
