"""A running server with mailboxes, and ways to put mails in and see what became of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import msgspec

from helpline.app.settings import Settings
from helpline.core import new_id
from tests.running import Running

SECRET = "a secret of the forwarder"


@dataclass
class Desk:
    """A workspace with mailboxes, as its administrator sees it."""

    running: Running
    admin: httpx.Client
    channels: dict[str, dict[str, Any]] = field(default_factory=dict)

    def open(self, address: str, **told: Any) -> dict[str, Any]:
        """A channel of kind e-mail; names that end with password or token are secrets."""
        category = self.admin.get("/api/channel-categories").json()[0]["id"]
        secrets = {name: value for name, value in told.items() if name.endswith(("_password", "_token"))}
        settings = {"address": address, **{name: value for name, value in told.items() if name not in secrets}}
        given = {"name": address, "kind": "email", "category_id": category, "settings": settings}
        made = self.admin.post("/api/channels", json=given | {"secrets": {"http_secret": SECRET, **secrets}})
        assert made.status_code == 201, made.text
        self.channels[address] = made.json()
        return self.channels[address]

    def put(self, mail: bytes, address: str = "support@shop.example", secret: str = SECRET) -> httpx.Response:
        """Put a raw mail in by HTTP."""
        path = self.channels[address]["hook"].removeprefix(self.running.url)
        headers = {"x-helpline-secret": secret, "content-type": "message/rfc822"}
        return self.running.client().post(path, content=mail, headers=headers)

    def conversations(self) -> list[dict[str, Any]]:
        """The newest last."""
        found: list[dict[str, Any]] = self.admin.get("/api/conversations?view=all&limit=100").json()["items"]
        return sorted(found, key=lambda one: str(one["created_at"]))

    def said(self, conversation_id: str) -> list[dict[str, Any]]:
        """What the two sides wrote."""
        found = self.admin.get(f"/api/conversations/{conversation_id}/messages").json()["items"]
        return [one for one in found if one["author"]["kind"] in {"contact", "agent"}]

    def events(self, conversation_id: str) -> list[dict[str, Any]]:
        found = self.admin.get(f"/api/conversations/{conversation_id}/messages").json()["items"]
        return [one["event"] for one in found if one["event"]]

    def quarantine(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.admin.get("/api/quarantine").json()["items"]
        return found

    def take(self, conversation_id: str) -> None:
        taken = self.admin.post(f"/api/conversations/{conversation_id}/take")
        assert taken.status_code in {200, 201}, taken.text

    def close(self, conversation_id: str) -> None:
        closed = self.admin.post(f"/api/conversations/{conversation_id}/close", json={})
        assert closed.status_code in {200, 201}, closed.text

    def answer(self, conversation_id: str, text: str, **more: Any) -> dict[str, Any]:
        given = {"id": new_id(), "text": text, "anyway": True, **more}
        sent = self.admin.post(f"/api/conversations/{conversation_id}/messages", json=given)
        assert sent.status_code in {200, 201}, sent.text
        found: dict[str, Any] = sent.json()
        return found

    def mail(self, message_id: str, **query: Any) -> dict[str, Any]:
        found = self.admin.get(f"/api/messages/{message_id}/mail", params=query)
        assert found.status_code == 200, found.text
        whole: dict[str, Any] = found.json()
        return whole


@contextmanager
def desk(settings: Settings) -> Iterator[Desk]:
    """A running server; the shop's mailbox takes mails by HTTP."""
    with Running(msgspec.structs.replace(settings, may_call="*")) as running:
        one = Desk(running, running.set_up())
        one.open("support@shop.example", sender_name="Shop")
        yield one
