"""Sending by Telegram, over a wire, to a simulator that is strict."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from helpline.app.simulating_channels.customers import Customer
from helpline.app.simulating_channels.provider import Fault
from helpline.app.simulating_channels.server import Server
from helpline.app.simulating_channels.telegram import Telegram as Simulated
from helpline.channels.contract import Account, Failed, Outbound
from helpline.channels.telegram.adapter import Telegram
from tests.channels.accounts import ANYWHERE, file, of_telegram, out

ADAPTER = Telegram()


@pytest.fixture
def telegram() -> Simulated:
    return Simulated()


@pytest.fixture
def account(telegram: Simulated) -> Iterator[Account]:
    with Server({"telegram": telegram}) as server:
        yield of_telegram(telegram, server.url)


@pytest.fixture
def ana(telegram: Simulated) -> Customer:
    ana = telegram.meets("Ana García")
    telegram.starts(ana)
    telegram.hooks.take()
    return ana


def send(account: Account, message: Outbound) -> str:
    return asyncio.run(ADAPTER.send(account, message, ANYWHERE))


def test_the_id_of_a_message_holds_for_all_chats(account: Account, ana: Customer) -> None:
    assert send(account, out(ana.id, "Hello")) == f"{ana.id}:{ana.received[0].id}"
    assert ana.texts == ["Hello"]


PLACE = {"latitude": 25.03, "longitude": 121.56}


@pytest.mark.parametrize(
    ("more", "content"),
    [
        ({"text": "<b>1 < 2 & *3*</b>" + "x" * 4000}, "text"),
        ({"details": {"location": PLACE}}, "location"),
        ({"details": {"location": {**PLACE, "name": "Shop"}}}, "venue"),
        ({"details": {"cards": [{"name": "Bob", "phones": ["+886912"]}]}}, "contact"),
        ({"details": {"cards": [{"name": "Bob"}]}}, "text"),
    ],
)
def test_every_kind_of_message_is_taken(account: Account, ana: Customer, more: dict[str, Any], content: str) -> None:
    send(account, out(ana.id, **more))
    (seen,) = ana.received
    assert content in seen.details
    if "text" in more:
        assert seen.text == more["text"]


def test_a_sticker_goes_by_its_id(telegram: Simulated, account: Account, ana: Customer) -> None:
    telegram.sends_file(ana, "sticker", b"RIFF", "image/webp", emoji="👍")
    sticker = ana.screen[-1].details["sticker"]
    send(account, out(ana.id, details={"sticker": {"id": sticker["file_id"]}}))
    assert ana.received[0].kind == "sticker"


def test_a_choice_that_is_tapped_comes_back_as_words(telegram: Simulated, account: Account, ana: Customer) -> None:
    send(account, out(ana.id, "How was it?", choices=("★ Bad", "★★★★★ Great")))
    keys = ana.received[0].details["reply_markup"]["keyboard"]
    assert [[key["text"] for key in row] for row in keys] == [["★ Bad"], ["★★★★★ Great"]]


@pytest.mark.parametrize(
    ("name", "media_type", "kind"),
    [
        ("a.png", "image/png", "photo"),
        ("a.jpg", "image/jpeg", "photo"),
        ("a.gif", "image/gif", "document"),
        ("a.mp4", "video/mp4", "video"),
        ("a.mp3", "audio/mpeg", "audio"),
        ("a.ogg", "audio/ogg; codecs=opus", "voice"),
        ('pl"an\r\n.pdf', "application/pdf", "document"),
        ("計畫.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "document"),
    ],
)
def test_files_go_as_what_they_are(
    account: Account, ana: Customer, tmp_path: Path, name: str, media_type: str, kind: str
) -> None:
    sent = file(tmp_path, name, media_type, b"\r\n--data\x00")
    send(account, out(ana.id, "look", files=(sent,), choices=("Yes",)))
    (seen,) = ana.received
    assert (seen.kind, seen.text) == (kind, "look")
    told = seen.details[kind][-1] if kind == "photo" else seen.details[kind]
    assert told["file_size"] == len(b"\r\n--data\x00")
    fetched = asyncio.run(ADAPTER.fetch(account, {"file_id": told["file_id"]}, ANYWHERE))
    assert fetched.content == b"\r\n--data\x00"


def test_refusals_say_what_to_do(telegram: Simulated, account: Account, ana: Customer) -> None:
    def refused(message: Outbound) -> Failed:
        with pytest.raises(Failed) as caught:
            send(account, message)
        return caught.value

    assert refused(out("1", "hi")).kind == "permanent"
    assert refused(out(ana.id, "x" * 4097)).kind == "permanent"
    telegram.rate_per_chat.burst, telegram.rate_per_chat.per_second = 0, 0.1
    busy = refused(out(ana.id, "hi"))
    assert (busy.kind, busy.retry_after) == ("temporary", 10.0)
    telegram.rate_per_chat.burst = 20
    telegram.faults.append(Fault(502, b"<html>Bad Gateway</html>"))
    assert refused(out(ana.id, "hi")).kind == "temporary"
    telegram.blocks(ana)
    assert refused(out(ana.id, "hi")).kind == "blocked"
    telegram.token = "1:" + "a" * 35
    assert refused(out(ana.id, "hi")).kind == "auth"
    assert ana.received == []


def test_health_says_who_we_are_and_whether_we_are_reached(telegram: Simulated, account: Account) -> None:
    nowhere = asyncio.run(ADAPTER.health(account, ANYWHERE))
    assert (nowhere.ok, nowhere.detail) == (False, "no_webhook")
    telegram.hooks.url = "https://desk.example/in"
    healthy = asyncio.run(ADAPTER.health(account, ANYWHERE))
    assert (healthy.ok, healthy.name) == (True, "@helpline_bot")
    telegram.token = "1:" + "a" * 35
    assert asyncio.run(ADAPTER.health(account, ANYWHERE)).detail == "Unauthorized"


def test_a_file_that_is_gone_or_too_large_is_said_so(telegram: Simulated, account: Account, ana: Customer) -> None:
    telegram.sends_file(ana, "document", b"x" * (20 * 1024 * 1024 + 1), "application/pdf")
    large = ana.screen[-1].details["document"]["file_id"]
    for id, words in (("gone", "wrong file_id"), (large, "file is too big")):
        with pytest.raises(Failed) as failed:
            asyncio.run(ADAPTER.fetch(account, {"file_id": id}, ANYWHERE))
        assert failed.value.kind == "permanent"
        assert words in failed.value.detail
