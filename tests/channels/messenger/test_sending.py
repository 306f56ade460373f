"""Sending by Messenger and Instagram, over a wire, to a simulator that is strict."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from helpline.app.simulating_channels.customers import Customer
from helpline.app.simulating_channels.messenger import Messenger as Simulated
from helpline.app.simulating_channels.provider import Fault
from helpline.app.simulating_channels.server import Server
from helpline.channels.contract import Account, Failed, Outbound
from helpline.channels.kinds import can
from helpline.channels.messenger.adapter import Instagram, Messenger
from tests.channels.accounts import ANYWHERE, file, of_messenger, out

Send = Callable[[Outbound], str]
ADAPTERS: dict[bool, Messenger] = {False: Messenger(), True: Instagram()}


@pytest.fixture(params=[False, True], ids=["messenger", "instagram"])
def page(request: pytest.FixtureRequest) -> Simulated:
    return Simulated(instagram=request.param)


@pytest.fixture
def account(page: Simulated) -> Iterator[Account]:
    with Server({"messenger": page}) as server:
        page.address = f"{server.url}/messenger"
        yield of_messenger(page, server.url)


@pytest.fixture
def ana(page: Simulated) -> Customer:
    ana = page.meets("Ana García")
    page.says(ana, "hola")
    return ana


@pytest.fixture
def send(page: Simulated, account: Account) -> Send:
    return lambda message: asyncio.run(ADAPTERS[page.instagram].send(account, message, ANYWHERE))


def test_texts_and_choices_are_taken(page: Simulated, send: Send, ana: Customer) -> None:
    longest = "你" * can("instagram" if page.instagram else "messenger").most_text
    assert send(out(ana.id, longest)) == ana.received[0].id
    send(out(ana.id, "Which?", choices=tuple(f"the {at}. of some long answers" for at in range(20))))
    replies = ana.received[1].details["message"]["quick_replies"]
    assert [one["payload"] for one in replies] == [f"the {at}. of some long answers" for at in range(13)]
    send(out(ana.id, details={"location": {"latitude": 25.03, "longitude": 121.56, "name": "Shop"}}))
    assert ana.texts == [longest, "Which?", "Shop\nhttps://www.openstreetmap.org/?mlat=25.03&mlon=121.56"]


@pytest.mark.parametrize(
    ("media_type", "kind"),
    [("image/png", "image"), ("video/mp4", "video"), ("audio/mp4", "audio"), ("application/pdf", "file")],
)
def test_files_go_by_a_link(send: Send, ana: Customer, tmp_path: Path, media_type: str, kind: str) -> None:
    send(out(ana.id, files=(file(tmp_path, "a", media_type),)))
    assert ana.received[0].kind == kind


def test_after_a_day_people_may_answer_for_a_week_and_machines_may_not(
    page: Simulated, send: Send, ana: Customer
) -> None:
    wrote = datetime.now(UTC)
    told: dict[str, Any] = {"reply_with": {"wrote": int(wrote.timestamp())}}

    def late(days: float, *, automatic: bool = False) -> str:
        at = wrote + timedelta(days=days)
        page.now = lambda: at
        return send(out(ana.id, "Hello", at=at, automatic=automatic, **told))

    def refused(days: float, *, automatic: bool = False) -> str:
        with pytest.raises(Failed) as caught:
            late(days, automatic=automatic)
        return caught.value.kind

    late(0.5, automatic=True)
    assert refused(1.5, automatic=True) == "window_closed"
    late(6)
    assert refused(8) == "window_closed"
    assert [one.details.get("tag") for one in ana.received] == [None, "HUMAN_AGENT"]


def test_refusals_say_what_to_do(page: Simulated, send: Send, ana: Customer) -> None:
    def refused(message: Outbound) -> Failed:
        with pytest.raises(Failed) as caught:
            send(message)
        return caught.value

    assert refused(out("70404", "hi")).code == "100/2018001"
    assert refused(out(ana.id, "x" * 2001)).kind == "permanent"
    ana.has_blocked = True
    assert refused(out(ana.id, "hi")).kind == "blocked"
    ana.has_blocked = False
    page.faults.append(Fault(503))
    assert refused(out(ana.id, "hi")).kind == "temporary"
    page.rate.burst, page.rate.per_second = 0, 0.001
    assert refused(out(ana.id, "hi")).kind == "temporary"
    page.token = "another"
    assert (refused(out(ana.id, "hi")).kind, refused(out(ana.id, "hi")).code) == ("auth", "190/460")
    assert ana.received == []


def test_health_and_files(page: Simulated, account: Account, ana: Customer) -> None:
    assert asyncio.run(ADAPTERS[page.instagram].health(account, ANYWHERE)).name == "Helpline"
    page.sends_file(ana, "image", b"\x89PNG", "image/png")
    payload = ana.screen[-1].details["attachments"][0]["payload"]
    fetched = asyncio.run(ADAPTERS[page.instagram].fetch(account, payload, ANYWHERE))
    assert (fetched.content, fetched.media_type) == (b"\x89PNG", "image/png")
    page.token = "another"
    assert not asyncio.run(ADAPTERS[page.instagram].health(account, ANYWHERE)).ok
