"""Answering as Twilio does, and the phones that it reaches."""

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from ..customers import Customer, Seen
from ..exchange import Asked, Refusal, Said, as_json
from ..hooks import Event, Sealed
from ..provider import Bucket, Provider

FIELDS = {"To", "From", "Body", "MediaUrl", "StatusCallback"}
STOP = {"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT"}
OF_NUMBERS = {"SmsUrl", "SmsMethod", "SmsApplicationSid"}
_NUMBER = re.compile(r"\+[1-9]\d{6,14}")
_URL = re.compile(r"https?://\S+")


class Sms(Provider):
    """One number and the phones that write to it."""

    most_at_once = 1

    def __init__(
        self, url: str = "", *, token: str = "", secret: str = "", now: Callable[[], datetime] | None = None
    ) -> None:
        super().__init__(url, now)
        self.account, self.number, self.told_at = "AC" + secrets.token_hex(16), "+15005550006", ""
        self.token = self.secret = token or secrets.token_hex(16)
        self.rate = Bucket(100, 100)
        self.route("POST", f"/2010-04-01/Accounts/{self.account}/Messages.json", self._send)
        self.route("GET", f"/2010-04-01/Accounts/{self.account}.json", self._account)
        self.number_id, self.application = "PN" + secrets.token_hex(16), "AP" + secrets.token_hex(16)
        numbers = f"/2010-04-01/Accounts/{self.account}/IncomingPhoneNumbers"
        self.route("GET", f"{numbers}.json", self._numbers)
        self.route("POST", f"{numbers}/{self.number_id}.json", self._set_number)

    def meets(self, name: str) -> Customer:
        """Somebody new."""
        return self.customers.add(f"+8869{self.count():08}", name)

    def says(self, customer: Customer, text: str, media: tuple[tuple[str, str], ...] = ()) -> str:
        """They write; the id of the message. Who writes STOP is not written to until they write START."""
        id = "SM" + secrets.token_hex(16)
        customer.last_wrote = self.now()
        customer.screen.append(Seen(id, "text", text, self.now(), ours=True))
        if text.strip().upper() in STOP:
            customer.has_blocked = True
        elif text.strip().upper() == "START":
            customer.has_blocked = False
        told = {"MessageSid": id, "AccountSid": self.account, "From": customer.id, "To": self.number, "Body": text}
        for at, (link, kind) in enumerate(media):
            told |= {f"MediaUrl{at}": link, f"MediaContentType{at}": kind}
        self.hooks.put({**told, "NumMedia": str(len(media))})
        return id

    def tells(self, message_id: str, status: str, code: int = 0) -> None:
        """What became of a message."""
        told = {"MessageSid": message_id, "MessageStatus": status, "AccountSid": self.account}
        self.hooks.put({**told, **({"ErrorCode": str(code)} if code else {})})

    def seal(self, events: list[Event], redelivered: bool) -> Sealed:
        """Sign the address and the parameters."""
        joined = self.hooks.url + "".join(name + value for name, value in sorted(events[0].items()))
        mac = base64.b64encode(hmac.new(self.secret.encode(), joined.encode(), hashlib.sha1).digest()).decode()
        headers = {"content-type": "application/x-www-form-urlencoded", "x-twilio-signature": mac}
        return Sealed(headers, urlencode(events[0]).encode())

    def not_found(self, asked: Asked) -> Said:
        return bad(404, 20404, f"The requested resource {asked.path} was not found").said

    def _answer(self, asked: Asked) -> Said:
        right = "Basic " + base64.b64encode(f"{self.account}:{self.token}".encode()).decode()
        if not hmac.compare_digest(asked.headers.get("authorization", "").encode(), right.encode()):
            raise bad(401, 20003, "Authenticate")
        return super()._answer(asked)

    def _send(self, asked: Asked) -> Said:
        given = dict(parse_qsl(asked.body.decode()))
        if unknown := given.keys() - FIELDS:
            raise bad(400, 21620, f"Unknown parameter {sorted(unknown)[0]}")
        if self.rate.wait("", self.now()):
            raise bad(429, 20429, "Too Many Requests")
        if given.get("From") != self.number:
            raise bad(400, 21606, "The From phone number is not a valid, SMS-capable number of your account")
        if not _NUMBER.fullmatch(given.get("To", "")):
            raise bad(400, 21211, f"Invalid 'To' Phone Number: {given.get('To', '')}")
        if not _URL.fullmatch(given.get("StatusCallback", "https://a")):
            raise bad(400, 21609, f"The StatusCallback URL {given['StatusCallback']} is not a valid URL.")
        if not given.get("Body") and not given.get("MediaUrl"):
            raise bad(400, 21602, "Message body is required.")
        if len(given.get("Body", "")) > 1600:
            raise bad(400, 21617, "The concatenated message body exceeds the 1600 character limit")
        customer = self.customers.find(given["To"])
        if customer and customer.has_blocked:
            raise bad(400, 21610, "Attempt to send to unsubscribed recipient")
        id = "SM" + secrets.token_hex(16)
        if customer is not None:
            kind = "media" if "MediaUrl" in given else "text"
            customer.screen.append(Seen(id, kind, given.get("Body", ""), self.now(), details=dict(given)))
        if "StatusCallback" in given:
            for status in ("sent", "delivered") if customer else ("undelivered",):
                self.tells(id, status, 0 if customer else 30003)
        return as_json({"sid": id, "status": "queued", "to": given["To"], "body": given.get("Body", "")}, 201)

    def _numbers(self, asked: Asked) -> Said:
        """All that hold these digits."""
        if unknown := asked.query.keys() - {"PhoneNumber", "PageSize"}:
            raise bad(400, 20001, f"Unknown parameter {sorted(unknown)[0]}")
        is_this = asked.query.get("PhoneNumber", "") in self.number
        return as_json({"incoming_phone_numbers": [self._number()] if is_this else [], "page": 0, "page_size": 50})

    def _set_number(self, asked: Asked) -> Said:
        given = dict(parse_qsl(asked.body.decode(), keep_blank_values=True))
        if unknown := given.keys() - OF_NUMBERS:
            raise bad(400, 20001, f"Unknown parameter {sorted(unknown)[0]}")
        if given.get("SmsMethod", "POST") not in {"GET", "POST"}:
            raise bad(400, 21403, "SmsMethod is invalid")
        if given.get("SmsUrl") and not _URL.fullmatch(given["SmsUrl"]):
            raise bad(400, 21402, f"SmsUrl {given['SmsUrl']} is not a valid URL")
        self.application = given.get("SmsApplicationSid", self.application)
        self.told_at = given.get("SmsUrl", self.told_at)
        if not self.application:  # else its addresses go before
            self.hooks.url = self.told_at
        return as_json(self._number())

    def _number(self) -> dict[str, Any]:
        urls = {"sms_url": self.told_at, "sms_method": "POST", "sms_application_sid": self.application}
        return {"sid": self.number_id, "account_sid": self.account, "phone_number": self.number, **urls}

    def _account(self, _: Asked) -> Said:
        return as_json({"sid": self.account, "friendly_name": "Helpline", "status": "active"})


def bad(status: int, code: int, message: str) -> Refusal:
    """An error as Twilio tells it."""
    told: dict[str, Any] = {"code": code, "message": message, "status": status}
    return Refusal(as_json({**told, "more_info": f"https://www.twilio.com/docs/errors/{code}"}, status))
