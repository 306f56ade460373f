"""Test mode: a clock that can be moved, so that what takes hours is tried in a second. Never on unless asked for."""

from datetime import datetime, timedelta
from typing import Annotated, Any

import structlog
from litestar import Request
from msgspec import Meta

from helpline.core import Conflict, In, Invalid, Out, Units
from helpline.core.router import Routes
from helpline.core.units import utc_now

from .jobs import NOBODY, JobLoop, next_due

log = structlog.get_logger()
routes = Routes(tag="Test mode")

MOST_STEPS = 10_000
Seconds = Annotated[float, Meta(ge=0, le=10 * 366 * 86_400)]
Time = Annotated[datetime, Meta(tz=True)]


class NotInTestMode(Conflict):
    """The clock can only be moved in test mode: helpline serve --test-mode."""


class OnlyForward(Invalid):
    """Say `at` or `advance_seconds`, one of the two; the clock only goes forward."""


class MovedClock:
    """The clock on the wall, and how far it was moved on. Of this node alone."""

    def __init__(self) -> None:
        self._ahead = timedelta(0)

    def __call__(self) -> datetime:
        return utc_now() + self._ahead

    @property
    def ahead(self) -> float:
        """Seconds ahead of the clock on the wall."""
        return self._ahead.total_seconds()

    def move(self, to: datetime) -> None:
        """Let it be ``to`` now, unless it is later already."""
        self._ahead = max(to - utc_now(), self._ahead)


class ClockIn(In):
    at: Time | None = None
    advance_seconds: Seconds | None = None


class ClockOut(Out):
    at: datetime
    ahead_seconds: float
    """Of the clock on the wall."""
    fired: int = 0
    """Jobs and timers that ran on the way."""


@routes.get("/test/clock", permission="settings.manage")
async def clock(request: Request[Any, Any, Any]) -> ClockOut:
    """What time this node takes it to be. In test mode only."""
    moved = _clock_of(request)
    return ClockOut(at=moved(), ahead_seconds=moved.ahead)


@routes.put("/test/clock", permission="settings.manage")
async def move_clock(request: Request[Any, Any, Any], data: ClockIn) -> ClockOut:
    """Move this node's clock on. Timers on the way fire in their order, each at its time, before this answers."""
    moved, state = _clock_of(request), request.app.state
    now = moved()
    target = data.at if data.at is not None else now + timedelta(seconds=data.advance_seconds or 0.0)
    if (data.at is None) == (data.advance_seconds is None) or target < now:
        raise OnlyForward(field="at" if data.at is not None else "advance_seconds")
    fired = await pass_time(state.units, state.job_loop, moved, target)
    return ClockOut(at=moved(), ahead_seconds=moved.ahead, fired=fired)


async def pass_time(units: Units, loop: JobLoop, moved: MovedClock, target: datetime) -> int:
    """Go from timer to timer until ``target``; how many fired."""
    fired = 0
    for _ in range(MOST_STEPS):
        due, now = await units.read(NOBODY, next_due)
        if due is None or due > max(target, now):
            break
        moved.move(due)
        fired += await loop.run_one()
    moved.move(target)
    loop.wake()
    return fired


def _clock_of(request: Request[Any, Any, Any]) -> MovedClock:
    moved = request.app.state.moved_clock
    if not isinstance(moved, MovedClock):
        raise NotInTestMode
    return moved
