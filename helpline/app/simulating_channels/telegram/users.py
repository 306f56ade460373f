"""People with Telegram on their phones, and what Telegram tells of what they do."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from ..customers import Customer, Seen
from ..provider import Provider
from . import media

QUERY_LASTS = timedelta(minutes=15)


class Users(Provider):
    """The customer's side of a bot."""

    bot: dict[str, Any]
    queries: dict[str, datetime]
    most_at_once = 1

    def meets(self, name: str) -> Customer:
        """Somebody new, who has not yet started the bot."""
        return self.customers.add(str(500_000_000 + self.count()), name)

    def gathers(self, name: str, speaker: Customer) -> Customer:
        """A group that the bot was taken into."""
        group = self.customers.add(str(-1_000_000_000_000 - self.count()), name)
        group.speaker = speaker
        self._is_member(group, "left", "member")
        return group

    def starts(self, customer: Customer) -> str:
        """They press Start, also after they had blocked it."""
        if customer.has_blocked:
            customer.has_blocked = False
            self._is_member(customer, "kicked", "member")
        return self.says(customer, "/start")

    def says(self, customer: Customer, text: str, **more: Any) -> str:
        """They write; the id of the message."""
        return self.sends(customer, {"text": text, **more})

    def sends(self, customer: Customer, content: dict[str, Any]) -> str:
        """They send any kind of message: what it holds beside id, chat and date."""
        message = self.message(customer, content, ours=True)
        customer.last_wrote = self.now()
        self.happens("message", message)
        return str(message["message_id"])

    def sends_file(self, customer: Customer, kind: str, data: bytes, content_type: str, **more: Any) -> str:
        """They send a photo, video, audio, voice, document or sticker."""
        caption = {"caption": more.pop("caption")} if "caption" in more else {}
        id = self.keep(data, content_type, lasts=timedelta(days=365), name=more.pop("file_name", ""))
        return self.sends(customer, {**media.told(kind, id, self, **more), **caption})

    def edits(self, customer: Customer, message_id: str, text: str) -> None:
        """They change what they wrote."""
        seen = customer.find(message_id)
        if seen is None:
            raise LookupError(message_id)
        seen.text, seen.details["text"] = text, text
        self.happens("edited_message", {**seen.details, "edit_date": self._moment()})

    def taps(self, customer: Customer, message_id: str, data: str) -> str:
        """They tap a button below a message; the id of the query."""
        seen = customer.find(message_id)
        if seen is None:
            raise LookupError(message_id)
        id = str(secrets.randbelow(2**62))
        self.queries[id] = self.now() + QUERY_LASTS
        asked = {"id": id, "from": self._user(customer), "chat_instance": "1", "data": data}
        self.happens("callback_query", {**asked, "message": seen.details})
        return id

    def reacts(self, customer: Customer, message_id: str, emoji: str) -> None:
        """They put an emoji below a message; none takes it away."""
        seen = customer.find(message_id)
        if seen is None:
            raise LookupError(message_id)
        before, seen.reaction = seen.reaction, emoji
        old, new = ([{"type": "emoji", "emoji": one}] if one else [] for one in (before, emoji))
        told = {"chat": self._chat(customer), "message_id": int(message_id), "user": self._user(customer)}
        self.happens("message_reaction", {**told, "date": self._moment(), "old_reaction": old, "new_reaction": new})

    def blocks(self, customer: Customer) -> None:
        """They stop the bot."""
        customer.has_blocked = True
        self._is_member(customer, "member", "kicked")

    def happens(self, kind: str, what: dict[str, Any]) -> None:
        """Have an update told."""
        self.hooks.put({"update_id": 10_000_000 + self.count(), kind: what})

    def message(self, customer: Customer, content: dict[str, Any], *, ours: bool) -> dict[str, Any]:
        """A message, put on their screen."""
        writer = self._user(customer) if ours else self.bot
        id = self.count()
        whole = {"message_id": id, "from": writer, "chat": self._chat(customer), "date": self._moment(), **content}
        kind = next((one for one in ("text", *(c.field for c in media.CARRIED.values())) if one in content), "other")
        words = content.get("text") or content.get("caption") or ""
        customer.screen.append(Seen(str(id), kind, words, self.now(), ours=ours, details=whole))
        return whole

    def _is_member(self, customer: Customer, before: str, after: str) -> None:
        old: dict[str, Any] = {"status": before, "user": self.bot}
        new: dict[str, Any] = {"status": after, "user": self.bot}
        if after == "kicked":
            new["until_date"] = 0
        told = {"chat": self._chat(customer), "from": self._user(customer), "date": self._moment()}
        self.happens("my_chat_member", {**told, "old_chat_member": old, "new_chat_member": new})

    def _user(self, customer: Customer) -> dict[str, Any]:
        person = customer.speaker or customer
        first, _, last = person.name.partition(" ")
        names = {"first_name": first, **({"last_name": last} if last else {})}
        return {"id": int(person.id), "is_bot": False, **names, "language_code": "en"}

    def _chat(self, customer: Customer) -> dict[str, Any]:
        if customer.speaker is not None:
            return {"id": int(customer.id), "type": "supergroup", "title": customer.name}
        return {"id": int(customer.id), "type": "private", "first_name": customer.name.partition(" ")[0]}

    def _moment(self) -> int:
        return int(self.now().timestamp())
