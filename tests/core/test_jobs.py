"""Jobs and timers: set, moved, cancelled; run once; put off when they fail, and kept when they go on failing."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from helpline.app.consequences import CONSEQUENCES
from helpline.app.jobs import JobFailed, JobLoop, put_off, run_next
from helpline.app.settings import Settings
from helpline.contacts import Contact, actions
from helpline.core import Actor, Tx, Units
from helpline.core.jobs import ATTEMPTS, JobRow, backoff, kind_of
from tests.clock import Clock
from tests.core import alarm
from tests.listening import eventually
from tests.make import World, make_world

NOBODY = Actor("system", "")


def ring(tx: Tx, name: str) -> None:
    """A job that leaves a contact."""
    actions.add(tx, name=name)


def fail(tx: Tx, name: str) -> None:
    """A job that leaves a contact and then fails."""
    ring(tx, name)
    raise ValueError(name)


JOBS = {kind_of(job): job for job in (ring, fail)}


def _set(world: World, seconds: float, *, key: str = "", job: Any = ring, name: str = "rung") -> None:
    world.do(None, lambda tx: tx.enqueue(job, key=key, at=tx.now + timedelta(seconds=seconds), name=name))


def _run_due(world: World) -> int:
    count = 0
    while world.units.run_now(NOBODY, run_next, JOBS):
        count += 1
    return count


def test_a_timer_fires_when_it_is_due_and_once(world: World, clock: Clock) -> None:
    _set(world, 30)
    assert _run_due(world) == 0
    clock.advance(30)
    assert (_run_due(world), _run_due(world)) == (1, 0)
    assert [row.name for row in world.all(Contact)] == ["rung"]
    assert world.all(JobRow) == []


def test_a_timer_set_again_under_its_key_is_moved(world: World, clock: Clock) -> None:
    _set(world, 30, key="one", name="early")
    _set(world, 60, key="one", name="late")
    clock.advance(45)
    assert _run_due(world) == 0
    clock.advance(20)
    assert _run_due(world) == 1
    assert [row.name for row in world.all(Contact)] == ["late"]


def test_a_cancelled_timer_never_fires(world: World, clock: Clock) -> None:
    _set(world, 30, key="one")
    _set(world, 30, key="other", name="other")
    world.do(None, lambda tx: tx.cancel(ring, "one"))
    clock.advance(31)
    assert _run_due(world) == 1
    assert [row.name for row in world.all(Contact)] == ["other"]


def test_timers_fire_in_the_order_in_which_they_are_due(world: World, clock: Clock) -> None:
    for seconds in (30, 10, 20):
        _set(world, seconds, name=f"after {seconds}")
    clock.advance(60)
    _run_due(world)
    assert [row.name for row in sorted(world.all(Contact), key=lambda row: row.created_at)] == [
        "after 10",
        "after 20",
        "after 30",
    ]


def test_jobs_that_many_reach_for_run_once_each(world: World, clock: Clock) -> None:
    for number in range(20):
        _set(world, 0, name=f"job {number}")
    clock.advance(1)
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(lambda _: _run_due(world), range(8))) == 20
    assert sorted(row.name for row in world.all(Contact)) == sorted(f"job {number}" for number in range(20))


def test_a_job_of_a_unit_that_failed_does_not_exist(world: World) -> None:
    def enqueue_and_fail(tx: Tx) -> None:
        tx.enqueue(ring, name="never")
        raise ValueError

    with pytest.raises(ValueError):
        world.do(None, enqueue_and_fail)
    assert world.all(JobRow) == []


def test_a_failing_job_leaves_nothing_and_is_put_off_for_longer_each_time(world: World, clock: Clock) -> None:
    _set(world, 0, job=fail)
    waits = []
    for _ in range(ATTEMPTS):
        with pytest.raises(JobFailed) as failed:
            world.units.run_now(NOBODY, run_next, JOBS)
        assert isinstance(failed.value.__cause__, ValueError)
        world.do(None, put_off, failed.value.id, failed.value.attempts, repr(failed.value.__cause__))
        (row,) = world.all(JobRow)
        waits.append(round((row.due_at - clock.now).total_seconds()) if row.due_at else None)
        clock.advance(700)
    assert waits == [*(round(backoff(n).total_seconds()) for n in range(1, ATTEMPTS)), None]
    assert waits[:4] == [1, 2, 4, 8]
    assert world.all(Contact) == []
    assert (row.attempts, row.last_error) == (ATTEMPTS, "ValueError('rung')")
    assert _run_due(world) == 0


def test_a_job_that_fails_does_not_hold_up_the_others_and_counts_once(world: World, clock: Clock) -> None:
    _set(world, 0, job=fail)
    _set(world, 1)
    clock.advance(2)
    asyncio.run(_loop_until(lambda: _attempts(world) == [1], world.units, [ring, fail]))
    assert [row.name for row in world.all(Contact)] == ["rung"]


def _attempts(world: World) -> list[int]:
    return [row.attempts for row in world.all(JobRow)]


async def _loop_until(holds: Callable[[], Any], units: Units, jobs: list[Any], start: Any = None) -> None:
    """Run the loop until this holds."""
    running = asyncio.ensure_future(JobLoop(units, jobs=jobs).run())
    if start is not None:
        await asyncio.to_thread(start)
    await asyncio.to_thread(eventually, holds)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


def test_the_loop_fires_a_timer_within_a_second_of_its_time(settings: Settings) -> None:
    units = Units(settings.url, CONSEQUENCES)
    world, began = make_world(units), time.monotonic()
    asyncio.run(_loop_until(lambda: world.all(Contact), units, [ring], start=lambda: _set(world, 0.3)))
    assert 0.25 < time.monotonic() - began < 5  # a second, were nobody else at work on this machine
    units.close()


def test_a_job_killed_midway_fires_once_after_the_restart(settings: Settings) -> None:
    units = Units(settings.url, CONSEQUENCES)
    world = make_world(units)
    world.do(None, lambda tx: tx.enqueue(alarm.ring, name="rung"))
    units.close()
    command = [sys.executable, "-c", "from tests.core.alarm import main; main()", settings.url]
    with subprocess.Popen([*command, "hang"], stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "rung\n"
        first.kill()
    again = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert again.stdout == "rung\n"
    units = Units(settings.url, CONSEQUENCES)
    world.units = units
    assert [row.name for row in world.all(Contact)] == ["rung"]
    assert world.all(JobRow) == []
    units.close()
