"""Web chat channels at hand: asked for with every message, changed once a month."""

from helpline.calendars.events import CalendarDaysSet, CalendarSet, HoursSwitched, HoursSwitchedBack
from helpline.channels.events import CategorySet, ChannelSet, OwnerSet
from helpline.core import Actor, Units
from helpline.core.tokens import workspace_of
from helpline.session_settings.events import SessionSettingsChanged
from helpline.webchat.actions import NoSuchChannel, Webchat, open_channel

from .hub import Hub
from .remembering import Remembered

LOOKS = (ChannelSet, CategorySet, OwnerSet)
HOURS = (CalendarDaysSet, CalendarSet, HoursSwitched, HoursSwitchedBack, SessionSettingsChanged)


class Channels:
    """Remembers channels, and forgets them at once when one is changed."""

    def __init__(self, units: Units, hub: Hub) -> None:
        self._units = units
        self._known = Remembered[Webchat](hub, *LOOKS, *HOURS)

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
        home = Actor.system(workspace_id)
        return await self._known.get(name, lambda: self._units.read(home, open_channel, key=key, channel_id=channel_id))
