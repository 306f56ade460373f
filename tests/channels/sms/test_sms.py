"""SMS by Twilio: signed, read, sent, and why not."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as some

from helpline.app.simulating_channels.customers import Customer
from helpline.app.simulating_channels.provider import Fault
from helpline.app.simulating_channels.server import Server
from helpline.app.simulating_channels.sms import Sms as Simulated
from helpline.channels.contract import Account, Failed, Outbound
from helpline.channels.inbound import NotUnderstood, Raw, Reachable, Reported, Said, Who
from helpline.channels.sms.signing import is_signed
from helpline.channels.sms.twilio import Twilio, events_of
from tests.channels.accounts import ANYWHERE, file, out
from tests.shared import shared

ADAPTER = Twilio()
HOOK = "https://desk.example/api/hooks/key"


@pytest.fixture
def sms() -> Simulated:
    return Simulated(HOOK)


@pytest.fixture
def account(sms: Simulated) -> Iterator[Account]:
    with Server({"sms": sms}) as server:
        settings = {"account_sid": sms.account, "number": sms.number, "base_url": f"{server.url}/sms", "hook_url": HOOK}
        yield Account(channel_id="c", settings=settings, secrets={"token": sms.token})


@pytest.fixture
def ana(sms: Simulated) -> Customer:
    return sms.meets("Ana")


def send(account: Account, message: Outbound) -> str:
    return asyncio.run(ADAPTER.send(account, message, ANYWHERE))


def test_signatures_of_twilio_are_let_in_and_with_one_byte_changed_nothing_is() -> None:
    vectors = json.loads(shared("webhooks-standard/signature_vectors.json").read_text())
    ours = [one for one in vectors if one["scheme"] == "twilio"]
    assert len(ours) > 4
    for one in ours:
        body = one["body"].encode() if "body" in one else urlencode(one["params"], doseq=True).encode()
        right = one["signature"]
        assert is_signed(one["secret"], one["url"], body, right) is one["valid"], one
        for at in range(len(right) - 1):
            changed = right[:at] + ("A" if right[at] != "A" else "B") + right[at + 1 :]
            assert not is_signed(one["secret"], one["url"], body, changed)
        assert not is_signed(one["secret"], one["url"], body + b"&x=1", right)
        assert not is_signed(one["secret"], one["url"].replace("myapp", "otherapp"), body, right)
        assert not is_signed("", one["url"], body, right)


def test_what_the_simulator_tells_is_let_in_and_understood(sms: Simulated, account: Account, ana: Customer) -> None:
    id = sms.says(ana, "hola & adiós", media=(("https://api.twilio.example/1", "image/jpeg"),))
    sms.says(ana, "STOP")
    sms.says(ana, "start")
    sms.tells("SM1", "delivered")
    sms.tells("SM2", "undelivered", 30003)
    sms.tells("SM3", "queued")
    sms.hooks.deliver(lambda url, sealed: 200)
    events = []
    for sealed in sms.hooks.told:
        assert ADAPTER.verify(account, Raw(body=sealed.body, headers=sealed.headers))
        assert not ADAPTER.verify(account, Raw(body=sealed.body + b"x", headers=sealed.headers))
        events += ADAPTER.receive(account, Raw(body=sealed.body))
    who = Who(address=ana.id, phone=ana.id)
    first, stop, gone, start, back, delivered, failed = events
    assert isinstance(first, Said)
    assert (first.external_id, first.text, first.who) == (id, "hola & adiós", who)
    assert [(one.ref, one.media_type) for one in first.media] == [
        ({"url": "https://api.twilio.example/1"}, "image/jpeg")
    ]
    assert [type(one) for one in (stop, start)] == [Said, Said]
    assert gone == Reachable(who=who, reachable=False, why="opted_out", said_by=stop.external_id)
    assert back == Reachable(who=who, reachable=True, why="opted_in", said_by=start.external_id)
    assert delivered == Reported(external_id="SM1", state="delivered")
    assert isinstance(failed, Reported)
    assert failed.failure is not None
    assert (failed.state, failed.failure.kind, failed.failure.code) == ("failed", "temporary", "30003")


@pytest.mark.parametrize("told", [{}, {"Body": "hi"}, {"MessageSid": "SM1", "Body": "hi"}])
def test_what_makes_no_sense_is_said_so(told: dict[str, str]) -> None:
    with pytest.raises(NotUnderstood):
        events_of(told)


@given(
    some.dictionaries(
        some.sampled_from(
            ["MessageSid", "SmsStatus", "MessageStatus", "Body", "From", "NumMedia", "MediaUrl0", "ErrorCode"]
        ),
        some.sampled_from(["", "²", "5", "failed", "sent", "+1"]) | some.text(max_size=4),
    )
)
def test_whatever_comes_is_read_or_refused(told: dict[str, str]) -> None:
    try:
        ADAPTER.receive(Account(channel_id="c", settings={}, secrets={}), Raw(body=urlencode(told).encode("utf-8")))
    except NotUnderstood:
        return


def test_texts_and_files_are_sent(sms: Simulated, account: Account, ana: Customer, tmp_path: Path) -> None:
    assert send(account, out(ana.id, "x" * 1600)) == ana.received[0].id
    send(account, out(ana.id, files=(file(tmp_path, "a.png", "image/png"),)))
    assert ana.received[1].details["MediaUrl"] == "https://desk.example/files/a.png"
    assert ana.received[1].details["StatusCallback"] == HOOK


def test_receipts_come_to_the_address_that_the_installation_knows_or_that_is_set(
    sms: Simulated, account: Account, ana: Customer
) -> None:
    settings = {name: value for name, value in account.settings.items() if name != "hook_url"}
    known = replace(account, settings=settings, hook=HOOK)
    send(known, out(ana.id, "hi"))
    assert ana.received[-1].details["StatusCallback"] == HOOK
    sms.hooks.deliver(lambda url, sealed: 200)
    assert len(sms.hooks.told) == 2
    sealed = sms.hooks.told[0]
    body = Raw(body=sealed.body, headers=sealed.headers, url="http://127.0.0.1:8000/api/hooks/key")
    assert ADAPTER.verify(known, body)
    unknown = replace(known, hook="")
    assert not ADAPTER.verify(unknown, body)
    assert ADAPTER.verify(unknown, replace(body, url=HOOK))  # as it was called
    assert not ADAPTER.verify(replace(known, hook=f"{HOOK}x"), body)
    send(unknown, out(ana.id, "hi"))
    assert "StatusCallback" not in ana.received[-1].details


def test_joining_sets_the_webhook_of_the_number_alone(sms: Simulated, account: Account) -> None:
    sms.hooks.url = ""
    asyncio.run(ADAPTER.join(replace(account, settings={**account.settings, "hook_url": ""}), f"{HOOK}-1", ANYWHERE))
    assert (sms.hooks.url, sms.application) == (f"{HOOK}-1", "")
    asyncio.run(ADAPTER.join(account, f"{HOOK}-1", ANYWHERE))
    assert sms.hooks.url == HOOK  # what an administrator says goes before
    for number in ("+15005550001", "+1500555000"):
        wrong = replace(account, settings={**account.settings, "number": number})
        with pytest.raises(Failed) as caught:
            asyncio.run(ADAPTER.join(wrong, HOOK, ANYWHERE))
        assert caught.value.detail == "no_such_number"


def test_refusals_say_what_to_do(sms: Simulated, account: Account, ana: Customer) -> None:
    def refused(message: Outbound) -> Failed:
        with pytest.raises(Failed) as caught:
            send(account, message)
        return caught.value

    assert refused(out("12", "hi")).code == "21211"
    assert refused(out(ana.id, "x" * 1601)).kind == "permanent"
    sms.says(ana, "STOP")
    assert refused(out(ana.id, "hi")).kind == "blocked"
    sms.says(ana, "START")
    sms.faults.append(Fault(503))
    assert refused(out(ana.id, "hi")).kind == "temporary"
    sms.rate.burst, sms.rate.per_second = 0, 0.001
    assert (refused(out(ana.id, "hi")).kind, refused(out(ana.id, "hi")).code) == ("temporary", "20429")
    sms.token = "another"
    assert refused(out(ana.id, "hi")).kind == "auth"
    assert ana.received == []


def test_health_says_what_the_account_is_called(sms: Simulated, account: Account) -> None:
    assert asyncio.run(ADAPTER.health(account, ANYWHERE)).name == "Helpline"
    sms.token = "another"
    assert asyncio.run(ADAPTER.health(account, ANYWHERE)).detail == "Authenticate"
