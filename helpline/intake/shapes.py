"""How what is in quarantine looks on the wire."""

from datetime import datetime
from typing import Any

from helpline.core import Out

from .models import Payload, PayloadState
from .queries import raw_of

MOST_SHOWN = 20_000


class PayloadOut(Out):
    id: str
    channel_id: str
    at: datetime
    error: str
    """Why it could not be understood."""
    size: int
    attempts: int


class PayloadDetailOut(PayloadOut):
    state: PayloadState
    headers: dict[str, str]
    text: str
    """How it begins, as text; bytes that are none are shown as question marks."""


class PayloadPage(Out):
    items: list[PayloadOut]
    next: str | None


def payload_out(row: Payload) -> PayloadOut:
    """Something in quarantine, for a list."""
    return PayloadOut(**_fields(row))


def payload_detail_out(row: Payload) -> PayloadDetailOut:
    """Something in quarantine, with how it begins."""
    text = raw_of(row).content[:MOST_SHOWN].decode(errors="replace")
    return PayloadDetailOut(**_fields(row), state=PayloadState(row.state), headers=row.headers, text=text)


def _fields(row: Payload) -> dict[str, Any]:
    return {
        "id": row.id,
        "channel_id": row.channel_id,
        "at": row.at,
        "error": row.error,
        "size": len(row.body),
        "attempts": row.attempts,
    }
