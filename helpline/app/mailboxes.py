"""Mailboxes: a connection to each folder, which hears of new mails and keeps them, on one node at a time.

How far a folder is read stands in the row that is written with the mails: so a cut line or a kill loses nothing and doubles
nothing.
"""

import asyncio
import random
import time
from typing import NamedTuple

import structlog
from sqlalchemy import select

from helpline.channels import Category, Channel
from helpline.channels.contract import Failed
from helpline.channels.health import note_reading
from helpline.channels.kinds import KINDS
from helpline.core import Actor, Tx, Units
from helpline.outside import Outside

from . import leases
from .lines import Lines

log = structlog.get_logger()

LOOK_EVERY = 2.0
LONGEST_PAUSE = 60.0
WELL_AFTER = 10.0
NOBODY = Actor("system", "")


class Mailbox(NamedTuple):
    """A mailbox that is to be read, as it is set up now."""

    workspace_id: str
    channel_id: str
    told: str
    """All that was filled in: with a change of it the connections begin anew. But for what providers renew: that is looked up
    when one signs in."""


class Mailboxes:
    """All mailboxes of all workspaces."""

    def __init__(self, units: Units, lines: Lines, outside: Outside, node_id: str) -> None:
        self._units, self._lines, self._outside, self._node_id = units, lines, outside, node_id
        self._reading: dict[Mailbox, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Until cancelled."""
        try:
            while True:
                try:
                    await self._follow(set(await self._units.read(NOBODY, mailboxes)))
                except Exception:
                    log.exception("the mailboxes stumbled")
                await asyncio.sleep(LOOK_EVERY)
        finally:
            await self._end(set(self._reading))

    async def _follow(self, wanted: set[Mailbox]) -> None:
        gone = self._reading.keys() - wanted
        await self._end(gone)
        for box in wanted - self._reading.keys():
            self._reading[box] = asyncio.ensure_future(self._keep_reading(box))
        read = {box.channel_id for box in wanted}
        for box in gone:
            if box.channel_id not in read:  # what kept it from being read keeps nobody from anything now
                await self._units.run(Actor.system(box.workspace_id), note_reading, box.channel_id)

    async def _end(self, gone: set[Mailbox]) -> None:
        ended = [self._reading.pop(box) for box in gone]
        for task in ended:
            task.cancel()
        await asyncio.gather(*ended, return_exceptions=True)

    async def _keep_reading(self, box: Mailbox) -> None:
        home, lease, pause = Actor.system(box.workspace_id), f"mail/{box.channel_id}", 1.0
        while True:
            if await self._units.run(home, leases.take, lease, self._node_id):
                began = time.monotonic()
                try:
                    await self._read(home, box)
                except (Failed, OSError) as lost:
                    await self._units.run(home, note_reading, box.channel_id, str(lost) or repr(lost))
                except Exception:
                    log.exception("a mailbox stumbled", channel=box.channel_id)
                finally:
                    await self._units.run(home, leases.give_back, lease, self._node_id)
                # A line that held for a while and was cut is tried again at once; one that never comes to be, less and less.
                pause = min(pause * 2, LONGEST_PAUSE) if time.monotonic() - began < WELL_AFTER else 1.0
            await asyncio.sleep(pause * random.uniform(0.7, 1.3))

    async def _read(self, home: Actor, box: Mailbox) -> None:
        # Imported here, because most installations have no mailbox.
        from .mailbox_reading import read_all

        account = await self._lines.account(box.workspace_id, box.channel_id)
        await read_all(self._units, home, account, self._outside)


def mailboxes(tx: Tx) -> list[Mailbox]:
    """Which are to be read, over all workspaces."""
    wanted = (Channel.kind == "email", Channel.active)
    return [box for id in tx.db.scalars(select(Channel.workspace_id).where(*wanted).distinct()) for box in _of(tx, id)]


def _of(tx: Tx, workspace_id: str) -> list[Mailbox]:
    mine = (Category.workspace_id == Channel.workspace_id) & (Category.id == Channel.category_id)
    found = select(Channel).join(Category, mine).where(Channel.workspace_id == workspace_id)
    rows = tx.db.scalars(found.where(Channel.kind == "email", Channel.active, Category.active))
    return [Mailbox(workspace_id, row.id, _told(row)) for row in rows if row.settings.get("imap_host")]


def _told(channel: Channel) -> str:
    renewed = {one.name for one in KINDS[channel.kind].settings if one.renewed}
    return repr((channel.settings, {name: kept for name, kept in channel.sealed.items() if name not in renewed}))
