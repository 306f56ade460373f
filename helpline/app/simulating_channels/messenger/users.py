"""People with Messenger or Instagram on their phones, and what is told of what they do."""

import secrets
from datetime import timedelta
from typing import Any

from ..customers import Customer, Seen
from ..provider import Provider

LINK_LASTS = timedelta(days=1)


class Users(Provider):
    """The customer's side of a page or an account."""

    page_id: str
    address: str
    most_at_once = 1000

    def meets(self, name: str) -> Customer:
        """Somebody new."""
        return self.customers.add(f"70{self.count():014}", name)

    def says(self, customer: Customer, text: str, **more: Any) -> str:
        """They write; the id of the message."""
        return self.sends(customer, {"text": text, **more})

    def sends(self, customer: Customer, content: dict[str, Any]) -> str:
        """They send any kind of message."""
        mid = self.mid()
        customer.last_wrote = self.now()
        kind = content["attachments"][0]["type"] if "attachments" in content else "text"
        whole = {"mid": mid, **content}
        words = content.get("text", "")
        customer.screen.append(Seen(mid, kind, words, self.now(), ours=True, details=whole))
        self.happens(customer, message=whole)
        return mid

    def sends_file(self, customer: Customer, kind: str, data: bytes, content_type: str, **more: Any) -> str:
        """They send an image, video, audio or file, which lies behind a link for some time."""
        id = self.keep(data, content_type, lasts=LINK_LASTS, name=more.get("name", ""))
        payload = {"url": f"{self.address}/files/{id}"}
        return self.sends(customer, {"attachments": [{"type": kind, "payload": payload}]})

    def taps(self, customer: Customer, payload: str, title: str) -> None:
        """They tap a button."""
        self.happens(customer, postback={"mid": self.mid(), "title": title, "payload": payload})

    def reacts(self, customer: Customer, message_id: str, emoji: str) -> None:
        """They put an emoji to a message; none takes it away."""
        if seen := customer.find(message_id):
            seen.reaction = emoji
        told = {"action": "react" if emoji else "unreact", "mid": message_id}
        self.happens(customer, reaction={**told, **({"reaction": "other", "emoji": emoji} if emoji else {})})

    def edits(self, customer: Customer, message_id: str, text: str) -> None:
        """They change what they wrote."""
        if seen := customer.find(message_id):
            seen.text = text
        self.happens(customer, message_edit={"mid": message_id, "text": text, "num_edit": 1})

    def unsends(self, customer: Customer, message_id: str) -> None:
        """They take a message back (Instagram)."""
        if seen := customer.find(message_id):
            seen.deleted = True
        self.happens(customer, message={"mid": message_id, "is_deleted": True})

    def receives(self, customer: Customer) -> None:
        """All that was sent to them has reached their phone."""
        told = {"mids": [seen.id for seen in customer.received], "watermark": self._moment()}
        self.happens(customer, delivery=told)

    def reads(self, customer: Customer) -> None:
        """They have seen all that was sent to them."""
        self.happens(customer, read={"watermark": self._moment()})

    def answers(self, customer: Customer, text: str, app_id: int | None = None, **more: Any) -> str:
        """Somebody of the business answers them in Meta's own inbox, or by another program; the id of the message."""
        mid = self.mid()
        customer.screen.append(Seen(mid, "text", text, self.now()))
        self.echo(customer, {"mid": mid, "text": text, **more}, app_id)
        return mid

    def echo(self, customer: Customer, message: dict[str, Any], app_id: int | None) -> None:
        """What was sent to somebody is told; quick replies are not told of."""
        said = {name: value for name, value in message.items() if name != "quick_replies"} | {"is_echo": True}
        said |= {} if app_id is None else {"app_id": app_id}
        around = {"sender": {"id": self.page_id}, "recipient": {"id": customer.id}, "timestamp": self._moment()}
        self.hooks.put({**around, "message": said})

    def happens(self, customer: Customer, **what: Any) -> None:
        """Have something told."""
        around = {"sender": {"id": customer.id}, "recipient": {"id": self.page_id}, "timestamp": self._moment()}
        self.hooks.put({**around, **what})

    def mid(self) -> str:
        """An id as messages have."""
        return "m_" + secrets.token_urlsafe(32)

    def _moment(self) -> int:
        return int(self.now().timestamp() * 1000)
