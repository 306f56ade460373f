"""Answering as WhatsApp does."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import msgspec

from ..customers import Customer, Seen
from ..exchange import Asked, Said, Upload, as_json, form_of
from ..hooks import Event, Sealed
from ..provider import Bucket
from . import messages, templates
from .media import Media
from .reading import read
from .refusals import bad, failed, no_token, nothing
from .users import MEDIA_LASTS, Users

WINDOW, LINK_LASTS = timedelta(hours=24), timedelta(minutes=5)
LARGEST = {"image": 5, "video": 16, "audio": 16, "application": 100, "text": 100}
"""Megabytes."""
_TYPES = re.compile(
    r"image/(jpeg|png|webp)|video/(mp4|3gpp)|audio/(aac|mp4|mpeg|amr|ogg|opus)(;.*)?|text/plain"
    r"|application/(pdf|vnd\.ms-powerpoint|msword|vnd\.ms-excel|vnd\.openxmlformats-officedocument\..+)"
)


class WhatsApp(Users):
    """One phone number of a business and the people who write to it; asked as Meta is, or as 360dialog (``D360-API-KEY``)."""

    def __init__(
        self,
        url: str = "",
        *,
        secret: str = "",
        token: str = "",
        now: Callable[[], datetime] | None = None,
        refuses_at_once: bool = False,
    ) -> None:
        super().__init__(url, now)
        self.secret, self.token = secret or secrets.token_hex(16), token or "EAA" + secrets.token_urlsafe(60)
        self.number, self.phone_id, self.account_id = "15550783881", "106540352242922", "102290129340398"
        self.templates: list[templates.Template] = []
        self.refuses_at_once = refuses_at_once
        """Whether a closed window is said in the answer; else it is told as a status afterwards, as mostly happens."""
        self.read: list[str] = []
        self.typing: list[str] = []
        self.rate, self.rate_per_pair = Bucket(80, 80), Bucket(1 / 6, 45)
        self._links: dict[str, tuple[str, datetime]] = {}
        phone = f"(/v[0-9]+[.][0-9]/{self.phone_id})?"
        self.route("POST", f"{phone}/messages", self._messages)
        self.route("POST", f"{phone}/media", self._upload)
        self.route("GET", "/link/(?P<key>[a-zA-Z0-9_-]+)", self._download)
        self.route("GET", f"/v[0-9]+[.][0-9]/{self.account_id}/message_templates", self._list_templates)
        self.route("GET", "/v1/configs/templates", self._list_templates_360)
        self.route("POST", f"/v[0-9]+[.][0-9]/{self.account_id}/subscribed_apps", self._subscribe)
        self.route("POST", "/v1/configs/webhook", self._set_webhook_360)
        self.route("GET", f"/v[0-9]+[.][0-9]/{self.phone_id}", self._phone)
        self.route("GET", "(/v[0-9]+[.][0-9])?/(?P<id>[0-9]+)", self._media)

    def seal(self, events: list[Event], redelivered: bool) -> Sealed:
        """Sign what is told; a redelivered request is the same."""
        changes = [{"field": "messages", "value": event} for event in events]
        told = {"object": "whatsapp_business_account", "entry": [{"id": self.account_id, "changes": changes}]}
        body = msgspec.json.encode(told)
        mac = hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()
        return Sealed({"content-type": "application/json", "x-hub-signature-256": f"sha256={mac}"}, body)

    def not_found(self, asked: Asked) -> Said:
        return nothing(asked.path.rpartition("/")[2]).said

    def _answer(self, asked: Asked) -> Said:
        given = asked.headers.get("d360-api-key") or asked.bearer
        if not hmac.compare_digest(given.encode(), self.token.encode()):
            raise no_token()
        return super()._answer(asked)

    def _messages(self, asked: Asked) -> Said:
        given = read(asked.body)
        if isinstance(given, messages.MarkAsRead):
            return self._mark(given)
        to = re.sub(r"\D", "", given.to)
        if self.rate.wait("", self.now()):
            raise bad(130429)
        if self.rate_per_pair.wait(to, self.now()):
            raise bad(131056)
        if to == self.number:
            raise bad(131021)
        words = self._checked(given)
        customer = self.customers.find(to)
        is_free = isinstance(given, messages.TemplateMessage) or bool(customer and self._is_open(customer))
        if not is_free and self.refuses_at_once:
            raise bad(131047)
        id = self.wamid()
        if customer is None or customer.has_blocked:
            self.tells(customer or Customer(to, ""), id, "failed", errors=[failed(131026)])
        elif not is_free:
            self.tells(customer, id, "failed", errors=[failed(131047)])
        else:
            self._show(customer, id, given, words, asked)
        contacts = [{"input": given.to, "wa_id": to}]
        return as_json({"messaging_product": "whatsapp", "contacts": contacts, "messages": [{"id": id}]})

    def _is_open(self, customer: Customer) -> bool:
        return customer.last_wrote is not None and customer.last_wrote + WINDOW > self.now()

    def _checked(self, given: messages.Message) -> str:
        """The words that the message shows; refused when what it refers to is not there."""
        if isinstance(given, messages.TemplateMessage):
            found = templates.find(self.templates, given.template)
            return found.fill(given.template, lambda id: self.file(id) is not None)
        part = getattr(given, given.__struct_config__.tag)  # type: ignore[arg-type]
        if isinstance(part, Media):
            if bool(part.id) == bool(part.link):
                raise bad(131008 if not part.id else 131009, "Exactly one of id and link is needed")
            if part.id and self.file(part.id) is None:
                raise bad(131009, f"Media ID {part.id} does not exist")
        return str(getattr(part, "body", "") or getattr(part, "caption", "") or "")

    def _show(self, customer: Customer, id: str, given: messages.Message, words: str, asked: Asked) -> None:
        told: dict[str, Any] = msgspec.json.decode(asked.body)
        if isinstance(given, messages.ReactionMessage):
            seen = customer.find(given.reaction.message_id)
            if seen is None:
                raise bad(131009, "The message to react to does not exist")
            seen.reaction = given.reaction.emoji
        else:
            kind = str(given.__struct_config__.tag)
            if isinstance(given, messages.InteractiveMessage):
                words = given.interactive.body.text
            if isinstance(given, messages.TemplateMessage):
                told["replies"] = templates.find(self.templates, given.template).replies
            if given.context and customer.find(given.context.message_id) is None:
                raise bad(131009, "The message to answer does not exist")
            customer.screen.append(Seen(id, kind, words, self.now(), details=told))
        self.tells(customer, id, "sent", pricing={"billable": True, "pricing_model": "PMP", "category": "service"})
        self.tells(customer, id, "delivered")

    def _mark(self, given: messages.MarkAsRead) -> Said:
        found = self.customers.with_message(given.message_id)
        if found is None or not found[1].ours:
            raise bad(131009, "The message to mark as read does not exist")
        self.read.append(given.message_id)
        if given.typing_indicator:
            self.typing.append(found[0].id)
        return as_json({"success": True})

    def _upload(self, asked: Asked) -> Said:
        form = form_of(asked)
        file = form.get("file")
        if form.get("messaging_product") != "whatsapp" or not isinstance(file, Upload):
            raise bad(100, "messaging_product and file are needed")
        kind = str(form.get("type") or file.content_type)
        if not _TYPES.fullmatch(kind):
            raise bad(100, f"Param file must be a file with one of the supported types; this one is {kind}")
        if len(file.data) > LARGEST[kind.partition("/")[0]] * 1024 * 1024:
            raise bad(131053, "The file is too large")
        return as_json({"id": self.keep(file.data, kind, lasts=MEDIA_LASTS, name=file.name)})

    def _media(self, asked: Asked, id: str) -> Said:
        kept = self.file(id)
        if kept is None:
            raise nothing(id)
        key = secrets.token_urlsafe(16)
        self._links[key] = (id, self.now() + LINK_LASTS)
        # 360dialog passes Meta's link on as it is; the host is to be exchanged by who asks.
        here = f"http://{asked.headers.get('host', 'localhost')}{asked.headers.get('x-prefix', '')}"
        url = f"{'https://lookaside.example' if 'd360-api-key' in asked.headers else here}/link/{key}"
        told = {"url": url, "mime_type": kept.content_type, "sha256": hashlib.sha256(kept.data).hexdigest(), "id": id}
        return as_json({**told, "file_size": len(kept.data), "messaging_product": "whatsapp"})

    def _download(self, asked: Asked, key: str) -> Said:
        id, until = self._links.get(key, ("", self.now()))
        kept = self.file(id)
        if kept is None or until <= self.now():
            return Said(404, b"", {})
        return Said(200, kept.data, {"content-type": kept.content_type})

    def _list_templates(self, asked: Asked) -> Said:
        page, at, most = self._page(asked, "after")
        told: dict[str, Any] = {"data": [one.told() for one in page]}
        if page:
            told["paging"] = {"cursors": {"before": str(at), "after": str(at + len(page))}}
        if at + most < len(self.templates):
            told["paging"]["next"] = f"https://graph.example{asked.path}?after={at + most}"
        return as_json(told)

    def _list_templates_360(self, asked: Asked) -> Said:
        page, at, most = self._page(asked, "offset")
        told = [{**one.told(), "status": one.state.lower()} for one in page]
        return as_json(
            {"waba_templates": told, "count": len(told), "total": len(self.templates), "limit": most, "offset": at}
        )

    def _page(self, asked: Asked, name: str) -> tuple[list[templates.Template], int, int]:
        given = [asked.query.get(name) or "0", asked.query.get("limit") or "25"]
        if not all(one.isdecimal() for one in given):
            raise bad(100, f"Invalid {name} or limit")
        at, most = map(int, given)
        return self.templates[at : at + most], at, most

    def _subscribe(self, asked: Asked) -> Said:
        try:
            given = msgspec.json.decode(asked.body or b"{}", type=messages.Subscription)
        except msgspec.MsgspecError as error:
            raise bad(100, str(error)) from None
        if bool(given.override_callback_uri) != bool(given.verify_token):
            raise bad(100, "override_callback_uri and verify_token go together")
        if given.override_callback_uri:
            self.hooks.url = given.override_callback_uri
        return as_json({"success": True})

    def _set_webhook_360(self, asked: Asked) -> Said:
        try:
            given = msgspec.json.decode(asked.body, type=messages.Webhook360)
        except msgspec.MsgspecError as error:
            raise bad(100, str(error)) from None
        self.hooks.url = given.url
        return as_json({"url": given.url})

    def _phone(self, asked: Asked) -> Said:
        told = {"verified_name": "Helpline", "display_phone_number": "+1 555-078-3881", "quality_rating": "GREEN"}
        return as_json({**told, "id": self.phone_id})
