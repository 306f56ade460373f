"""The phones of simulated customers, to look at and to write on: what the page ``phones.html`` asks."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from .customers import Customer, Seen
from .exchange import Asked, Said, as_json
from .provider import Provider
from .whatsapp import WhatsApp

PAGE = Path(__file__).with_name("phones.html")


class Written(Struct, forbid_unknown_fields=True):
    """Somebody writes on their phone; somebody new, if there is no customer yet."""

    provider: str
    text: str
    customer: str = ""
    name: str = ""
    answers: str = ""
    """The message below which they tap."""


class Phones:
    """What stands on all phones."""

    def __init__(self, providers: Mapping[str, Provider]) -> None:
        self._providers = providers

    def answer(self, asked: Asked) -> Said | None:
        """A page or an answer to it; nothing for other paths."""
        if asked.method == "GET" and asked.path == "/":
            return Said(200, PAGE.read_bytes(), {"content-type": "text/html; charset=utf-8"})
        if asked.method == "GET" and asked.path == "/phones":
            return as_json([self._phone(name, one) for name, of in self._providers.items() for one in of.customers])
        # JSON only, so that no page of somebody else's can write here from a visitor's browser.
        if asked.method == "POST" and asked.path == "/phones" and "json" in asked.headers.get("content-type", ""):
            return self._write(asked.body)
        return None

    def _write(self, body: bytes) -> Said:
        try:
            written = msgspec.json.decode(body, type=Written)
        except msgspec.MsgspecError as error:
            return as_json({"message": str(error)}, 400)
        provider: Any = self._providers.get(written.provider)
        if provider is None or not written.text.strip():
            return as_json({"message": "Which provider, and what?"}, 400)
        customer = provider.customers.find(written.customer) or provider.meets(written.name or "Somebody")
        seen = customer.find(written.answers) if isinstance(provider, WhatsApp) else None
        chosen = next((one for one in offered(seen) if one == written.text), None) if seen else None
        if chosen and seen and seen.kind == "template":
            provider.presses(customer, seen.id, chosen)
        elif chosen and seen:
            provider.taps(customer, seen.id, chosen, chosen)
        else:
            provider.says(customer, written.text)
        return as_json({"customer": customer.id}, 201)

    def _phone(self, provider: str, customer: Customer) -> dict[str, Any]:
        told = {"provider": provider, "id": customer.id, "name": customer.name, "has_blocked": customer.has_blocked}
        return {**told, "messages": [_message(seen) for seen in customer.screen]}


def offered(seen: Seen) -> list[str]:
    """The answers that can be tapped below a message."""
    told = seen.details
    if items := told.get("quickReply", {}).get("items"):
        return [one["action"].get("text") or one["action"].get("label", "") for one in items]
    if rows := told.get("reply_markup", {}).get("keyboard"):
        return [key["text"] if isinstance(key, dict) else key for row in rows for key in row]
    if replies := told.get("replies"):
        return list(replies)
    action = told.get("interactive", {}).get("action", {})
    buttons = [one["reply"]["title"] for one in action.get("buttons", [])]
    return buttons or [row["title"] for section in action.get("sections", []) for row in section["rows"]]


def _message(seen: Seen) -> dict[str, Any]:
    told = {"id": seen.id, "ours": seen.ours, "kind": seen.kind, "text": seen.text, "at": seen.at}
    return {**told, "deleted": seen.deleted, "reaction": seen.reaction, "offered": [] if seen.ours else offered(seen)}
