"""Answering as LINE does: who asks, how often, with which token, and what for."""

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

import msgspec

from ..exchange import Asked, Refusal, Said, as_json
from ..hooks import Event, Sealed
from ..provider import Bucket
from .messages import Endpoint, Loading, MarkAsRead, Message, Push, Reply, Tried, complaint
from .users import Users

KEYS_LAST = timedelta(hours=24)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_AT = re.compile(r"\$\.?([^`]*)")
Body = TypeVar("Body")


class Line(Users):
    """One LINE official account and the people who write to it."""

    def __init__(
        self,
        url: str = "",
        *,
        secret: str = "",
        token: str = "",
        now: Callable[[], datetime] | None = None,
        quota: int | None = None,
    ) -> None:
        super().__init__(url, now)
        self.secret, self.token = secret or secrets.token_hex(16), token or secrets.token_urlsafe(64)
        self.bot_id = "U" + secrets.token_hex(16)
        self.quota, self.pushed = quota, 0
        self.rate = Bucket(2000, 2000)
        self.reply_tokens: dict[str, tuple[str, datetime]] = {}
        self.read_tokens: dict[str, str] = {}
        self.quote_tokens: set[str] = set()
        self.read: list[str] = []
        self.loading: list[str] = []
        self._accepted: dict[str, tuple[datetime, str, list[dict[str, str]]]] = {}
        self._routes()

    def seal(self, events: list[Event], redelivered: bool) -> Sealed:
        """Sign events with the channel's secret."""
        told = [{**event, "deliveryContext": {"isRedelivery": redelivered}} for event in events]
        body = msgspec.json.encode({"destination": self.bot_id, "events": told})
        mac = hmac.new(self.secret.encode(), body, hashlib.sha256).digest()
        return Sealed({"content-type": "application/json", "x-line-signature": base64.b64encode(mac).decode()}, body)

    def not_found(self, asked: Asked) -> Said:
        return as_json({"message": "Not found"}, 404)

    def _answer(self, asked: Asked) -> Said:
        if not hmac.compare_digest(asked.bearer.encode(), self.token.encode()):
            told = "Authentication failed. Confirm that the access token in the authorization header is valid."
            return as_json({"message": told}, 401)
        if self.rate.wait(asked.path, self.now()):
            return as_json({"message": "The API rate limit has been exceeded. Try again later."}, 429)
        said = super()._answer(asked)
        return Said(said.status, said.body, {"x-line-request-id": secrets.token_hex(16), **said.headers})

    def _routes(self) -> None:
        self.route("POST", "/v2/bot/message/reply", self._reply)
        self.route("POST", "/v2/bot/message/push", self._push)
        self.route("POST", "/v2/bot/message/validate/(reply|push)", self._validate)
        self.route("GET", "/v2/bot/message/quota", self._quota)
        self.route("GET", "/v2/bot/message/quota/consumption", lambda _: as_json({"totalUsage": self.pushed}))
        self.route("GET", "/v2/bot/message/(?P<id>[0-9]+)/content", self._content)
        self.route("GET", "/v2/bot/profile/(?P<id>[^/]+)", self._profile)
        self.route("GET", "/v2/bot/group/(?P<id>C[^/]+)/summary", self._group)
        self.route("GET", "/v2/bot/group/(?P<group>C[^/]+)/member/(?P<id>[^/]+)", self._member)
        self.route("GET", "/v2/bot/info", self._info)
        self.route("POST", "/v2/bot/chat/loading/start", self._loading)
        self.route("POST", "/v2/bot/chat/markAsRead", self._mark_as_read)
        self.route("PUT", "/v2/bot/channel/webhook/endpoint", self._set_endpoint)
        self.route("GET", "/v2/bot/channel/webhook/endpoint", self._endpoint)
        self.route("POST", "/v2/bot/channel/webhook/test", self._test_endpoint)

    def _reply(self, asked: Asked) -> Said:
        if "x-line-retry-key" in asked.headers:
            raise _bad("The retry key is not supported by this endpoint")
        reply = _read(asked.body, Reply)
        to, until = self.reply_tokens.pop(reply.reply_token, ("", self.now()))
        if not to or until < self.now():
            raise _bad("Invalid reply token")
        return as_json({"sentMessages": self._send(to, reply.messages, asked)})

    def _push(self, asked: Asked) -> Said:
        key = asked.headers.get("x-line-retry-key", "")
        if key and not _UUID.fullmatch(key):
            raise _bad("The retry key is invalid")
        if known := self._known(key):
            accepted, sent = known
            told = {"message": "The retry key is already accepted", "sentMessages": sent}
            return as_json(told, 409, {"x-line-accepted-request-id": accepted})
        push = _read(asked.body, Push)
        if self.customers.find(push.to) is None:
            raise _bad("The property, 'to', in the request body is invalid (line: -, column: -)")
        if self.quota is not None and self.pushed + 1 > self.quota:
            return as_json({"message": "You have reached your monthly limit."}, 429)
        self.pushed += 1
        sent, request = self._send(push.to, push.messages, asked), secrets.token_hex(16)
        if key:
            self._accepted[key.lower()] = (self.now() + KEYS_LAST, request, sent)
        return as_json({"sentMessages": sent}, headers={"x-line-request-id": request})

    def _known(self, key: str) -> tuple[str, list[dict[str, str]]] | None:
        until, request, sent = self._accepted.get(key.lower(), (self.now(), "", []))
        return (request, sent) if until > self.now() else None

    def _send(self, to: str, messages: list[Message], asked: Asked) -> list[dict[str, str]]:
        # As they were written: what is shown to customers is not what was understood of it.
        written = msgspec.json.decode(asked.body)["messages"]
        for place, message in enumerate(written):
            if message.get("quoteToken", "") not in {"", *self.quote_tokens}:
                raise _bad("The request body has 1 error(s)", "Invalid quote token", f"$.messages[{place}].quoteToken")
        return [self.shows(to, message) for message in written]

    def _validate(self, asked: Asked) -> Said:
        given = msgspec.json.decode(asked.body) if asked.body else {}
        _read(msgspec.json.encode({"to": "U", **given}), Push)
        return as_json({})

    def _quota(self, _: Asked) -> Said:
        return as_json({"type": "none"} if self.quota is None else {"type": "limited", "value": self.quota})

    def _content(self, _: Asked, id: str) -> Said:
        found = self.file(id)
        if found is None:
            return as_json({"message": "Not found"}, 410 if id in self.files else 404)
        return Said(200, found.data, {"content-type": found.content_type})

    def _group(self, _: Asked, id: str) -> Said:
        group = self.customers.find(id)
        return as_json({"groupId": id, "groupName": group.name}) if group else as_json({"message": "Not found"}, 404)

    def _member(self, _: Asked, group: str, id: str) -> Said:
        """Anybody who is there, also who is no friend of the account."""
        customer = self.customers.find(id)
        if customer is None or self.customers.find(group) is None:
            return as_json({"message": "Not found"}, 404)
        return as_json({"userId": id, "displayName": customer.name})

    def _profile(self, asked: Asked, id: str) -> Said:
        customer = self.customers.find(id)
        if customer is None or customer.has_blocked:
            return self.not_found(asked)
        picture = f"https://profile.line-scdn.example/{id}"
        return as_json({"userId": id, "displayName": customer.name, "pictureUrl": picture, "language": "zh-TW"})

    def _info(self, _: Asked) -> Said:
        told = {"userId": self.bot_id, "basicId": "@216helpline", "displayName": "Helpline", "chatMode": "bot"}
        return as_json({**told, "markAsReadMode": "manual"})

    def _loading(self, asked: Asked) -> Said:
        chat = _read(asked.body, Loading).chat_id
        if self.customers.find(chat) is None:
            raise _bad("The property, 'chatId', in the request body is invalid (line: -, column: -)")
        self.loading.append(chat)
        return as_json({}, 202)

    def _mark_as_read(self, asked: Asked) -> Said:
        token = _read(asked.body, MarkAsRead).mark_as_read_token
        if token not in self.read_tokens:
            raise _bad("Invalid mark as read token")
        self.read.append(self.read_tokens[token])
        return as_json({})

    def _test_endpoint(self, asked: Asked) -> Said:
        url = _read(asked.body, Tried).endpoint or self.hooks.url
        told = {"timestamp": self.now().isoformat(), "statusCode": 200, "reason": "OK", "detail": "200"}
        if not url.startswith(("https://", "http://127.0.0.1")):
            told |= {"statusCode": 0, "reason": "UNCLASSIFIED", "detail": "Webhook URL is invalid"}
        return as_json({**told, "success": told["statusCode"] == 200})

    def _set_endpoint(self, asked: Asked) -> Said:
        url = _read(asked.body, Endpoint).endpoint
        if not url.startswith(("https://", "http://127.0.0.1")):
            raise _bad("Invalid webhook endpoint URL")
        self.hooks.url = url
        return as_json({})

    def _endpoint(self, _: Asked) -> Said:
        return as_json({"endpoint": self.hooks.url, "active": bool(self.hooks.url)})


def _read(body: bytes, kind: type[Body]) -> Body:
    try:
        given: Any = msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        told, _, at = str(error).partition(" - at `")
        raise _bad("The request body has 1 error(s)", told, at) from None
    except msgspec.DecodeError:
        raise _bad("The request body could not be parsed as JSON") from None
    for place, message in enumerate(getattr(given, "messages", [])):
        if wrong := complaint(message):
            raise _bad("The request body has 1 error(s)", wrong[1], f"$.messages[{place}].{wrong[0]}")
    return given  # type: ignore[no-any-return]


def _bad(message: str, detail: str = "", at: str = "") -> Refusal:
    told: dict[str, Any] = {"message": message}
    if detail:
        found = _AT.match(at)
        told["details"] = [{"message": detail, "property": found[1] if found else ""}]
    return Refusal(as_json(told, 400))
