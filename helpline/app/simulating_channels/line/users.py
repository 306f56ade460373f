"""People with LINE on their phones, and what LINE tells of what they do."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from ..customers import Customer, Seen
from ..provider import Provider

CONTENT_LASTS = timedelta(days=7)
REPLY_WITHIN = timedelta(minutes=1)
QUOTABLE = {"text", "sticker", "image", "video", "template"}


class Users(Provider):
    """The customer's side of the account."""

    reply_tokens: dict[str, tuple[str, datetime]]
    read_tokens: dict[str, str]
    quote_tokens: set[str]

    def meets(self, name: str) -> Customer:
        """Somebody new, who is not yet a friend of the account."""
        return self.customers.add("U" + secrets.token_hex(16), name)

    def gathers(self, name: str, speaker: Customer) -> Customer:
        """A group that the account was taken into."""
        group = self.customers.add("C" + secrets.token_hex(16), name)
        group.speaker = speaker
        self.happens("join", group, replies=True)
        return group

    def says(self, customer: Customer, text: str, **more: Any) -> str:
        """They write; the id of the message."""
        return self.sends(customer, {"type": "text", "text": text, **more})

    def sends(self, customer: Customer, message: dict[str, Any], data: bytes = b"", content_type: str = "") -> str:
        """They send any kind of message, with its file if it has one."""
        kind = message["type"]
        id = self.keep(data, content_type, lasts=CONTENT_LASTS) if content_type else self.next_id()
        whole = {"id": id, **message, "markAsReadToken": secrets.token_urlsafe(12)}
        if kind in QUOTABLE:
            whole["quoteToken"] = secrets.token_urlsafe(12)
            self.quote_tokens.add(whole["quoteToken"])
        if kind in {"image", "video", "audio"}:
            whole.setdefault("contentProvider", {"type": "line"})
        self.read_tokens[whole["markAsReadToken"]] = id
        customer.last_wrote = self.now()
        customer.screen.append(Seen(id, kind, message.get("text", ""), self.now(), ours=True, details=whole))
        self.happens("message", customer, replies=True, message=whole)
        return id

    def taps(self, customer: Customer, data: str, params: dict[str, str] | None = None) -> None:
        """They tap a button that has data behind it."""
        self.happens(
            "postback", customer, replies=True, postback={"data": data, **({"params": params} if params else {})}
        )

    def unsends(self, customer: Customer, message_id: str) -> None:
        """They take a message back."""
        if seen := customer.find(message_id):
            seen.deleted = True
        self.happens("unsend", customer, unsend={"messageId": message_id})

    def follows(self, customer: Customer) -> None:
        """They add the account as a friend, or unblock it."""
        was_blocked, customer.has_blocked = customer.has_blocked, False
        self.happens("follow", customer, replies=True, follow={"isUnblocked": was_blocked})

    def blocks(self, customer: Customer) -> None:
        """They block the account: nothing reaches them, and nobody says so."""
        customer.has_blocked = True
        self.happens("unfollow", customer)

    def happens(self, kind: str, customer: Customer, *, replies: bool = False, **what: Any) -> dict[str, Any]:
        """Have an event told."""
        event: dict[str, Any] = {
            "type": kind,
            "mode": "active",
            "timestamp": int(self.now().timestamp() * 1000),
            "source": _source(customer, kind),
            "webhookEventId": "01" + secrets.token_hex(12).upper(),
            **what,
        }
        if replies:
            event["replyToken"] = secrets.token_hex(16)
            self.reply_tokens[event["replyToken"]] = (customer.id, self.now() + REPLY_WITHIN)
        self.hooks.put(event)
        return event

    def shows(self, to: str, message: dict[str, Any]) -> dict[str, str]:
        """A message reaches a screen, unless they have blocked the account."""
        sent = {"id": self.next_id()}
        if message["type"] in QUOTABLE:
            sent["quoteToken"] = secrets.token_urlsafe(12)
            self.quote_tokens.add(sent["quoteToken"])
        customer = self.customers.find(to)
        if customer and not customer.has_blocked:
            words = message.get("text") or message.get("altText") or message.get("title") or ""
            customer.screen.append(Seen(sent["id"], message["type"], words, self.now(), details=message))
        return sent


def _source(customer: Customer, kind: str) -> dict[str, str]:
    if customer.speaker is None:
        return {"type": "user", "userId": customer.id}
    who = {} if kind in {"join", "leave"} else {"userId": customer.speaker.id}
    return {"type": "group", "groupId": customer.id, **who}
