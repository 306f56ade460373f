"""Channels with their secrets in the clear, for whoever speaks with their providers."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import NamedTuple

from helpline.channels.accounts import Sealed, sealed_by_key, sealed_of
from helpline.channels.contract import Account, Adapter
from helpline.channels.events import CategorySet, ChannelSet
from helpline.channels.holding import Held, renew
from helpline.channels.kinds import adapter_of
from helpline.channels.shapes import hook_of
from helpline.core import Actor, Units
from helpline.core.tokens import Signer

from .. import leases
from ..hub import Hub
from ..remembering import Remembered

LOOK_AGAIN = 0.3
"""Seconds after which it is looked whether another node still uses a secret."""


class Access(NamedTuple):
    """What it takes to speak with the provider of a channel."""

    kind: str
    account: Account
    adapter: Adapter


class Accesses:
    """Reads channels, and unlocks their secrets; ``CannotUnlock`` when they were locked elsewhere."""

    def __init__(self, units: Units, signer: Signer, hub: Hub, node_id: str, address: str) -> None:
        self._units, self._signer, self._node_id, self._address = units, signer, node_id, address.rstrip("/")
        self._locks = defaultdict[str, asyncio.Lock](asyncio.Lock)
        self._known = Remembered[Access](hub, ChannelSet, CategorySet)

    async def by_key(self, workspace_id: str, key: str) -> Access:
        """To the channel that a provider calls; remembered."""

        async def ask() -> Access:
            return self._open(workspace_id, await self._units.read(Actor.system(workspace_id), sealed_by_key, key))

        return await self._known.get(key, ask)

    async def by_id(self, workspace_id: str, channel_id: str) -> Access:
        """To a channel that is worked off; remembered."""
        return await self._known.get(f"{workspace_id}/{channel_id}", lambda: self.anew(workspace_id, channel_id))

    async def anew(self, workspace_id: str, channel_id: str) -> Access:
        """To a channel as it is at this moment."""
        return self._open(workspace_id, await self.sealed(workspace_id, channel_id))

    async def sealed(self, workspace_id: str, channel_id: str) -> Sealed:
        """A channel as it is kept."""
        return await self._units.read(Actor.system(workspace_id), sealed_of, channel_id)

    def _open(self, workspace_id: str, sealed: Sealed) -> Access:
        secrets = {name: self._signer.unlock(kept, workspace_id, name) for name, kept in sealed.secrets.items()}
        hold = partial(self._held, workspace_id, sealed.channel_id)
        hook = hook_of(self._address, sealed.key) if self._address else ""
        account = Account(channel_id=sealed.channel_id, settings=sealed.settings, secrets=secrets, hook=hook, hold=hold)
        return Access(sealed.kind, account, adapter_of(sealed.kind))

    @asynccontextmanager
    async def _held(self, workspace_id: str, channel_id: str, name: str) -> AsyncIterator[Held]:
        """A secret as it is kept now; the lease keeps other nodes from using it, the lock others here."""
        home, lease, lock = Actor.system(workspace_id), f"held/{channel_id}", self._signer.lock
        async with self._locks[channel_id]:
            await self._turn(home, lease)
            try:
                kept = (await self.sealed(workspace_id, channel_id)).secrets.get(name, "")
                held = Held(self._signer.unlock(kept, workspace_id, name) if kept else "")
                yield held
                if held.renewed not in {"", held.secret}:
                    renewed = lock(held.renewed, workspace_id, name)
                    await self._units.run(home, renew, channel_id, name, kept, renewed)
            finally:
                await self._units.run(home, leases.give_back, lease, self._node_id)

    async def _turn(self, home: Actor, lease: str) -> None:
        while True:
            if await self._units.run(home, leases.take, lease, self._node_id):
                return
            await asyncio.sleep(LOOK_AGAIN)
