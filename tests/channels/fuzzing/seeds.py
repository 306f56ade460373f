"""Real payloads to begin with: what simulated providers tell, and the samples of the providers' own descriptions."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import yaml

from helpline.app.simulating_channels.hooks import Hooks
from helpline.app.simulating_channels.line import Line
from helpline.app.simulating_channels.messenger import Messenger
from helpline.app.simulating_channels.telegram import Telegram
from helpline.app.simulating_channels.whatsapp import WhatsApp

DATA = next(
    (above / "shared" / "data" for above in Path(__file__).parents if (above / "shared").exists()), Path("none")
)
PNG = b"\x89PNG\r\n\x1a\n"
WHO = {"address": "kim", "name": "Kim", "email": "kim@example.com", "phone": "+886912345678", "locale": "zh-TW"}
PLACE = {"latitude": 25.03, "longitude": 121.56, "name": "Shop", "address": "Taipei"}


def seeds(kind: str) -> list[bytes]:
    """For a kind of channel."""
    return list(dict.fromkeys(SEEDS[kind]()))


def _told(hooks: Hooks) -> list[bytes]:
    """All that waits to be told, one by one and together."""
    hooks.deliver(lambda url, sealed: 500)
    hooks.deliver(lambda url, sealed: 200, together=True)
    return [sealed.body for sealed in hooks.told]


def _line() -> Iterable[bytes]:
    line = Line()
    ana = line.meets("Ana")
    line.follows(ana)
    id = line.says(ana, "hola 你好")
    for type in ("image", "video", "audio"):
        line.sends(ana, {"type": type, "duration": 5}, PNG, "image/png")
    line.sends(ana, {"type": "file", "fileName": "a.pdf", "fileSize": 5}, PNG, "application/pdf")
    line.sends(ana, {"type": "location", "title": "Shop", "address": "Taipei", "latitude": 25.0, "longitude": 121.5})
    line.sends(ana, {"type": "sticker", "packageId": "446", "stickerId": "1988", "keywords": ["hi"]})
    line.taps(ana, "day", {"date": "2026-03-02"})
    line.unsends(ana, id)
    line.blocks(ana)
    yield from _told(line.hooks)
    for file in DATA.glob("chan-line/**/text/webhook.json"):
        yield file.read_bytes()
    yield from _samples("chan-line/openapi/webhook.yml", "events")


def _telegram() -> Iterable[bytes]:
    telegram = Telegram()
    ana = telegram.meets("Ana García")
    telegram.starts(ana)
    id = telegram.says(ana, "hola")
    for type in ("photo", "video", "audio", "voice", "document", "sticker"):
        telegram.sends_file(ana, type, PNG, "image/png", caption="look", file_name="a.png")
    at = {"latitude": 25.0, "longitude": 121.5}
    telegram.sends(ana, {"location": at, "venue": {"location": at, "title": "Shop", "address": "Taipei"}})
    telegram.sends(ana, {"contact": {"phone_number": "+886912", "first_name": "Bob"}})
    telegram.sends(ana, {"dice": {"emoji": "🎲", "value": 4}})
    telegram.edits(ana, id, "hola!")
    telegram.reacts(ana, id, "👍")
    telegram.taps(ana, id, "yes")
    telegram.blocks(ana)
    yield from _told(telegram.hooks)
    api = DATA / "chan-telegram" / "api.json"
    types = json.loads(api.read_text())["types"] if api.exists() else {}
    for name in ("Message", "Update"):
        for field in types.get(name, {}).get("fields", []):
            made = {field["name"]: _made(types, field["types"][0], 3)}
            around = {"message_id": 7, "date": 1700000000, "chat": {"id": 5, "type": "private"}}
            told = {"message": {**around, **made}} if name == "Message" else made
            yield json.dumps({"update_id": 1, **told}).encode()


def _made(types: Any, kind: str, depth: int) -> Any:
    """Something of a described type of Telegram's."""
    if kind.startswith("Array of "):
        return [_made(types, kind.removeprefix("Array of "), depth)]
    plain = {"Integer": 7, "String": "text", "Boolean": True, "True": True, "Float": 1.5}
    if kind in plain or kind not in types:
        return plain.get(kind, "text")
    fields = types[kind].get("fields") or []
    wanted = [one for one in fields if one["required"] or depth > 0]
    return {one["name"]: _made(types, one["types"][0], depth - 1) for one in wanted[: 40 if depth > 1 else 6]}


def _whatsapp() -> Iterable[bytes]:
    number = WhatsApp()
    ana = number.meets("Ana")
    id = number.says(ana, "hola")
    for type in ("image", "video", "audio", "document", "sticker"):
        number.sends_file(ana, type, PNG, "image/png", caption="look")
    number.sends(ana, {"type": "location", "location": PLACE})
    card = {"name": {"formatted_name": "Lucía"}, "phones": [{"phone": "+1 983"}], "emails": [{"email": "l@a.b"}]}
    number.sends(ana, {"type": "contacts", "contacts": [card]})
    item = {"product_retailer_id": "tent", "quantity": 2, "item_price": 30, "currency": "USD"}
    number.sends(ana, {"type": "order", "order": {"catalog_id": "1", "text": "Please", "product_items": [item]}})
    number.sends(ana, {"type": "button", "button": {"payload": "stop", "text": "Unsubscribe"}})
    for reply in ("button_reply", "list_reply", "nfm_reply"):
        chosen = {"id": "y", "title": "Yes", "body": "Sent", "name": "flow", "response_json": "{}"}
        number.sends(ana, {"type": "interactive", "interactive": {"type": reply, reply: chosen}})
    number.sends(ana, {"type": "reaction", "reaction": {"message_id": id, "emoji": "👍"}})
    number.sends(ana, {"type": "unsupported", "errors": [{"code": 131051, "title": "Unknown"}]})
    number.sends(ana, {"type": "system", "system": {"type": "user_changed_number", "body": "Ana changed"}})
    edit = {"original_message_id": id, "message": {"type": "text", "text": {"body": "hola!"}}}
    number.sends(ana, {"type": "edit", "edit": edit})
    number.sends(ana, {"type": "revoke", "revoke": {"original_message_id": id}})
    yield from _told(number.hooks)
    failed = {"id": id, "status": "failed", "errors": [{"code": 131047, "title": "Oh", "error_data": {"details": "d"}}]}
    value = {"statuses": [{"id": id, "status": "read", "recipient_id": "5"}, failed]}
    yield json.dumps({"entry": [{"changes": [{"field": "messages", "value": value}]}]}).encode()
    yield from _samples("chan-whatsapp-openapi/business-messaging-api_v23.0.yaml", "entry")


def _messenger() -> Iterable[bytes]:
    page = Messenger()
    page.address = "https://cdn.example"
    ana = page.meets("Ana")
    id = page.says(ana, "hola", referral={"ref": "spring", "source": "ADS"})
    for type in ("image", "video", "audio", "file", "story_mention", "ig_reel", "share", "fallback", "template"):
        page.sends(ana, {"attachments": [{"type": type, "title": "t", "payload": {"url": "https://a.example/b"}}]})
    at = {"type": "location", "title": "t", "payload": {"coordinates": {"lat": 25.0, "long": 121.5}}}
    page.sends(ana, {"attachments": [at]})
    page.sends(ana, {"text": "Yes", "quick_reply": {"payload": "Yes"}})
    page.sends(ana, {"is_unsupported": True})
    page.edits(ana, id, "hola!")
    page.taps(ana, "START", "Get started")
    page.reacts(ana, id, "👍")
    page.answers(ana, "by somebody else", 5)
    page.reads(ana)
    page.receives(ana)
    page.unsends(ana, id)
    page.happens(ana, read={"mid": id})
    page.happens(ana, optin={"ref": "x"})
    yield from _told(page.hooks)


def _sms() -> Iterable[bytes]:
    around = {"MessageSid": "SM1", "AccountSid": "AC1", "From": "+15550100", "To": "+15550101"}
    files = {"NumMedia": "2", **{f"MediaUrl{n}": f"https://a.example/{n}" for n in range(2)}}
    files |= {f"MediaContentType{n}": "image/png" for n in range(2)}
    for told in (
        {"Body": "hola 你好", "NumMedia": "0"},
        {"Body": "", **files},
        {"Body": "STOP", "NumMedia": "0"},
        {"Body": "START", "NumMedia": "0"},
        {"MessageStatus": "delivered"},
        {"MessageStatus": "undelivered", "ErrorCode": "30003", "ErrorMessage": "Unreachable"},
        {"SmsSid": "SM1", "SmsStatus": "sent"},
    ):
        yield urlencode({**around, **told}).encode()


def _api() -> Iterable[bytes]:
    file = {"url": "https://a.example/b", "name": "b", "type": "image/png"}
    at = "2026-03-02T08:00:00Z"
    events = [
        {"type": "message", "id": "1", "from": WHO, "text": "hi", "files": [file], "location": PLACE, "at": at},
        {"type": "edit", "id": "1", "from": WHO, "text": "hi!"},
        {"type": "delete", "id": "1"},
        {"type": "reaction", "id": "1", "from": WHO, "emoji": "👍"},
        {"type": "status", "id": "2", "state": "delivered"},
        {"type": "read", "from": WHO, "at": at},
        {"type": "subscription", "from": WHO, "active": False},
    ]
    for told in (*([one] for one in events), events):
        yield json.dumps({"events": told}).encode()


def _email() -> Iterable[bytes]:
    yield b"From: Ana <ana@example.com>\r\nTo: help@example.com\r\nSubject: =?utf-8?q?hola?=\r\n\r\nhola\r\n"
    html = b'<p>hola <b>you</b> <img src="cid:1@x"></p><blockquote>before</blockquote>'
    inner = b"--b\r\nContent-Type: text/html; charset=big5\r\n\r\n%s\r\n--b\r\nContent-Type: image/png\r\n" % html
    inner += b"Content-ID: <1@x>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n"
    around = b"From: ana@example.com\r\nMIME-Version: 1.0\r\nMessage-ID: <2@x>\r\nIn-Reply-To: <1@x>\r\nAuto-Submitted: no\r\n"
    yield around + b'Content-Type: multipart/related; boundary="b"\r\n\r\n' + inner
    for family in ("mail-chatwoot", "mail-djangohelpdesk", "mail-ruby", "mail-stalwart", "reply-github", "reply-talon"):
        for file in sorted((DATA / family).rglob("*.eml")):
            if file.stat().st_size < 100_000:
                yield file.read_bytes()


SEEDS: dict[str, Callable[[], Iterable[bytes]]] = {
    "line": _line,
    "telegram": _telegram,
    "whatsapp": _whatsapp,
    "messenger": _messenger,
    "instagram": _messenger,
    "sms": _sms,
    "api": _api,
    "email": _email,
}


def _samples(file: str, with_field: str) -> Iterable[bytes]:
    """All objects with this field that stand in a description."""
    path = DATA / file
    if path.exists():
        for one in _objects(yaml.load(path.read_text(), Loader=yaml.CSafeLoader)):
            if isinstance(one.get(with_field), list):
                yield json.dumps(one, default=str).encode()


def _objects(value: Any) -> Iterable[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _objects(one)
