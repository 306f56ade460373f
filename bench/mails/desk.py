"""The shop's side: a workspace with two mailboxes, whose administrator answers."""

from typing import Any

import httpx

from helpline.core import new_id

from .letters import BOXES, SHOP

EMAIL, PASSWORD = "ada@example.com", "a long enough password"


class Desk:
    """An administrator who is signed in, also when the server was killed meanwhile."""

    def __init__(self, url: str) -> None:
        self.client = httpx.Client(base_url=url, timeout=60, transport=httpx.HTTPTransport(retries=2))

    def set_up(self, told: dict[str, Any]) -> None:
        """A workspace that greets whoever writes, with mailboxes that are reached as ``told``."""
        given = {"workspace_name": "Shop", "name": "Ada", "email": EMAIL, "password": PASSWORD}
        made = self._sure(self.client.post("/api/setup", json=given))
        self.client.headers["x-csrf-token"] = made["csrf"]
        settings = self._sure(self.client.get("/api/session-settings"))
        welcome = {"on": True, "texts": {"en": "We have your mail."}}
        change = {"version": settings["version"], "prompts": {"welcome": welcome}}
        self._sure(self.client.patch("/api/session-settings", json=change))
        category = self._sure(self.client.get("/api/channel-categories"))[0]["id"]
        for box in BOXES:
            own = {
                "address": f"{box}@{SHOP}",
                "imap_user": box,
                "imap_folders": ["INBOX", "Orders"],
                "reply_tags": box == "sales",
            }
            channel = {"name": box, "kind": "email", "category_id": category, "settings": told | own}
            self._sure(self.client.post("/api/channels", json=channel | {"secrets": {"imap_password": "secret"}}))

    def folders(self) -> int:
        """How many folders are being read."""
        channels = [one for one in self._sure(self.client.get("/api/channels")) if one["kind"] == "email"]
        return sum(len(self._sure(self.client.get(f"/api/channels/{one['id']}/mail-folders"))) for one in channels)

    def take(self, conversation_id: str) -> None:
        """Serve a conversation."""
        self._sure(self.client.post(f"/api/conversations/{conversation_id}/take"))

    def answer(self, conversation_id: str, text: str) -> None:
        """Write to its contact; asked again, it is the same message."""
        given = {"id": new_id(), "text": text, "anyway": True}
        self._sure(self.client.post(f"/api/conversations/{conversation_id}/messages", json=given))

    def close(self, conversation_id: str) -> None:
        """End it."""
        self._sure(self.client.post(f"/api/conversations/{conversation_id}/close", json={}))

    @staticmethod
    def _sure(answer: httpx.Response) -> Any:
        if answer.is_error:
            raise RuntimeError(f"{answer.request.url}: {answer.status_code} {answer.text[:500]}")
        return answer.json() if answer.content else None
