"""Channels as their adapters know them, at simulated providers; and what is to be sent by them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from helpline.app.simulating_channels.line import Line
from helpline.app.simulating_channels.messenger import Messenger
from helpline.app.simulating_channels.telegram import Telegram
from helpline.app.simulating_channels.whatsapp import WhatsApp
from helpline.channels.contract import Account, Outbound, OutFile, Raw
from helpline.outside import Outside

ANYWHERE = Outside("*")
KEY = "01890a5d-ac96-774b-bcce-b302099a8057"


def of_line(line: Line, base: str = "") -> Account:
    """An official account."""
    secrets = {"channel_secret": line.secret, "token": line.token}
    return Account(channel_id="c", settings={"base_url": f"{base}/line" if base else ""}, secrets=secrets)


def of_telegram(telegram: Telegram, base: str = "") -> Account:
    """A bot."""
    secrets = {"token": telegram.token, "webhook_secret": telegram.secret}
    return Account(channel_id="c", settings={"base_url": f"{base}/telegram" if base else ""}, secrets=secrets)


def of_whatsapp(whatsapp: WhatsApp, base: str = "", provider: str = "meta") -> Account:
    """A number."""
    version = "/v23.0" if provider == "meta" else ""
    settings = {"provider": provider, "phone_number_id": whatsapp.phone_id, "base_url": f"{base}/whatsapp{version}"}
    settings |= {"business_account_id": whatsapp.account_id} if provider == "meta" else {}
    secrets = {"token": whatsapp.token, "app_secret": whatsapp.secret, "verify_token": "agreed"}
    return Account(channel_id="c", settings=settings, secrets=secrets)


def of_messenger(messenger: Messenger, base: str = "") -> Account:
    """A page, or an Instagram account."""
    settings = {"page_id": messenger.page_id, "base_url": f"{base}/messenger/v23.0"}
    secrets = {"token": messenger.token, "app_secret": messenger.secret, "verify_token": "agreed"}
    return Account(channel_id="c", settings=settings, secrets=secrets)


def out(to: str, text: str = "", **more: Any) -> Outbound:
    """A message to be sent."""
    given = {"key": KEY, "message_id": "m", "conversation_id": "c", "at": datetime.now(UTC), **more}
    return Outbound(to=to, text=text, **given)


def file(path: Path, name: str, media_type: str, data: bytes = b"data") -> OutFile:
    """A file to be sent, which lies here."""
    (path / name).write_bytes(data)
    url = f"https://desk.example/files/{name}"
    preview = f"{url}/preview" if media_type.startswith("image/") else ""
    return OutFile(name=name, media_type=media_type, size=len(data), url=url, preview=preview, path=path / name)


def raw(body: bytes, **headers: str) -> Raw:
    """What came in; names of headers with ``_`` for ``-``."""
    return Raw(body=body, headers={name.replace("_", "-"): value for name, value in headers.items()})
