"""Signatures by the Standard Webhooks scheme, so that a server can tell that a call is ours, whole and fresh."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime

PREFIX = "whsec_"
TOLERANCE = 300
"""Seconds by which the time of a call may differ from the receiver's clock."""


def secret_from(key: bytes) -> str:
    """A key as it is handed out."""
    return PREFIX + base64.b64encode(key).decode()


def signed(secret: str, id: str, at: datetime, body: bytes) -> dict[str, str]:
    """The headers that vouch for ``body``, the message ``id``, sent at ``at``."""
    moment = str(int(at.timestamp()))
    return {"webhook-id": id, "webhook-timestamp": moment, "webhook-signature": _signature(secret, id, moment, body)}


def is_signed(secret: str, headers: Mapping[str, str], body: bytes, now: datetime) -> bool:
    """Whether one of the signatures in the headers is right and fresh: what receivers do."""
    id, moment = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not (moment.isascii() and moment.isdigit()) or abs(int(moment) - now.timestamp()) > TOLERANCE:
        return False
    right = _signature(secret, id, moment, body).encode()
    given = headers.get("webhook-signature", "").split(" ")
    return any(hmac.compare_digest(one.encode(), right) for one in given)


def _signature(secret: str, id: str, moment: str, body: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    mac = hmac.new(key, f"{id}.{moment}.".encode() + body, hashlib.sha256)
    return f"v1,{base64.b64encode(mac.digest()).decode()}"
