"""Answering as the Graph API does for a page, or for an Instagram account."""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import msgspec

from ..customers import Customer, Seen
from ..exchange import Asked, Refusal, Said, as_json
from ..hooks import Event, Sealed
from ..provider import Bucket
from .messages import Message, Send, Subscription, complaint
from .users import Users

WINDOW, WITH_TAG = timedelta(hours=24), timedelta(days=7)


class Messenger(Users):
    """A page and the people who write to it; an Instagram account where ``instagram``."""

    def __init__(
        self,
        url: str = "",
        *,
        secret: str = "",
        token: str = "",
        now: Callable[[], datetime] | None = None,
        instagram: bool = False,
    ) -> None:
        super().__init__(url, now)
        self.instagram, self.page_id, self.address = instagram, "104061279074429", ""
        self.app_id: int | None = None if instagram else 1517776481860111
        self.secret, self.token = secret or secrets.token_hex(16), token or "EAA" + secrets.token_urlsafe(60)
        self.rate = Bucket(250, 250)
        self.actions: list[tuple[str, str]] = []
        self.route("POST", f"/v[0-9]+[.][0-9]/({self.page_id}|me)/messages", self._send)
        self.route("GET", f"/v[0-9]+[.][0-9]/({self.page_id}|me)", self._page)
        self.route("POST", f"/v[0-9]+[.][0-9]/({self.page_id}|me)/subscribed_apps", self._subscribe)
        self.subscribed: list[str] = []
        self.route("GET", "/v[0-9]+[.][0-9]/(?P<id>[0-9]+)", self._person)
        self.route("GET", "/files/(?P<id>[0-9]+)", self._file)

    def seal(self, events: list[Event], redelivered: bool) -> Sealed:
        """Sign what is told; a redelivered request is the same."""
        moment = int(self.now().timestamp() * 1000)
        entry = [{"id": self.page_id, "time": moment, "messaging": events}]
        body = msgspec.json.encode({"object": "instagram" if self.instagram else "page", "entry": entry})
        mac = hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()
        return Sealed({"content-type": "application/json", "x-hub-signature-256": f"sha256={mac}"}, body)

    def not_found(self, asked: Asked) -> Said:
        return bad(400, 100, "Unsupported request", 33).said

    def _answer(self, asked: Asked) -> Said:
        given = asked.bearer or asked.query.get("access_token", "")
        if not asked.path.startswith("/files/") and not hmac.compare_digest(given.encode(), self.token.encode()):
            raise bad(401, 190, "Error validating access token: The session has been invalidated.", 460)
        return super()._answer(asked)

    def _send(self, asked: Asked) -> Said:
        try:
            sent = msgspec.json.decode(asked.body, type=Send)
        except msgspec.MsgspecError as error:
            raise bad(400, 100, f"(#100) {error}") from None
        if wrong := complaint(sent, instagram=self.instagram):
            raise bad(400, 100, f"(#100) {wrong}")
        customer = self.customers.find(sent.recipient.id)
        if customer is None:
            raise bad(400, 100, "(#100) No matching user found", 2018001)
        if self.rate.wait("", self.now()):
            raise bad(400, 613, "(#613) Calls to this api have exceeded the rate limit.")
        if customer.has_blocked:
            raise bad(400, 551, "(#551) This person isn't available right now.", 1545041)
        window = WITH_TAG if sent.tag else WINDOW
        if customer.last_wrote is None or customer.last_wrote + window < self.now():
            raise bad(400, 10, "(#10) This message is sent outside of allowed window.", 2018278)
        if sent.sender_action and sent.payload:
            seen = customer.find(sent.payload.message_id)
            if seen is None:
                raise bad(400, 100, "(#100) Invalid parameter")
            seen.reaction = sent.payload.reaction or ""
        if sent.sender_action:
            self.actions.append((customer.id, sent.sender_action))
            return as_json({"recipient_id": customer.id})
        mid = self.mid()
        if sent.message:
            self._show(customer, mid, sent.message, asked)
            if ("messages" if self.instagram else "message_echoes") in self.subscribed:
                told = msgspec.json.decode(asked.body)["message"]
                self.echo(customer, {"mid": mid, **told}, app_id=self.app_id)
        return as_json({"recipient_id": customer.id, "message_id": mid})

    def _show(self, customer: Customer, mid: str, message: Message, asked: Asked) -> None:
        told: dict[str, Any] = msgspec.json.decode(asked.body)
        kind = message.attachment.type if message.attachment else "text"
        customer.screen.append(Seen(mid, kind, message.text or "", self.now(), details=told))

    def _subscribe(self, asked: Asked) -> Said:
        try:
            self.subscribed = list(msgspec.json.decode(asked.body, type=Subscription).subscribed_fields)
        except msgspec.MsgspecError as error:
            raise bad(400, 100, f"(#100) {error}") from None
        return as_json({"success": True})

    def _page(self, _: Asked) -> Said:
        return as_json({"id": self.page_id, "name": "Helpline"})

    def _person(self, asked: Asked, id: str) -> Said:
        customer = self.customers.find(id)
        if customer is None:
            raise bad(400, 100, f"Unsupported get request. Object with ID '{id}' does not exist", 33)
        first, _, last = customer.name.partition(" ")
        names = {"name": customer.name} if self.instagram else {"first_name": first, "last_name": last}
        return as_json({**names, "id": id})

    def _file(self, _: Asked, id: str) -> Said:
        kept = self.file(id)
        return Said(200, kept.data, {"content-type": kept.content_type}) if kept else Said(404)


def bad(status: int, code: int, message: str, subcode: int | None = None) -> Refusal:
    """An error as the Graph API tells it."""
    told: dict[str, Any] = {"message": message, "type": "OAuthException", "code": code}
    if subcode is not None:
        told["error_subcode"] = subcode
    return Refusal(as_json({"error": {**told, "fbtrace_id": secrets.token_urlsafe(8)}}, status))
