"""The loop that runs jobs and timers when they are due. It sleeps until the next one, or for a second."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import delete, func, select, update

from helpline.conversations import jobs as conversations
from helpline.core import Actor, Tx, Units
from helpline.core.committed import Committed
from helpline.core.jobs import ATTEMPTS, Job, JobRow, backoff, kind_of
from helpline.people import jobs as people
from helpline.routing import jobs as routing

log = structlog.get_logger()

JOBS: Sequence[Job] = (
    people.go_offline,
    people.give_up_on,
    conversations.wake,
    conversations.send_scheduled,
    conversations.pass_offer_on,
    conversations.withdraw_offers,
    conversations.remind_contact,
    conversations.close_on_contact,
    conversations.remind_agent,
    conversations.tell_supervisors,
    conversations.take_from_agent,
    conversations.warn_of_limit,
    conversations.end_service,
    conversations.decide_without,
    conversations.hear_choice,
    routing.serve_queue_at_opening,
    routing.end_wait,
    routing.renew_waits,
    routing.tell_queue,
)
"""Every job there is; a stored job is found by its name in here."""

NOBODY = Actor("system", "")
LONGEST_SLEEP = 1.0
"""Another node, or a command, may have set a timer that this one has not heard of; it looks once a second."""


class JobFailed(Exception):
    """A job raised; what it did is rolled back."""

    def __init__(self, workspace_id: str, id: str, kind: str, attempts: int) -> None:
        self.workspace_id, self.id, self.kind, self.attempts = workspace_id, id, kind, attempts


class JobLoop:
    """Runs due jobs, a few at a time, until stopped. A timer that is set, here or on another node, wakes it."""

    def __init__(self, units: Units, *, jobs: Sequence[Job] = JOBS, at_once: int = 4) -> None:
        self._units, self._at_once = units, at_once
        self._jobs = {kind_of(job): job for job in jobs}
        self._longest = LONGEST_SLEEP
        self.failures: Counter[str] = Counter()
        """How often jobs of a kind failed on this node."""
        self._wake = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        units.told.append(self._told)

    def _told(self, committed: list[Committed]) -> None:
        if any(unit.due_at is not None for unit in committed) and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake.set)

    async def run(self) -> None:
        """Run until cancelled. A due job starts within milliseconds; one that another process set, within a second."""
        while True:
            self._wake.clear()
            try:
                sleep = await self._until_next()
                if sleep <= 0:
                    await asyncio.gather(*(self.run_one() for _ in range(self._at_once)))
                    continue
            except Exception:
                log.exception("the job loop stumbled")
                sleep = 1.0
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), sleep)

    @property
    def kinds(self) -> list[str]:
        """What jobs there are."""
        return sorted(self._jobs)

    def wake(self) -> None:
        """Look again: what time it is has changed."""
        self._wake.set()

    async def run_one(self) -> bool:
        """Run what is due longest; whether something was."""
        try:
            return await self._units.run(NOBODY, run_next, self._jobs)
        except JobFailed as failed:
            cause = failed.__cause__
            self.failures[failed.kind] += 1
            log.error("job failed", job=failed.id, workspace=failed.workspace_id, exc_info=cause)
            home = Actor.system(failed.workspace_id)
            await self._units.run(home, put_off, failed.id, failed.attempts, repr(cause))
            return True

    async def _until_next(self) -> float:
        due, now = await self._units.read(NOBODY, next_due)
        wait = self._longest if due is None else (due - now).total_seconds()
        return min(max(wait, 0.0), self._longest)


def next_due(tx: Tx) -> tuple[datetime | None, datetime]:
    """When the next job of any workspace is due, and what time it is."""
    return tx.db.scalar(select(func.min(JobRow.due_at))), tx.now


def run_next(tx: Tx, jobs: dict[str, Job]) -> bool:
    """Run the job that is due longest, in the transaction that removes its row; whether there was one."""
    due = select(JobRow).where(JobRow.due_at <= tx.now).order_by(JobRow.due_at).limit(1)
    row = tx.db.scalar(due.with_for_update(skip_locked=True))
    if row is None:
        return False
    workspace_id, id, kind, attempts, arguments = row.workspace_id, row.id, row.kind, row.attempts, dict(row.arguments)
    tx.db.expunge(row)
    tx.execute(delete(JobRow).where(JobRow.workspace_id == workspace_id, JobRow.id == id))
    tx.actor = Actor.system(workspace_id)
    try:
        jobs[kind](tx, **arguments)
        tx.settle()
    except Exception as error:
        raise JobFailed(workspace_id, id, kind, attempts) from error
    return True


def put_off(tx: Tx, id: str, attempts: int, error: str) -> None:
    """Remember that a job failed; try again later, or give up after ``ATTEMPTS`` and keep the row for people to see.

    ``attempts`` is how many the failed run had found: several that failed side by side count as one.
    """
    row = tx.db.get(JobRow, (tx.workspace_id, id))
    if row is None or row.attempts != attempts:
        return
    attempts += 1
    later: Any = tx.now + backoff(attempts) if attempts < ATTEMPTS else None
    mine = (JobRow.workspace_id == tx.workspace_id, JobRow.id == id)
    tx.execute(update(JobRow).where(*mine).values(attempts=attempts, last_error=error[:2000], due_at=later))
    tx.due_at = later or tx.now + timedelta(hours=1)
