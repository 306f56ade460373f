"""``helpline demo --channels``: the demo's workspace also at LINE, Telegram and WhatsApp, which are simulated on this machine, and
by e-mail."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from typing import Any

import msgspec

from helpline.channels import Category, Channel, approvals
from helpline.channels import actions as channels
from helpline.channels.contract import Raw
from helpline.channels.queries import all_of
from helpline.core import Actor, Tx, Units
from helpline.core.tokens import Signer, workspace_of
from helpline.intake.actions import keep

from ..consequences import CONSEQUENCES
from ..settings import Settings, secret_of
from ..simulating_channels.accounts import providers_for, secrets_at, settings_at
from ..simulating_channels.provider import Provider
from ..simulating_channels.server import Courier, Server
from .mails import ADDRESS, mails
from .templates import TEMPLATES, known
from .workspace import SHOP, SHOP_TAIWAN

NAMES = {
    "email": "hello@kestrel.example",
    "line": "LINE @kestrel",
    "telegram": "Telegram @kestrel_bot",
    "whatsapp": "WhatsApp +1 555-078-3881",
}
CATEGORIES = {"email": SHOP, "line": SHOP_TAIWAN, "telegram": SHOP, "whatsapp": SHOP}


@contextmanager
def lines(settings: Settings, key: str, base: str) -> Iterator[tuple[Settings, str]]:
    """The settings with which Helpline reaches the providers, and where the phones of their customers are."""
    providers = providers_for({})
    with ExitStack() as stack:
        server = stack.enter_context(Server(providers))
        for kind, hook in _connected(settings, key, providers, server.url).items():
            providers[kind].hooks.url = f"{base}/api/hooks/{hook}"
            stack.enter_context(Courier(providers[kind]))
        begin(providers)
        yield msgspec.structs.replace(settings, may_call=f"127.0.0.1:{server.port}", address=base), server.url


def begin(providers: Mapping[str, Any]) -> None:
    """Some customers write."""
    line, telegram, whatsapp = providers["line"], providers["telegram"], providers["whatsapp"]
    lin = line.meets("林怡君")
    line.follows(lin)
    line.says(lin, "您好，請問 Ridge 45 背包還有綠色的嗎？")
    line.sends(lin, {"type": "sticker", "packageId": "446", "stickerId": "1988", "keywords": ["hello"]})
    jonas = telegram.meets("Jonas Weber")
    telegram.starts(jonas)
    first = telegram.says(jonas, "Is the Fell lamp waterprof?")
    telegram.edits(jonas, first, "Is the Fell lamp waterproof?")
    whatsapp.templates = TEMPLATES
    _write_two_days_ago(whatsapp, "Mónica Ruiz", "Buenos días, ¿está listo mi abrigo? Lo dejé en el taller.")
    ana = whatsapp.meets("Ana García")
    whatsapp.says(ana, "Hola, my parcel says delivered, but it is not here. This is where I live:")
    home = {"latitude": 41.3874, "longitude": 2.1686, "name": "Casa", "address": "Carrer de Pelai, Barcelona"}
    whatsapp.sends(ana, {"type": "location", "location": home})


def _write_two_days_ago(whatsapp: Any, name: str, text: str) -> None:
    """Nobody can answer freely any more, but by a template."""
    now = whatsapp.now
    whatsapp.now = lambda: now() - timedelta(days=2)
    whatsapp.says(whatsapp.meets(name), text)
    whatsapp.now = now


def _connected(settings: Settings, key: str, providers: Mapping[str, Provider], url: str) -> dict[str, str]:
    """The channels at the providers, with the secrets that these have this time; the key of each."""
    home, signer = Actor.system(workspace_of(key) or ""), Signer(secret_of(settings))
    units = Units(settings.url, CONSEQUENCES)

    def locked(name: str, value: str) -> str:
        return signer.lock(value, home.workspace_id, name)

    try:
        units.run_now(home, _receive_mails)
        return {
            kind: units.run_now(
                home,
                _connect,
                kind,
                settings_at(kind, provider, url),
                {name: locked(name, value) for name, value in secrets_at(kind, provider).items()},
            )
            for kind, provider in providers.items()
        }
    finally:
        units.close()


def _receive_mails(tx: Tx) -> None:
    """A mailbox without a server, in which some mails lie; those that were taken in before change nothing."""
    _connect(tx, "email", {"address": ADDRESS, "sender_name": "Kestrel Outdoor"}, {})
    mailbox = next(one for one in all_of(tx, Channel) if one.name == NAMES["email"])
    for raw in mails():
        keep(tx, mailbox.id, Raw(body=raw, at=tx.now))


def _connect(tx: Tx, kind: str, settings: dict[str, str], sealed: dict[str, str]) -> str:
    told = {"settings": settings, "sealed": sealed}
    channel = next((one for one in all_of(tx, Channel) if one.name == NAMES[kind]), None)
    if channel is None:
        category = next(one for one in all_of(tx, Category) if one.name == CATEGORIES[kind])
        channel = channels.add_channel(tx, name=NAMES[kind], category_id=category.id, kind=kind, **told)
    else:
        channels.change(tx, channel, **told)
    if kind == "whatsapp":
        approvals.keep(tx, channel.id, known())
    return channel.public_key
