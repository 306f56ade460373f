"""Answering as Telegram does."""

import hmac
import math
import re
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

import msgspec

from ..customers import Customer, Seen
from ..exchange import Asked, Refusal, Said, as_json, form_of
from ..hooks import Event, Sealed
from ..provider import Bucket
from . import media, methods
from .checks import check_markup, check_text
from .refusals import bad, refused
from .users import Users

Asking = TypeVar("Asking")
DELETABLE = timedelta(hours=48)


class Telegram(Users):
    """One bot and the people who write to it."""

    def __init__(self, url: str = "", *, token: str = "", secret: str = "", now: Callable[[], datetime] | None = None):
        super().__init__(url, now)
        self.token = token or f"{secrets.randbelow(10**9) + 10**9}:{secrets.token_urlsafe(26)[:35]}"
        self.secret = secret or secrets.token_urlsafe(24)
        self.bot = {"id": int(self.token.partition(":")[0]), "is_bot": True, "first_name": "Helpline"}
        self.queries: dict[str, datetime] = {}
        self.answered: list[str] = []
        self.actions: list[tuple[str, str]] = []
        self.rate, self.rate_per_chat = Bucket(30, 30), Bucket(1, 20)
        self._paths: dict[str, tuple[str, datetime]] = {}
        self.route("GET", "/file/bot(?P<token>[^/]+)/(?P<path>.+)", self._download)
        for method in ("GET", "POST"):
            self.route(method, "/bot(?P<token>[^/]+)/(?P<name>[A-Za-z]+)", self._call)
        self._methods: dict[str, tuple[type[Any], Callable[[Any], Any]]] = {
            "getme": (methods.Nothing, lambda _: {**self.bot, "username": "helpline_bot", "can_join_groups": False}),
            "sendmessage": (methods.SendMessage, self._send_message),
            "sendlocation": (methods.SendLocation, self._send_location),
            "sendvenue": (methods.SendVenue, self._send_venue),
            "sendcontact": (methods.SendContact, self._send_contact),
            "editmessagetext": (methods.EditMessageText, self._edit),
            "deletemessage": (methods.DeleteMessage, self._delete),
            "setmessagereaction": (methods.SetMessageReaction, self._react),
            "sendchataction": (methods.SendChatAction, self._chat_action),
            "answercallbackquery": (methods.AnswerCallbackQuery, self._answer_query),
            "getfile": (methods.GetFile, self._get_file),
            "setwebhook": (methods.SetWebhook, self._set_webhook),
            "deletewebhook": (methods.DeleteWebhook, self._delete_webhook),
            "getwebhookinfo": (methods.Nothing, self._webhook_info),
            "getupdates": (methods.GetUpdates, self._get_updates),
        }
        for name in media.CARRIED:
            asks = getattr(methods, name[0].upper() + name[1:])
            self._methods[name.lower()] = (asks, partial(self._send_file, name))

    def seal(self, events: list[Event], redelivered: bool) -> Sealed:
        """One update, with the secret beside it; a redelivered one is the same."""
        headers = {"content-type": "application/json", "x-telegram-bot-api-secret-token": self.secret}
        return Sealed(headers, msgspec.json.encode(events[0]))

    def not_found(self, asked: Asked) -> Said:
        return refused("Not Found", 404)

    def _call(self, asked: Asked, token: str, name: str) -> Said:
        if not re.fullmatch(r"\d+:[\w-]{35}", token):
            return self.not_found(asked)
        if not hmac.compare_digest(token, self.token):
            return refused("Unauthorized", 401)
        if name.lower() not in self._methods:
            return refused("Not Found: method not found", 404)
        asks, does = self._methods[name.lower()]
        return as_json({"ok": True, "result": does(_read(asked, asks))})

    def _send_message(self, asks: methods.SendMessage) -> dict[str, Any]:
        check_text(asks.text, asks.parse_mode)
        return self._sent(asks, {"text": asks.text})

    def _send_location(self, asks: methods.SendLocation) -> dict[str, Any]:
        return self._sent(asks, {"location": {"latitude": asks.latitude, "longitude": asks.longitude}})

    def _send_venue(self, asks: methods.SendVenue) -> dict[str, Any]:
        at = {"latitude": asks.latitude, "longitude": asks.longitude}
        return self._sent(
            asks, {"location": at, "venue": {"location": at, "title": asks.title, "address": asks.address}}
        )

    def _send_contact(self, asks: methods.SendContact) -> dict[str, Any]:
        return self._sent(asks, {"contact": {"phone_number": asks.phone_number, "first_name": asks.first_name}})

    def _send_file(self, name: str, asks: Any) -> dict[str, Any]:
        field = media.CARRIED[name].field
        caption = getattr(asks, "caption", "")
        if len(caption.encode("utf-16-le")) // 2 > media.MOST_CAPTION:
            raise bad("message caption is too long")
        if caption:
            check_text(caption, asks.parse_mode)
        id, _ = media.keep(self, name, getattr(asks, field))
        told = media.told(field, id, self)
        return self._sent(asks, {**told, **({"caption": caption} if caption else {})})

    def _sent(self, asks: Any, content: dict[str, Any]) -> dict[str, Any]:
        customer = self._chat_of(asks.chat_id)
        for bucket, key in ((self.rate, ""), (self.rate_per_chat, customer.id)):
            if wait := math.ceil(bucket.wait(key, self.now())):
                raise bad(f"Too Many Requests: retry after {wait}", 429, retry_after=wait)
        if asks.reply_parameters:
            answered = customer.find(str(asks.reply_parameters.message_id))
            if answered is None and not asks.reply_parameters.allow_sending_without_reply:
                raise bad("message to be replied not found")
            content |= {"reply_to_message": answered.details} if answered else {}
        if asks.reply_markup:
            content |= {"reply_markup": check_markup(asks.reply_markup)}
        return self.message(customer, content, ours=False)

    def _edit(self, asks: methods.EditMessageText) -> dict[str, Any]:
        check_text(asks.text, asks.parse_mode)
        seen = self._message_of(asks.chat_id, asks.message_id, "message to edit not found")
        if seen.ours:
            raise bad("message can't be edited")
        if seen.text == asks.text and not asks.reply_markup:
            raise bad(
                "message is not modified: specified new message content and reply markup are exactly the same"
                " as a current content and reply markup of the message"
            )
        seen.text, seen.details["text"] = asks.text, asks.text
        seen.details["edit_date"] = int(self.now().timestamp())
        return seen.details

    def _delete(self, asks: methods.DeleteMessage) -> bool:
        seen = self._message_of(asks.chat_id, asks.message_id, "message to delete not found")
        if seen.at + DELETABLE < self.now():
            raise bad("message can't be deleted for everyone")
        seen.deleted = True
        return True

    def _react(self, asks: methods.SetMessageReaction) -> bool:
        seen = self._message_of(asks.chat_id, asks.message_id, "message to react not found")
        emoji = asks.reaction[0].emoji if asks.reaction else ""
        if emoji and emoji not in methods.REACTIONS:
            raise bad("REACTION_INVALID")
        seen.reaction = emoji
        return True

    def _chat_action(self, asks: methods.SendChatAction) -> bool:
        self.actions.append((self._chat_of(asks.chat_id).id, asks.action))
        return True

    def _answer_query(self, asks: methods.AnswerCallbackQuery) -> bool:
        if self.queries.get(asks.callback_query_id, self.now()) <= self.now():
            raise bad("query is too old and response timeout expired or query ID is invalid")
        self.answered.append(asks.callback_query_id)
        return True

    def _get_file(self, asks: methods.GetFile) -> dict[str, Any]:
        kept = self.file(asks.file_id)
        if kept is None:
            raise bad("wrong file_id or the file is temporarily unavailable")
        if len(kept.data) > media.MOST_DOWN:
            raise bad("file is too big")
        path = f"files/file_{self.count()}"
        self._paths[path] = (asks.file_id, self.now() + media.FILE_LASTS)
        told = {"file_id": asks.file_id, "file_unique_id": asks.file_id[:8], "file_size": len(kept.data)}
        return {**told, "file_path": path}

    def _download(self, asked: Asked, token: str, path: str) -> Said:
        id, until = self._paths.get(path, ("", self.now()))
        if not hmac.compare_digest(token, self.token) or until <= self.now():
            return self.not_found(asked)
        return Said(200, self.files[id].data, {"content-type": "application/octet-stream"})

    def _set_webhook(self, asks: methods.SetWebhook) -> bool:
        if asks.url and not re.match(r"https://|http://(127\.0\.0\.1|localhost)[:/]", asks.url):
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        self.hooks.url, self.secret = asks.url, asks.secret_token or ""
        return True

    def _delete_webhook(self, asks: methods.DeleteWebhook) -> bool:
        self.hooks.url = ""
        return True

    def _webhook_info(self, _: methods.Nothing) -> dict[str, Any]:
        return {"url": self.hooks.url, "has_custom_certificate": False, "pending_update_count": self.hooks.waiting}

    def _get_updates(self, _: methods.GetUpdates) -> list[Event]:
        if self.hooks.url:
            told = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            raise bad(told, 409)
        return self.hooks.take()

    def _chat_of(self, chat_id: int | str) -> Customer:
        customer = self.customers.find(str(chat_id))
        if customer is None:
            raise bad("chat not found")
        if customer.has_blocked:
            raise bad("bot was blocked by the user", 403)
        if customer.last_wrote is None:
            raise bad("bot can't initiate conversation with a user", 403)
        return customer

    def _message_of(self, chat_id: int | str, message_id: int, missing: str) -> Seen:
        seen = self._chat_of(chat_id).find(str(message_id))
        if seen is None or seen.deleted:
            raise bad(missing)
        return seen


def _read(asked: Asked, kind: type[Asking]) -> Asking:
    try:
        return msgspec.convert(_given(asked), kind, strict="json" in asked.headers.get("content-type", ""))
    except (msgspec.MsgspecError, ValueError) as error:
        if isinstance(error, Refusal):
            raise
        raise bad(str(error)) from None


def _given(asked: Asked) -> dict[str, Any]:
    """The parameters, from the query, JSON or a form, in which all that is not plain is JSON."""
    given: dict[str, Any] = dict(asked.query)
    if "json" in asked.headers.get("content-type", ""):
        told = msgspec.json.decode(asked.body)
        if not isinstance(told, dict):
            raise ValueError("object expected as method arguments")
        return given | told
    for name, value in form_of(asked).items():
        is_json = name in {"reply_markup", "reply_parameters", "reaction", "entities"}
        given[name] = msgspec.json.decode(value) if is_json and isinstance(value, str) else value
    return given
