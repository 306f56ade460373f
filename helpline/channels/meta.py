"""What Meta's platforms have in common: how they sign, and how they greet an address for the first time."""

import hashlib
import hmac
from collections.abc import Mapping

from .contract import Account, Raw


def is_signed(account: Account, raw: Raw) -> bool:
    """By the signature over the body, made with the app's secret."""
    secret = account.secrets.get("app_secret", "").encode()
    mac = f"sha256={hmac.new(secret, raw.body, hashlib.sha256).hexdigest()}".encode()
    return bool(secret) and hmac.compare_digest(mac, raw.headers.get("x-hub-signature-256", "").encode())


def greeting(account: Account, query: Mapping[str, str]) -> str | None:
    """Meta asks once whether the address is ours, by a word that was agreed; what it wants to hear then."""
    agreed, given = account.secrets.get("verify_token", ""), query.get("hub.verify_token", "")
    is_right = bool(agreed) and hmac.compare_digest(agreed.encode(), given.encode())
    return query.get("hub.challenge", "") if is_right and query.get("hub.mode") == "subscribe" else None


def chosen(title: str, data: str) -> str:
    """The words of a choice that was tapped, whole again where they were too long for their button."""
    return data if title.endswith("…") and data.startswith(title[:-1]) else title or data
