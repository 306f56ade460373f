"""Everything that can be said by a channel: the exact call, taken by a provider that is strict; else in words that lose nothing."""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

import pytest

from helpline.app.simulating_channels.customers import Customer
from helpline.app.simulating_channels.line import Line
from helpline.app.simulating_channels.messenger import Messenger
from helpline.app.simulating_channels.provider import Provider
from helpline.app.simulating_channels.server import Server
from helpline.app.simulating_channels.sms import Gateway, Sms
from helpline.app.simulating_channels.telegram import Telegram
from helpline.app.simulating_channels.whatsapp import WhatsApp
from helpline.channels.contract import Account
from helpline.channels.kinds import adapter_of
from helpline.channels.signs import Edit, Known, React, Read, Sign, TakeBack, Typing
from tests.channels.accounts import ANYWHERE, KEY, file, of_line, of_messenger, of_telegram, of_whatsapp, out

KINDS = ("line", "telegram", "whatsapp", "messenger", "instagram", "twilio", "gateway")
PLACE = {"latitude": 25.03, "longitude": 121.56}
SHOP = {**PLACE, "name": "Shop", "address": "Taipei"}
BOB = {"name": "Bob", "phones": ["+886912"]}
EVE = {"name": "Eve", "phones": ["+1", "+2"], "emails": ["eve@post.example"]}
STICKER = {"id": "1988", "emoji": "👍"}
MAP = "https://www.openstreetmap.org/?mlat=25.03&mlon=121.56"
LONG = "an answer of more than twenty characters"


class There(NamedTuple):
    """A channel at its provider, and Ana, who wrote by it."""

    kind: str
    provider: Provider
    account: Account
    ana: Customer

    def send(self, **what: Any) -> str:
        return asyncio.run(adapter_of(_kind(self.kind)).send(self.account, out(self.ana.id, **what), ANYWHERE))

    def show(self, sign: Callable[..., Sign], id: str, **what: Any) -> None:
        shown = sign(to=self.ana.id, about=Known(external_id=id, tokens={"read": "R", "quote": "Q"}), **what)
        asyncio.run(adapter_of(_kind(self.kind)).show(self.account, shown, ANYWHERE))

    def asked(self) -> tuple[str, Any]:
        """The last call: the end of its path, and what was in it."""
        last = self.provider.asked[-1]
        form = last.headers.get("content-type", "").startswith("application/x-www-form-urlencoded")
        return last.path.rpartition("/")[2], dict(parse_qsl(last.body.decode())) if form else json.loads(last.body)


def _kind(name: str) -> str:
    return "sms" if name in {"twilio", "gateway"} else name


@contextmanager
def there(kind: str) -> Iterator[There]:
    made: dict[str, Callable[[], Any]] = {
        "line": Line,
        "telegram": Telegram,
        "whatsapp": WhatsApp,
        "messenger": Messenger,
        "instagram": lambda: Messenger(instagram=True),
        "twilio": lambda: Sms("https://desk.example/hook"),
        "gateway": Gateway,
    }
    provider = made[kind]()
    name = "messenger" if kind == "instagram" else kind
    with Server({name: provider}) as server:
        account = _account(kind, provider, server.url)
        ana = provider.meets("Ana")
        provider.says(ana, "hi")
        yield There(kind, provider, account, ana)


def _account(kind: str, provider: Any, url: str) -> Account:
    if kind == "twilio":
        settings = {"account_sid": provider.account, "number": provider.number, "base_url": f"{url}/twilio"}
        return Account(channel_id="c", settings=settings, secrets={"token": provider.token})
    if kind == "gateway":
        settings = {"provider": "http", "number": provider.number, "send_url": f"{url}/gateway/v2/messages"}
        settings |= {"fields": ["recipient.msisdn={to}", "body={text}", "originator={number}", "reference={key}"]}
        settings |= {"auth_header": "X-Api-Key", "id_path": "messages.0.ref"}
        return Account(channel_id="c", settings=settings, secrets={"auth_value": provider.token})
    of: dict[str, Callable[..., Account]] = {
        "line": of_line,
        "telegram": of_telegram,
        "whatsapp": of_whatsapp,
        "messenger": of_messenger,
        "instagram": of_messenger,
    }
    if kind in {"messenger", "instagram"}:
        provider.address = f"{url}/messenger"
    return of[kind](provider, url)


def _line(**message: Any) -> Any:
    return "push", {"to": "ANA", "messages": [message]}


def _meta(**message: Any) -> Any:
    return "messages", {"recipient": {"id": "ANA"}, "messaging_type": "RESPONSE", "message": message}


def _messenger(**message: Any) -> Any:
    return _meta(**message, metadata=KEY)  # by which its echo is told from what others say


def _whatsapp(kind: str, part: Any, **more: Any) -> Any:
    told = {"messaging_product": "whatsapp", "recipient_type": "individual", "to": "ANA", **more}
    return "messages", {**told, "type": kind, kind: part}


def _tapped(*choices: str) -> list[dict[str, Any]]:
    return [
        {"type": "action", "action": {"type": "message", "label": label, "text": text}}
        for text in choices
        for label in [text if len(text) <= 20 else text[:19] + "…"]
    ]


def _quick(*choices: str) -> list[dict[str, str]]:
    return [
        {"content_type": "text", "title": one if len(one) <= 20 else one[:19] + "…", "payload": one} for one in choices
    ]


KEYS = {"keyboard": [[{"text": "Yes"}], [{"text": LONG}]], "one_time_keyboard": True, "resize_keyboard": True}
ROWS = [{"id": "Yes", "title": "Yes"}, {"id": LONG, "title": LONG[:23] + "…", "description": LONG}]
# Which channel, what is said, what is asked of the provider.
CALLS: list[tuple[str, dict[str, Any], Any]] = [
    ("line", {"text": "Hello"}, _line(type="text", text="Hello")),
    (
        "line",
        {"text": "Well?", "choices": ("Yes", LONG)},
        _line(type="text", text="Well?", quickReply={"items": _tapped("Yes", LONG)}),
    ),
    ("line", {"details": {"location": SHOP}}, _line(type="location", title="Shop", address="Taipei", **PLACE)),
    (
        "line",
        {"details": {"sticker": {"id": "1988", "package": "446"}}},
        _line(type="sticker", packageId="446", stickerId="1988"),
    ),
    ("telegram", {"text": "Hello"}, ("sendMessage", {"chat_id": "ANA", "text": "Hello"})),
    (
        "telegram",
        {"text": "Well?", "choices": ("Yes", LONG)},
        (
            "sendMessage",
            {
                "chat_id": "ANA",
                "text": "Well?",
                "reply_markup": KEYS,
            },
        ),
    ),
    ("telegram", {"details": {"location": PLACE}}, ("sendLocation", {"chat_id": "ANA", **PLACE})),
    (
        "telegram",
        {"details": {"location": SHOP}},
        ("sendVenue", {"chat_id": "ANA", **PLACE, "title": "Shop", "address": "Taipei"}),
    ),
    (
        "telegram",
        {"details": {"cards": [BOB]}},
        ("sendContact", {"chat_id": "ANA", "phone_number": "+886912", "first_name": "Bob"}),
    ),
    ("whatsapp", {"text": "Hello"}, _whatsapp("text", {"body": "Hello"})),
    (
        "whatsapp",
        {"text": "Well?", "choices": ("Yes", "No")},
        _whatsapp(
            "interactive",
            {
                "type": "button",
                "body": {"text": "Well?"},
                "action": {"buttons": [{"type": "reply", "reply": {"id": one, "title": one}} for one in ("Yes", "No")]},
            },
        ),
    ),
    (
        "whatsapp",
        {"text": "Well?", "choices": ("Yes", LONG)},
        _whatsapp(
            "interactive",
            {
                "type": "list",
                "body": {"text": "Well?"},
                "action": {
                    "button": "▾",
                    "sections": [{"rows": ROWS}],
                },
            },
        ),
    ),
    ("whatsapp", {"details": {"location": SHOP}}, _whatsapp("location", SHOP)),
    (
        "whatsapp",
        {"details": {"cards": [EVE]}},
        _whatsapp(
            "contacts",
            [
                {
                    "name": {"formatted_name": "Eve", "first_name": "Eve"},
                    "phones": [{"phone": "+1"}, {"phone": "+2"}],
                    "emails": [{"email": "eve@post.example"}],
                }
            ],
        ),
    ),
    ("messenger", {"text": "Hello"}, _messenger(text="Hello")),
    (
        "messenger",
        {"text": "Well?", "choices": ("Yes", LONG)},
        _messenger(text="Well?", quick_replies=_quick("Yes", LONG)),
    ),
    ("instagram", {"text": "Hello"}, _meta(text="Hello")),
    ("instagram", {"text": "Well?", "choices": ("Yes", LONG)}, _meta(text="Well?", quick_replies=_quick("Yes", LONG))),
    ("twilio", {"text": "Hello"}, ("Messages.json", {"To": "ANA", "From": "OURS", "Body": "Hello"})),
    (
        "gateway",
        {"text": "Hello"},
        ("messages", {"recipient": {"msisdn": "ANA"}, "body": "Hello", "originator": "OURS", "reference": KEY}),
    ),
]


@pytest.mark.parametrize(("kind", "what", "call"), CALLS)
def test_it_is_said_by_this_call(kind: str, what: dict[str, Any], call: Any) -> None:
    with there(kind) as line:
        assert line.send(**what)
        names = {'"ANA"': json.dumps(line.ana.id), '"OURS"': json.dumps(getattr(line.provider, "number", ""))}
        path, body = call[0], json.dumps(call[1])
        for name, real in names.items():
            body = body.replace(name, real)
        assert line.asked() == (path, json.loads(body))
        assert len(line.ana.received) == 1


# What not every channel has a message for, and what it is in words.
IN_WORDS = [
    ({"location": PLACE}, MAP, {"line", "telegram", "whatsapp"}),
    ({"location": SHOP}, f"Shop\nTaipei\n{MAP}", {"line", "telegram", "whatsapp"}),
    ({"cards": [BOB]}, "Bob\n+886912", {"telegram", "whatsapp"}),
    ({"cards": [BOB, EVE]}, "Bob\n+886912\n\nEve\n+1\n+2\neve@post.example", {"whatsapp"}),
    ({"sticker": STICKER}, "👍", {"telegram"}),
    ({"sticker": {"id": "7", "keywords": ["happy", "cat"]}}, "happy, cat", {"telegram"}),
]


@pytest.mark.parametrize(
    ("kind", "details", "words"),
    [(kind, details, words) for details, words, able in IN_WORDS for kind in KINDS if kind not in able],
)
def test_what_a_channel_has_no_message_for_goes_in_words_that_lose_nothing(
    kind: str, details: dict[str, Any], words: str
) -> None:
    with there(kind) as line:
        line.send(details=details)
        assert line.ana.texts == [words]


# What becomes of each kind of file.
FILES = {
    "a.png": {"line": "image", "telegram": "photo", "whatsapp": "image", "messenger": "image", "instagram": "image"},
    "a.mp4": {"line": "text", "telegram": "video", "whatsapp": "video", "messenger": "video", "instagram": "video"},
    "a.m4a": {"line": "text", "telegram": "audio", "whatsapp": "audio", "messenger": "audio", "instagram": "audio"},
    "a.ogg": {"line": "text", "telegram": "voice", "whatsapp": "audio", "messenger": "audio", "instagram": "audio"},
    "a.pdf": {"line": "text", "telegram": "document", "whatsapp": "document", "messenger": "file"},
}
TYPES = {"png": "image/png", "mp4": "video/mp4", "m4a": "audio/mp4", "ogg": "audio/ogg", "pdf": "application/pdf"}


@pytest.mark.parametrize(("name", "kind"), [(name, kind) for name, kinds in FILES.items() for kind in kinds])
def test_every_kind_of_file_goes_as_such_or_as_a_link(tmp_path: Path, name: str, kind: str) -> None:
    with there(kind) as line:
        line.send(files=(file(tmp_path, name, TYPES[name[-3:]]),))
        (seen,) = line.ana.received
        assert seen.kind == FILES[name][kind]
        if seen.kind == "text":
            assert seen.text == f"{name}\nhttps://desk.example/files/{name}"


@pytest.mark.parametrize("name", FILES)
def test_files_go_by_sms_as_a_link_too(tmp_path: Path, name: str) -> None:
    told = file(tmp_path, name, TYPES[name[-3:]])
    with there("gateway") as line:
        line.send(text="Look", files=(told,))
        assert line.ana.texts == [f"Look\n{name}\n{told.url}"]
    if name != "a.pdf":
        with there("twilio") as line:
            line.send(text="Look", files=(told,))
            assert line.asked()[1]["MediaUrl"] == told.url


def _as_telegram(id: str) -> Any:
    return {"message_id": int(id.rpartition(":")[2]), "allow_sending_without_reply": True}


@pytest.mark.parametrize(
    ("kind", "field", "points"),
    [("telegram", "reply_parameters", _as_telegram), ("whatsapp", "context", lambda id: {"message_id": id})],
)
def test_an_answer_points_at_a_message(kind: str, field: str, points: Callable[[str], Any]) -> None:
    with there(kind) as line:
        first = line.send(text="Hello")
        line.send(text="Again", quoted=Known(external_id=first), key="01890a5d-ac96-774b-bcce-b302099a8058")
        assert line.asked()[1][field] == points(first)


# Which channel, what is shown beside messages, what is asked of the provider.
SHOWN: list[tuple[str, Callable[..., Sign], dict[str, Any], Any]] = [
    ("line", Typing, {}, ("start", {"chatId": "ANA", "loadingSeconds": 20})),
    ("telegram", Typing, {}, ("sendChatAction", {"chat_id": "ANA", "action": "typing"})),
    (
        "telegram",
        React,
        {"emoji": "👍"},
        (
            "setMessageReaction",
            {"chat_id": "ANA", "message_id": "NUMBER", "reaction": [{"type": "emoji", "emoji": "👍"}]},
        ),
    ),
    (
        "telegram",
        React,
        {"emoji": ""},
        ("setMessageReaction", {"chat_id": "ANA", "message_id": "NUMBER", "reaction": []}),
    ),
    (
        "telegram",
        Edit,
        {"text": "Better"},
        ("editMessageText", {"chat_id": "ANA", "message_id": "NUMBER", "text": "Better"}),
    ),
    ("telegram", TakeBack, {}, ("deleteMessage", {"chat_id": "ANA", "message_id": "NUMBER"})),
    ("whatsapp", React, {"emoji": "👍"}, _whatsapp("reaction", {"message_id": "ID", "emoji": "👍"})),
    ("whatsapp", React, {"emoji": ""}, _whatsapp("reaction", {"message_id": "ID", "emoji": ""})),
    (
        "messenger",
        React,
        {"emoji": "👍"},
        (
            "messages",
            {"recipient": {"id": "ANA"}, "sender_action": "react", "payload": {"message_id": "ID", "reaction": "👍"}},
        ),
    ),
    (
        "instagram",
        React,
        {"emoji": "❤️"},
        (
            "messages",
            {"recipient": {"id": "ANA"}, "sender_action": "react", "payload": {"message_id": "ID", "reaction": "love"}},
        ),
    ),
    (
        "messenger",
        React,
        {"emoji": ""},
        ("messages", {"recipient": {"id": "ANA"}, "sender_action": "unreact", "payload": {"message_id": "ID"}}),
    ),
    ("messenger", Typing, {}, ("messages", {"recipient": {"id": "ANA"}, "sender_action": "typing_on"})),
    ("instagram", Read, {}, ("messages", {"recipient": {"id": "ANA"}, "sender_action": "mark_seen"})),
]


@pytest.mark.parametrize(("kind", "sign", "what", "call"), SHOWN)
def test_it_is_shown_by_this_call(kind: str, sign: Callable[..., Sign], what: dict[str, Any], call: Any) -> None:
    with there(kind) as line:
        id = line.send(text="Hello")
        line.show(sign, id, **what)
        body = json.dumps(call[1]).replace('"ANA"', json.dumps(line.ana.id)).replace('"ID"', json.dumps(id))
        body = body.replace('"NUMBER"', id.rpartition(":")[2])
        assert line.asked() == (call[0], json.loads(body))
