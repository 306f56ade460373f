"""Asks the provider how somebody is called who wrote for the first time, where that does not come along."""

import asyncio
from dataclasses import replace

import structlog

from helpline.channels.contract import Failed
from helpline.channels.inbound import Event, Said, SaidElsewhere, Unsupported, Who
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
    """Remembers who is known by a name already, and how members of groups are called."""

    def __init__(self, world: World, home: Actor) -> None:
        self._world, self._home = world, home
        self._known: set[str] = set()
        self._members: dict[tuple[str, str], str] = {}

    async def give(self, access: Access, event: Event) -> Event:
        """The event, with the name of who wrote if it could be had, and of the group where it was one."""
        if can(access.kind).tells_names or not isinstance(event, Said | SaidElsewhere | Unsupported):
            return event
        who = event.who
        if who.member and not who.member_name:
            who = replace(who, member_name=await self._member(access, who))
        if not who.name and not await self._is_known(access, who.address):
            who = replace(who, name=await self._ask(access, who.address))
        return replace(event, who=who)

    async def _is_known(self, access: Access, address: str) -> bool:
        if address in self._known:
            return True
        if not await self._world.units.read(self._home, is_named, access.account.channel_id, address):
            return False
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        self._known.add(address)
        return True

    async def _member(self, access: Access, who: Who) -> str:
        known = self._members.get((who.address, who.member), "")
        if not known and (known := await self._ask(access, who.address, who.member)):
            if len(self._members) >= REMEMBERED:
                self._members.clear()
            self._members[who.address, who.member] = known
        return known

    async def _ask(self, access: Access, address: str, member: str = "") -> str:
        try:
            async with asyncio.timeout(WITHIN):
                asked = access.adapter.name_of(access.account, address, self._world.outside, member=member)
                return (await asked).strip()[:200]
        except (Failed, TimeoutError):
            return ""
        except Exception:
            log.exception("an adapter stumbled over a name", channel=access.account.channel_id)
            return ""
