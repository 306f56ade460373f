"""Sending by LINE, over a wire, to a simulator that is strict."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from helpline.app.simulating_channels.customers import Customer
from helpline.app.simulating_channels.line import Line as Simulated
from helpline.app.simulating_channels.provider import Fault
from helpline.app.simulating_channels.server import Server
from helpline.channels.contract import Account, Failed, Outbound
from helpline.channels.line.adapter import Line
from tests.channels.accounts import ANYWHERE, file, of_line, out

ADAPTER = Line()


@pytest.fixture
def line() -> Simulated:
    return Simulated()


@pytest.fixture
def account(line: Simulated) -> Iterator[Account]:
    with Server({"line": line}) as server:
        yield of_line(line, server.url)


@pytest.fixture
def ana(line: Simulated) -> Customer:
    return line.meets("Ana")


def send(account: Account, message: Outbound) -> str:
    return asyncio.run(ADAPTER.send(account, message, ANYWHERE))


def token(line: Simulated, ana: Customer, seconds: float = 60) -> dict[str, Any]:
    line.says(ana, "hi")
    until = (datetime.now(UTC) + timedelta(seconds=seconds)).timestamp()
    return {"token": list(line.reply_tokens)[-1], "until": until}


def test_an_answer_goes_by_the_reply_token_and_costs_nothing(line: Simulated, account: Account, ana: Customer) -> None:
    with_token = token(line, ana)
    first = send(account, out(ana.id, "Hello", reply_with=with_token))
    assert (first, line.pushed) == (ana.received[0].id, 0)
    send(account, out(ana.id, "Anything else?", reply_with=with_token))
    assert (ana.texts, line.pushed) == (["Hello", "Anything else?"], 1)


def test_when_its_minute_is_over_the_token_is_not_even_tried(line: Simulated, account: Account, ana: Customer) -> None:
    send(account, out(ana.id, "Hello", reply_with=token(line, ana, seconds=-1)))
    assert [one.path for one in line.asked] == ["/v2/bot/message/push"]
    assert ana.texts == ["Hello"]


def test_what_is_pushed_again_with_its_key_is_one_message(line: Simulated, account: Account, ana: Customer) -> None:
    line.faults.append(Fault(0, is_heard=True))
    with pytest.raises(Failed) as lost:
        send(account, out(ana.id, "once"))
    assert lost.value.kind == "temporary"
    assert send(account, out(ana.id, "once")) == ana.received[0].id
    assert ana.texts == ["once"]


PLACE = {"latitude": 25.03, "longitude": 121.56}


@pytest.mark.parametrize(
    ("more", "kind", "words"),
    [
        ({"text": "x" * 5000}, "text", "x" * 5000),
        ({"details": {"sticker": {"id": "1988", "package": "446"}}}, "sticker", ""),
        ({"details": {"location": PLACE}}, "location", "25.03000, 121.56000"),
        ({"details": {"location": {**PLACE, "name": "Shop", "address": "a" * 200}}}, "location", "Shop"),
        ({"text": "Which?", "choices": tuple(f"the {at}. of some long answers" for at in range(20))}, "text", "Which?"),
    ],
)
def test_every_kind_of_message_is_taken(
    account: Account, ana: Customer, more: dict[str, Any], kind: str, words: str
) -> None:
    send(account, out(ana.id, **more))
    (seen,) = ana.received
    assert (seen.kind, seen.text) == (kind, words)
    if "choices" in more:
        items = seen.details["quickReply"]["items"]
        assert [one["action"]["text"] for one in items] == list(more["choices"][:13])


@pytest.mark.parametrize(
    ("name", "media_type", "size", "kind"),
    [
        ("a.png", "image/png", 9, "image"),
        ("large.png", "image/png", 1024 * 1024 + 1, "image"),
        ("huge.png", "image/png", 10 * 1024 * 1024 + 1, "text"),
        ("a.gif", "image/gif", 9, "text"),
        ("a.pdf", "application/pdf", 9, "text"),
        ("a.mp4", "video/mp4", 9, "text"),
    ],
)
def test_what_line_has_no_kind_for_goes_as_a_link(
    account: Account, ana: Customer, tmp_path: Path, name: str, media_type: str, size: int, kind: str
) -> None:
    send(account, out(ana.id, files=(file(tmp_path, name, media_type, b"x" * size),)))
    (seen,) = ana.received
    url = f"https://desk.example/files/{name}"
    assert seen.kind == kind
    if kind == "image":
        assert (seen.details["originalContentUrl"], seen.details["previewImageUrl"]) == (url, f"{url}/preview")
    else:
        assert seen.text == f"{name}\n{url}"


def test_refusals_say_what_to_do(line: Simulated, account: Account, ana: Customer) -> None:
    def refused(message: Outbound) -> Failed:
        with pytest.raises(Failed) as caught:
            send(account, message)
        return caught.value

    assert refused(out("U" + "0" * 32, "hi")).kind == "permanent"
    assert refused(out(ana.id, "")).kind == "permanent"
    assert "messages[0].text" in refused(out(ana.id, "")).detail
    line.quota = 0
    over = refused(out(ana.id, "hi"))
    assert (over.kind, over.code) == ("permanent", "429")
    line.quota, line.rate.burst, line.rate.per_second = None, 0, 0.001
    assert refused(out(ana.id, "hi")).kind == "temporary"
    line.rate.burst = 10
    line.faults.append(Fault(500))
    assert refused(out(ana.id, "hi", key="01890a5d-ac96-774b-bcce-b302099a8058")).kind == "temporary"
    line.token = "another"
    assert refused(out(ana.id, "hi")).kind == "auth"
    assert ana.received == []


def test_health_says_who_we_are_and_what_is_left(line: Simulated, account: Account, ana: Customer) -> None:
    line.quota = 2
    assert asyncio.run(ADAPTER.health(account, ANYWHERE)).detail == "webhook_off"
    line.hooks.url = "https://desk.example/api/hooks/key"
    healthy = asyncio.run(ADAPTER.health(account, ANYWHERE))
    assert (healthy.ok, healthy.detail, healthy.name) == (True, "0 / 2", "Helpline")
    line.pushed = 2
    assert not asyncio.run(ADAPTER.health(account, ANYWHERE)).ok
    line.token = "another"
    ill = asyncio.run(ADAPTER.health(account, ANYWHERE))
    assert not ill.ok
    assert "Authentication failed" in ill.detail


def test_files_are_fetched_by_their_message(line: Simulated, account: Account, ana: Customer) -> None:
    id = line.sends(ana, {"type": "image"}, b"\x89PNG", "image/png")
    fetched = asyncio.run(ADAPTER.fetch(account, {"id": id}, ANYWHERE))
    assert (fetched.content, fetched.media_type) == (b"\x89PNG", "image/png")
    with pytest.raises(Failed) as gone:
        asyncio.run(ADAPTER.fetch(account, {"id": "404"}, ANYWHERE))
    assert gone.value.kind == "permanent"
