"""Some provider of SMS with an HTTP API of its own: named otherwise than Twilio's, and as strict."""

import base64
import hmac
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from ..customers import Customer, Seen
from ..exchange import Asked, Said, as_json
from ..hooks import Event, Sealed
from ..provider import Provider


class To(Struct, forbid_unknown_fields=True):
    msisdn: Annotated[str, Meta(pattern=r"^\+[1-9]\d{6,14}$")]


class Sent(Struct, forbid_unknown_fields=True):
    recipient: To
    body: Annotated[str, Meta(min_length=1, max_length=1600)]
    originator: str
    reference: str = ""


class Gateway(Provider):
    """One number and the phones that write to it; what it tells is signed by an HMAC, or has the secret beside it."""

    most_at_once = 1

    def __init__(
        self, url: str = "", *, token: str = "", secret: str = "", now: Callable[[], datetime] | None = None
    ) -> None:
        super().__init__(url, now)
        self.token, self.secret = token or secrets.token_hex(16), secret or secrets.token_hex(16)
        self.number, self.signs = "+4915112345678", True
        self.route("POST", "/v2/messages", self._send)

    def meets(self, name: str) -> Customer:
        """Somebody new."""
        return self.customers.add(f"+8869{self.count():08}", name)

    def says(self, customer: Customer, text: str) -> str:
        """They write; the id of the message."""
        id = secrets.token_hex(8)
        customer.last_wrote = self.now()
        customer.screen.append(Seen(id, "text", text, self.now(), ours=True))
        self.hooks.put({"message": {"ref": id, "msisdn": customer.id, "content": text}})
        return id

    def tells(self, message_id: str, state: str) -> None:
        """What became of a message."""
        self.hooks.put({"message": {"ref": message_id, "dlr": state}})

    def seal(self, events: list[Event], redelivered: bool) -> Sealed:
        """Sign the body, or bring the secret."""
        body = msgspec.json.encode(events[0])
        mac = base64.b64encode(hmac.digest(self.secret.encode(), body, "sha256")).decode()
        return Sealed({"content-type": "application/json", "x-sig": mac if self.signs else self.secret}, body)

    def not_found(self, asked: Asked) -> Said:
        return as_json({"error": "no such resource"}, 404)

    def _answer(self, asked: Asked) -> Said:
        if not hmac.compare_digest(asked.headers.get("x-api-key", "").encode(), self.token.encode()):
            return as_json({"error": "bad key"}, 401)
        return super()._answer(asked)

    def _send(self, asked: Asked) -> Said:
        try:
            sent = msgspec.json.decode(asked.body, type=Sent)
        except msgspec.MsgspecError as error:
            return as_json({"error": str(error)}, 400)
        if sent.originator != self.number:
            return as_json({"error": "unknown originator"}, 400)
        id, customer = secrets.token_hex(8), self.customers.find(sent.recipient.msisdn)
        if customer is not None:
            details: dict[str, Any] = msgspec.json.decode(asked.body)
            customer.screen.append(Seen(id, "text", sent.body, self.now(), details=details))
        self.tells(id, "ACCEPTD")
        self.tells(id, "DELIVRD" if customer else "UNDELIV")
        return as_json({"messages": [{"ref": id}]}, 202)
