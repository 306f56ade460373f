"""Asks the provider how somebody is called who wrote for the first time, where that does not come along."""

import asyncio
from dataclasses import replace

import structlog

from helpline.channels.contract import Failed
from helpline.channels.inbound import Event, Said, SaidElsewhere, Unsupported
from helpline.channels.kinds import can
from helpline.core import Actor
from helpline.intake.queries import is_named

from .access import Access
from .world import World

log = structlog.get_logger()

WITHIN = 5.0
"""A message does not wait longer than this for a name; the next one asks again."""
REMEMBERED = 10_000


class Names:
    """Remembers who is known by a name already."""

    def __init__(self, world: World, home: Actor) -> None:
        self._world, self._home = world, home
        self._known: set[str] = set()

    async def give(self, access: Access, event: Event) -> Event:
        """The event, with the name of who wrote if it could be had."""
        if can(access.kind).tells_names or not isinstance(event, Said | SaidElsewhere | Unsupported) or event.who.name:
            return event
        address = event.who.address
        if address not in self._known:
            if not await self._world.units.read(self._home, is_named, access.account.channel_id, address):
                name = await self._ask(access, address)
                return replace(event, who=replace(event.who, name=name.strip()[:200]))
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known.add(address)
        return event

    async def _ask(self, access: Access, address: str) -> str:
        try:
            async with asyncio.timeout(WITHIN):
                return await access.adapter.name_of(access.account, address, self._world.outside)
        except (Failed, TimeoutError):
            return ""
        except Exception:
            log.exception("an adapter stumbled over a name", channel=access.account.channel_id)
            return ""
