"""Channels with their secrets in the clear, for whoever speaks with their providers."""

from typing import NamedTuple

from helpline.channels.accounts import Sealed, sealed_by_key, sealed_of
from helpline.channels.contract import Account, Adapter
from helpline.channels.events import CategorySet, ChannelSet
from helpline.channels.kinds import adapter_of
from helpline.core import Actor, Units
from helpline.core.tokens import Signer

from ..hub import Hub
from ..remembering import Remembered


class Access(NamedTuple):
    """What it takes to speak with the provider of a channel."""

    kind: str
    account: Account
    adapter: Adapter


class Accesses:
    """Reads channels, and unlocks their secrets; ``CannotUnlock`` when they were locked elsewhere."""

    def __init__(self, units: Units, signer: Signer, hub: Hub) -> None:
        self._units, self._signer = units, signer
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
        account = Account(channel_id=sealed.channel_id, settings=sealed.settings, secrets=secrets)
        return Access(sealed.kind, account, adapter_of(sealed.kind))
