"""Tells open chats that hours were changed: closed at once, or open again, without a reload of their page."""

import asyncio
from collections import defaultdict
from datetime import datetime
from typing import Any

import msgspec
import structlog

from helpline.channels.events import CategorySet
from helpline.session_settings.events import SessionSettingsChanged
from helpline.webchat.actions import NoSuchChannel, Webchat

from .channels import HOURS, Channels
from .hub import Hub
from .socket import Socket

log = structlog.get_logger()

PAUSE = 0.5
"""Seconds from a change until it is told; what else is changed meanwhile is told with it."""
AT_ONCE = 500
"""To so many it is told before others have their turn."""


class Hours(msgspec.Struct, frozen=True):
    """From when to when it is closed next, or is now."""

    closed_from: datetime | None
    opens_at: datetime | None

    @classmethod
    def of(cls, webchat: Webchat) -> "Hours":
        return cls(webchat.closed_from, webchat.opens_at)


class OpeningHours:
    """Follows the hours of the chats that are connected to this node."""

    def __init__(self, hub: Hub, channels: Channels) -> None:
        self._hub, self._channels = hub, channels
        self._changed: set[str] = set()
        self._wake = asyncio.Event()
        hub.listen(self._listen, CategorySet, *HOURS)

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await self._wake.wait()
            await asyncio.sleep(PAUSE)
            self._wake.clear()
            changed, self._changed = self._changed, set()
            for workspace_id in changed:
                try:
                    await self._tell(workspace_id)
                except Exception:
                    log.exception("telling hours")

    def _listen(self, workspace_id: str, fact: Any) -> None:
        is_about_hours = not isinstance(fact, SessionSettingsChanged) or any(
            name.startswith("hours.") for name in fact.fields
        )
        if is_about_hours and self._hub.follows(workspace_id):
            self._changed.add(workspace_id)
            self._wake.set()

    async def _tell(self, workspace_id: str) -> None:
        by_channel: dict[str, list[Socket]] = defaultdict(list)
        for socket in self._hub.visitors(workspace_id):
            by_channel[socket.actor.channel_id].append(socket)
        for channel_id, sockets in by_channel.items():
            try:
                webchat = await self._channels.by_id(workspace_id, channel_id)
            except NoSuchChannel:
                continue
            line = msgspec.json.encode({"type": "hours", "hours": Hours.of(webchat)}).decode()
            for place, socket in enumerate(sockets, 1):
                socket.send(line)
                if place % AT_ONCE == 0:
                    await asyncio.sleep(0)
