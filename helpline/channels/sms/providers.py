"""Whoever carries the SMS of a channel: Twilio and what speaks as it does, or any other provider by HTTP."""

from collections.abc import Mapping
from typing import Any

from helpline.channels.contract import Account, Adapter, Event, Fetched, Health, Outbound, Raw
from helpline.outside import Outside

from .gateway import Gateway
from .twilio import Twilio

_TWILIO, _GATEWAY = Twilio(), Gateway()


class AnySms(Adapter):
    """A number at the provider that is chosen for it."""

    def verify(self, account: Account, raw: Raw) -> bool:
        """As the provider vouches."""
        return _of(account).verify(account, raw)

    def receive(self, account: Account, raw: Raw) -> list[Event]:
        """What the provider tells."""
        return _of(account).receive(account, raw)

    def hears_addresses(self, account: Account) -> bool:
        """As the provider calls."""
        return _of(account).hears_addresses(account)

    async def send(self, account: Account, out: Outbound, outside: Outside) -> str:
        """One message."""
        return await _of(account).send(account, out, outside)

    async def join(self, account: Account, hook: str, outside: Outside) -> None:
        """Have it tell us, where it can be told so."""
        await _of(account).join(account, hook, outside)

    async def health(self, account: Account, outside: Outside) -> Health:
        """How it stands with the provider."""
        return await _of(account).health(account, outside)

    async def fetch(self, account: Account, media: Mapping[str, Any], outside: Outside) -> Fetched:
        """A file, where there are any."""
        return await _of(account).fetch(account, media, outside)


def _of(account: Account) -> Twilio | Gateway:
    return _GATEWAY if account.settings.get("provider") == "http" else _TWILIO
