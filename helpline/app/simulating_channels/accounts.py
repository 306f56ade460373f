"""What a channel has to be told to be at a simulated provider."""

from collections.abc import Mapping

from .line import Line
from .messenger import Messenger
from .provider import Provider
from .sms import Sms
from .telegram import Telegram
from .whatsapp import WhatsApp

_PATHS = {"line": "", "telegram": "", "whatsapp": "/v23.0", "messenger": "/v23.0", "instagram": "/v23.0", "sms": ""}
_SECOND = {"line": "channel_secret", "telegram": "webhook_secret"}
_SECOND |= dict.fromkeys(("whatsapp", "messenger", "instagram"), "app_secret")


def settings_at(kind: str, provider: Provider, url: str) -> dict[str, str]:
    """The settings of a channel; ``url`` is where the simulators are."""
    told = {"base_url": f"{url}/{kind}{_PATHS[kind]}"}
    if isinstance(provider, WhatsApp):
        told |= {"provider": "meta", "phone_number_id": provider.phone_id, "business_account_id": provider.account_id}
    if isinstance(provider, Messenger):
        told["page_id"] = provider.page_id
    if isinstance(provider, Sms):
        told |= {"account_sid": provider.account, "number": provider.number}
    return told


def secrets_at(kind: str, provider: Provider) -> dict[str, str]:
    """The secrets of a channel."""
    second = {_SECOND[kind]: provider.secret} if kind in _SECOND else {}
    return {"token": provider.token, **second}


def providers_for(hooks: Mapping[str, str]) -> dict[str, Provider]:
    """One of each; ``hooks`` is where each tells what happens."""
    kinds: dict[str, type[Line | Telegram | WhatsApp]] = {"line": Line, "telegram": Telegram, "whatsapp": WhatsApp}
    return {kind: make(hooks.get(kind, "")) for kind, make in kinds.items()}
