"""Throws away what came in long ago, and uploads that nobody sent: first the leave to send them, then bytes, then rows.

So a sweep that breaks off anywhere leaves rows for the next one, and never a message without its file.
"""

import asyncio

import structlog
from sqlalchemy import select

from helpline.core import Actor, Tx, Units
from helpline.drafts.queries import files_held
from helpline.files import File
from helpline.files.actions import KEPT_UNSENT, MOST_AT_ONCE, discard, forget
from helpline.files.queries import discarded, unsent
from helpline.files.storage import Storage
from helpline.intake import foretold
from helpline.intake.actions import discard_old
from helpline.mails import tokens
from helpline.people import Workspace

log = structlog.get_logger()

EVERY = 3600.0
NOBODY = Actor("system", "")


async def sweep_forever(units: Units, storage: Storage) -> None:
    """Sweep now and every hour, until cancelled. Nodes that do so at once are in nobody's way."""
    while True:
        try:
            await sweep(units, storage)
        except Exception:
            log.exception("the sweep of uploads stumbled")
        await asyncio.sleep(EVERY)


async def sweep(units: Units, storage: Storage) -> int:
    """Throw away what is due in every workspace; how many files."""
    gone = 0
    for id in await units.read(NOBODY, lambda tx: list(tx.db.scalars(select(Workspace.id)))):
        try:
            gone += await _sweep_one(units, storage, id)
        except Exception:
            log.exception("the sweep of a workspace stumbled", workspace=id)
    return gone


async def _sweep_one(units: Units, storage: Storage, workspace_id: str) -> int:
    system, gone = Actor.system(workspace_id), 0
    await units.run(system, tokens.seal)
    for discard_some in (discard_old, foretold.discard_old):
        while await units.run(system, discard_some):
            pass
    while ids := await units.run(system, discard_unsent):
        removed = await asyncio.to_thread(storage.remove, workspace_id, ids)
        if not removed:  # what cannot be deleted is tried again by the next sweep
            break
        await units.run(system, forget, removed)
        gone += len(removed)
    return gone


def discard_unsent(tx: Tx) -> list[str]:
    """Discard uploads that are older than a day and stand in no draft; those whose bytes may go."""
    held = files_held(tx)
    oldest = unsent(tx, tx.now - KEPT_UNSENT, MOST_AT_ONCE + len(held))
    due = [id for id in oldest if id not in held][:MOST_AT_ONCE]
    if due:
        tx.lock(File, *due)
        discard(tx, set(due) - files_held(tx))  # a draft that is saved meanwhile holds its files first
    return discarded(tx, MOST_AT_ONCE)
