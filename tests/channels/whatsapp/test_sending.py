"""Sending by WhatsApp, over a wire, to a simulator that is strict."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from helpline.app.simulating_channels.customers import Customer
from helpline.app.simulating_channels.provider import Fault
from helpline.app.simulating_channels.server import Server
from helpline.app.simulating_channels.whatsapp import WhatsApp as Simulated
from helpline.app.simulating_channels.whatsapp.templates import Template
from helpline.channels.contract import Account, Failed, Outbound
from helpline.channels.whatsapp.adapter import WhatsApp
from tests.channels.accounts import ANYWHERE, file, of_whatsapp, out
from tests.outside.listener import Listener

ADAPTER = WhatsApp()


@pytest.fixture
def whatsapp() -> Simulated:
    return Simulated(refuses_at_once=True)


@pytest.fixture(params=["meta", "360dialog"])
def account(request: pytest.FixtureRequest, whatsapp: Simulated) -> Iterator[Account]:
    with Server({"whatsapp": whatsapp}) as server:
        yield of_whatsapp(whatsapp, server.url, request.param)


@pytest.fixture
def ana(whatsapp: Simulated) -> Customer:
    ana = whatsapp.meets("Ana")
    whatsapp.says(ana, "hola")
    return ana


def send(account: Account, message: Outbound) -> str:
    return asyncio.run(ADAPTER.send(account, message, ANYWHERE))


PLACE = {"latitude": 25.03, "longitude": 121.56}
THREE = ("Yes", "No", "Perhaps")
MANY = tuple(f"the {at}. of some very long answers that go on and on and on" for at in range(10))


@pytest.mark.parametrize(
    ("more", "kind", "words"),
    [
        ({"text": "x" * 4096}, "text", "x" * 4096),
        ({"details": {"location": PLACE}}, "location", ""),
        ({"details": {"location": {**PLACE, "name": "Shop", "address": "Taipei"}}}, "location", ""),
        ({"details": {"cards": [{"name": "Bob", "phones": ["+886912"], "emails": ["b@c.d"]}]}}, "contacts", ""),
        ({"text": "Well?", "choices": THREE}, "interactive", "Well?"),
        ({"text": "x" * 4096, "choices": THREE}, "interactive", "x" * 4096),
        ({"text": "Which?", "choices": MANY}, "interactive", "Which?"),
    ],
)
def test_every_kind_of_message_is_taken(
    account: Account, ana: Customer, more: dict[str, Any], kind: str, words: str
) -> None:
    id = send(account, out(ana.id, **more))
    (seen,) = ana.received
    assert (seen.id, seen.kind, seen.text) == (id, kind, words)


@pytest.mark.parametrize(
    ("name", "media_type", "kind", "caption"),
    [
        ("a.png", "image/png", "image", "look"),
        ("a.mp4", "video/mp4", "video", "look"),
        ("a.ogg", "audio/ogg", "audio", ""),
        ("plan.pdf", "application/pdf", "document", "look"),
        ("notes.txt", "text/plain", "document", "look"),
    ],
)
def test_files_are_brought_there_and_sent(
    whatsapp: Simulated,
    account: Account,
    ana: Customer,
    tmp_path: Path,
    name: str,
    media_type: str,
    kind: str,
    caption: str,
) -> None:
    send(account, out(ana.id, "look", files=(file(tmp_path, name, media_type),)))
    (seen,) = ana.received
    assert (seen.kind, seen.text) == (kind, caption)
    assert whatsapp.files[seen.details[kind]["id"]].data == b"data"


def test_a_file_that_may_have_been_brought_leaves_nothing_unknown(whatsapp: Simulated, tmp_path: Path) -> None:
    with Listener(lambda asked: asked.connection.close()) as broken:
        here = of_whatsapp(whatsapp, broken.url.removesuffix("/assign"), "meta")
        for one, lost in ((out("1", "look", files=(file(tmp_path, "a.png", "image/png"),)), False), (out("1"), True)):
            with pytest.raises(Failed) as failed:
                send(here, one)
            assert (failed.value.kind, failed.value.may_have_arrived) == ("temporary", lost)


def test_when_the_window_is_closed_only_a_template_goes(whatsapp: Simulated, account: Account) -> None:
    bob = whatsapp.meets("Bob")
    whatsapp.templates = [Template("order", "es", "Hola {{1}}, pedido {{2}}")]
    with pytest.raises(Failed) as closed:
        send(account, out(bob.id, "Hola"))
    assert (closed.value.kind, closed.value.code) == ("window_closed", "131047")
    send(
        account,
        out(bob.id, details={"template": {"name": "order", "language": "es", "values": {"1": "Bob", "2": "7"}}}),
    )
    assert bob.texts == ["Hola Bob, pedido 7"]
    with pytest.raises(Failed) as wrong:
        send(account, out(bob.id, details={"template": {"name": "order", "language": "es", "values": {"1": "Bob"}}}))
    assert (wrong.value.kind, wrong.value.code) == ("permanent", "132000")


def test_refusals_say_what_to_do(whatsapp: Simulated, account: Account, ana: Customer) -> None:
    def refused(message: Outbound) -> Failed:
        with pytest.raises(Failed) as caught:
            send(account, message)
        return caught.value

    assert refused(out(ana.id, "x" * 4097)).kind == "permanent"
    whatsapp.rate_per_pair.burst = 0
    pair = refused(out(ana.id, "hi"))
    assert (pair.kind, pair.code, pair.retry_after) == ("temporary", "131056", 6.0)
    whatsapp.rate.burst, whatsapp.rate.per_second = 0, 0.001
    assert refused(out(ana.id, "hi")).code == "130429"
    whatsapp.faults.append(Fault(503))
    assert refused(out(ana.id, "hi")).kind == "temporary"
    whatsapp.token = "another"
    assert refused(out(ana.id, "hi")).kind == "auth"
    assert ana.received == []


def test_health_says_how_the_number_is_called(whatsapp: Simulated, account: Account) -> None:
    healthy = asyncio.run(ADAPTER.health(account, ANYWHERE))
    assert healthy.ok
    assert healthy.name == ("Helpline" if account.settings["provider"] == "meta" else "")
    whatsapp.token = "another"
    assert not asyncio.run(ADAPTER.health(account, ANYWHERE)).ok


def test_files_are_fetched_by_a_link_that_is_asked_for(whatsapp: Simulated, account: Account, ana: Customer) -> None:
    whatsapp.sends_file(ana, "image", b"\x89PNG", "image/png")
    id = ana.screen[-1].details["image"]["id"]
    fetched = asyncio.run(ADAPTER.fetch(account, {"id": id}, ANYWHERE))
    assert (fetched.content, fetched.media_type) == (b"\x89PNG", "image/png")
    with pytest.raises(Failed) as gone:
        asyncio.run(ADAPTER.fetch(account, {"id": "404"}, ANYWHERE))
    assert gone.value.kind == "permanent"
