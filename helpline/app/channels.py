"""Web chat channels at hand: asked for with every message, changed once a month."""

import time
from typing import Any

from helpline.channels.events import CategorySet, ChannelSet, OwnerSet
from helpline.core import Actor, Units
from helpline.core.tokens import workspace_of
from helpline.webchat.actions import NoSuchChannel, Webchat, open_channel

from .hub import Hub

REMEMBERED = 5.0


class Channels:
    """Remembers channels for a few seconds, and forgets them at once when one is changed."""

    def __init__(self, units: Units, hub: Hub) -> None:
        self._units = units
        self._known: dict[str, tuple[float, Webchat]] = {}
        self._forgot = 0
        hub.listen(self._forget, ChannelSet, CategorySet, OwnerSet)

    async def by_key(self, key: str) -> Webchat:
        """The channel with this public key."""
        return await self._get(key, self.workspace_of(key), key=key)

    async def by_id(self, workspace_id: str, channel_id: str) -> Webchat:
        """The channel a visitor came by."""
        return await self._get(f"{workspace_id}/{channel_id}", workspace_id, channel_id=channel_id)

    def workspace_of(self, key: str) -> str:
        """The workspace a public key names."""
        workspace_id = workspace_of(key)
        if workspace_id is None:
            raise NoSuchChannel
        return workspace_id

    async def _get(self, name: str, workspace_id: str, *, key: str = "", channel_id: str = "") -> Webchat:
        until, known = self._known.get(name, (0.0, None))
        if known is not None and until > time.monotonic():
            return known
        forgot = self._forgot
        found = await self._units.read(Actor.system(workspace_id), open_channel, key=key, channel_id=channel_id)
        if forgot == self._forgot:  # else it was read before what has been heard meanwhile
            self._known[name] = (time.monotonic() + REMEMBERED, found)
        return found

    def _forget(self, _workspace_id: str, _fact: Any) -> None:
        self._known.clear()
        self._forgot += 1
