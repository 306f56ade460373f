"""Looks now and then how channels stand with their providers, so that it is seen before a contact waits in vain."""

import asyncio
import random

import structlog
from sqlalchemy import select

from helpline.channels.health import note_health
from helpline.channels.kinds import goes_out
from helpline.channels.models import Category, Channel
from helpline.core import Actor, Tx, Units

from .. import leases
from . import Lines

log = structlog.get_logger()

EVERY = 600.0
LEASE = "health"
NOBODY = Actor("system", "")


class Rounds:
    """All channels with a provider, of all workspaces; one node does it for each."""

    def __init__(self, units: Units, lines: Lines, node_id: str) -> None:
        self._units, self._lines, self._node_id = units, lines, node_id

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await asyncio.sleep(EVERY * random.uniform(0.7, 1.3))
            for workspace_id, channel_id in await self._channels():
                try:
                    await self.look(workspace_id, channel_id)
                except Exception:
                    log.exception("looking after a channel stumbled", channel=channel_id)

    async def _channels(self) -> list[tuple[str, str]]:
        try:
            return await self._units.read(NOBODY, outside_ones)
        except Exception:
            log.exception("looking for the channels stumbled")
            return []

    async def look(self, workspace_id: str, channel_id: str) -> None:
        """Ask the provider, and note what it says, unless another node does."""
        home = Actor.system(workspace_id)
        if await self._units.run(home, leases.take, LEASE, self._node_id):
            health = await self._lines.look(workspace_id, channel_id)
            await self._units.run(home, _note, channel_id, health.ok, health.detail, health.name)


def _note(tx: Tx, channel_id: str, ok: bool, detail: str, account: str) -> None:
    note_health(tx, channel_id, ok=ok, detail=detail, account=account)


def outside_ones(tx: Tx) -> list[tuple[str, str]]:
    """(workspace, channel) of those that have a provider, over all workspaces. Mailboxes are read all the time anyway."""
    of = (Category.workspace_id == Channel.workspace_id) & (Category.id == Channel.category_id)
    found = select(Channel.workspace_id, Channel.id, Channel.kind).join(Category, of)
    rows = tx.db.execute(found.where(Channel.active, Category.active).order_by(Channel.workspace_id, Channel.id))
    return [(workspace_id, id) for workspace_id, id, kind in rows if goes_out(kind) and kind != "email"]
