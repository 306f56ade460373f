"""People with WhatsApp on their phones, and what is told of what they do."""

import base64
import hashlib
import secrets
from datetime import timedelta
from typing import Any

from ..customers import Customer, Seen
from ..provider import Provider

MEDIA_LASTS = timedelta(days=30)


class Users(Provider):
    """The customer's side of a phone number."""

    number: str
    phone_id: str

    def meets(self, name: str) -> Customer:
        """Somebody new."""
        return self.customers.add(f"8869{self.count():08}", name)

    def says(self, customer: Customer, text: str, **more: Any) -> str:
        """They write; the id of the message."""
        return self.sends(customer, {"type": "text", "text": {"body": text}, **more})

    def sends(self, customer: Customer, message: dict[str, Any]) -> str:
        """They send any kind of message; the window opens."""
        id = self.wamid()
        moment = str(int(self.now().timestamp()))
        whole = {"from": customer.id, "id": id, "timestamp": moment, **message}
        customer.last_wrote = self.now()
        kind = message["type"]
        part = message.get(kind)
        words = part.get("body") or part.get("caption") or "" if isinstance(part, dict) else ""
        if kind != "reaction":
            customer.screen.append(Seen(id, kind, words, self.now(), ours=True, details=whole))
        contact = {"profile": {"name": customer.name}, "wa_id": customer.id}
        self.happens({"contacts": [contact], "messages": [whole]})
        return id

    def sends_file(self, customer: Customer, kind: str, data: bytes, content_type: str, **more: Any) -> str:
        """They send an image, video, audio, document or sticker."""
        id = self.keep(data, content_type, lasts=MEDIA_LASTS, name=more.get("filename", ""))
        hashed = base64.b64encode(hashlib.sha256(data).digest()).decode()
        told = {"id": id, "mime_type": content_type, "sha256": hashed, **more}
        return self.sends(customer, {"type": kind, kind: told})

    def taps(self, customer: Customer, message_id: str, id: str, title: str, kind: str = "button_reply") -> str:
        """They choose one of the answers below a message."""
        context = {"from": self.number, "id": message_id}
        chosen = {"type": kind, kind: {"id": id, "title": title}}
        return self.sends(customer, {"type": "interactive", "context": context, "interactive": chosen})

    def presses(self, customer: Customer, message_id: str, text: str) -> str:
        """They tap what a template offers."""
        context = {"from": self.number, "id": message_id}
        return self.sends(customer, {"type": "button", "context": context, "button": {"payload": text, "text": text}})

    def reacts(self, customer: Customer, message_id: str, emoji: str) -> str:
        """They put an emoji to a message; none takes it away."""
        if seen := customer.find(message_id):
            seen.reaction = emoji
        told = {"message_id": message_id, **({"emoji": emoji} if emoji else {})}
        return self.sends(customer, {"type": "reaction", "reaction": told})

    def reads(self, customer: Customer) -> None:
        """They open the conversation: all that came is read."""
        for seen in customer.received:
            if not seen.details.get("is_read"):
                seen.details["is_read"] = True
                self.tells(customer, seen.id, "read")

    def tells(self, customer: Customer, message_id: str, status: str, **more: Any) -> None:
        """What became of a message."""
        moment = str(int(self.now().timestamp()))
        told = {"id": message_id, "status": status, "timestamp": moment, "recipient_id": customer.id, **more}
        self.happens({"statuses": [told]})

    def happens(self, what: dict[str, Any]) -> None:
        """Have something told."""
        metadata = {"display_phone_number": self.number, "phone_number_id": self.phone_id}
        self.hooks.put({"messaging_product": "whatsapp", "metadata": metadata, **what})

    def wamid(self) -> str:
        """An id as messages have."""
        return "wamid." + base64.b64encode(secrets.token_bytes(36)).decode()
