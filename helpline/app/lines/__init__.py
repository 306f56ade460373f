"""Lines: what comes in by channels outside and what is to go out is worked off, by one node at a time for each channel.

All there is to do stands in rows. So a kill loses nothing, and what one node leaves another takes up.
"""

import asyncio
from collections import defaultdict

from helpline.channels.contract import Account, Adapter, Failed, Health, Template
from helpline.channels.kinds import goes_out
from helpline.core import Units
from helpline.core.tokens import CannotUnlock, Signer
from helpline.delivery.showing import Asked
from helpline.files.storage import Storage
from helpline.outside import Outside

from ..hub import Hub
from .access import Accesses
from .crew import Crew
from .pace import Pace
from .world import World


class Lines:
    """The way to the providers of channels, for whoever has to ask or tell them something now; the rest is the crew's."""

    def __init__(
        self,
        units: Units,
        signer: Signer,
        outside: Outside,
        storage: Storage,
        *,
        hub: Hub,
        node_id: str,
        address: str,
        largest: int,
    ) -> None:
        self._outside, self._accesses = outside, Accesses(units, signer, hub, node_id, address)
        world = World(units, signer, outside, storage, address, defaultdict(Pace), node_id, largest)
        self._crew = Crew(world, self._accesses)

    async def run(self) -> None:
        """Work off what there is, until cancelled."""
        await self._crew.run()

    async def by_key(self, workspace_id: str, key: str) -> tuple[Account, Adapter]:
        """The channel that a provider calls."""
        _, account, adapter = await self._accesses.by_key(workspace_id, key)
        return account, adapter

    async def look(self, workspace_id: str, channel_id: str) -> Health:
        """Ask a channel's provider whether all is well."""
        if not goes_out((await self._accesses.sealed(workspace_id, channel_id)).kind):
            return Health(ok=True)
        try:
            _, account, adapter = await self._accesses.anew(workspace_id, channel_id)
            return await adapter.health(account, self._outside)
        except (CannotUnlock, Failed) as error:
            return Health(ok=False, detail=_why(error))

    async def join(self, workspace_id: str, channel_id: str, hook: str) -> Health:
        """Have a channel's provider call us; how it stands then."""
        try:
            _, account, adapter = await self._accesses.anew(workspace_id, channel_id)
            await adapter.join(account, hook, self._outside)
        except (CannotUnlock, Failed) as error:
            return Health(ok=False, detail=_why(error))
        return await self.look(workspace_id, channel_id)

    async def templates(self, workspace_id: str, channel_id: str) -> list[Template]:
        """The templates that a channel's provider has; ``Failed`` when it does not say."""
        _, account, adapter = await self._accesses.anew(workspace_id, channel_id)
        return await adapter.templates(account, self._outside)

    async def show(self, workspace_id: str, asked: Asked, within: float = 15.0) -> None:
        """Show a contact what is no message, as one call for each; ``Failed`` when it is refused, ``TimeoutError`` too late."""
        _, account, adapter = await self._accesses.anew(workspace_id, asked.channel_id)
        async with asyncio.timeout(within):
            for sign in asked.signs:
                await adapter.show(account, sign, self._outside)

    async def account(self, workspace_id: str, channel_id: str) -> Account:
        """A channel with its secrets in the clear."""
        return (await self._accesses.anew(workspace_id, channel_id)).account


def _why(error: CannotUnlock | Failed) -> str:
    return error.detail or error.kind if isinstance(error, Failed) else " ".join((error.__doc__ or "").split())
