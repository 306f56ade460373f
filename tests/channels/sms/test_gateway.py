"""SMS by a provider that is only described: sent, read, reported, vouched for, and why not."""

import asyncio
import hmac
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as some

from helpline.app.simulating_channels.customers import Customer
from helpline.app.simulating_channels.provider import Fault
from helpline.app.simulating_channels.server import Server
from helpline.app.simulating_channels.sms import Gateway as Simulated
from helpline.channels.contract import Account, Failed, Outbound
from helpline.channels.inbound import Event, NotUnderstood, Raw, Reachable, Reported, Said, Who
from helpline.channels.kinds import adapter_of
from helpline.channels.sms.named import filled, found, nested, read
from helpline.outside import Outside
from tests.channels.accounts import ANYWHERE, KEY, out
from tests.outside.listener import Listener

ADAPTER = adapter_of("sms")
NAMED: dict[str, Any] = {
    "provider": "http",
    "fields": ["recipient.msisdn={to}", "body={text}", "originator={number}", "reference={key}"],
    "id_path": "messages.0.ref",
    "auth_header": "X-Api-Key",
    "in_id": "message.ref",
    "in_from": "message.msisdn",
    "in_text": "message.content",
    "in_state": "message.dlr",
    "verified_by": "hmac",
    "hook_header": "X-Sig",
}


@pytest.fixture
def gateway() -> Simulated:
    return Simulated()


@pytest.fixture
def account(gateway: Simulated) -> Iterator[Account]:
    with Server({"gateway": gateway}) as server:
        settings = {**NAMED, "number": gateway.number, "send_url": f"{server.url}/gateway/v2/messages"}
        yield Account(
            channel_id="c", settings=settings, secrets={"auth_value": gateway.token, "hook_secret": gateway.secret}
        )


@pytest.fixture
def ana(gateway: Simulated) -> Customer:
    return gateway.meets("Ana")


def changed(account: Account, **settings: Any) -> Account:
    return Account(channel_id="c", settings={**account.settings, **settings}, secrets=account.secrets)


def send(account: Account, message: Outbound, outside: Outside = ANYWHERE) -> str:
    return asyncio.run(ADAPTER.send(account, message, outside))


def events(account: Account, gateway: Simulated) -> list[Event]:
    """What it told since."""
    gateway.hooks.deliver(lambda url, sealed: 200)
    told, gateway.hooks.told = gateway.hooks.told, []
    found: list[Event] = []
    for sealed in told:
        assert ADAPTER.verify(account, Raw(body=sealed.body, headers=sealed.headers))
        found += ADAPTER.receive(account, Raw(body=sealed.body))
    return found


def test_a_message_goes_by_fields_that_are_named_and_its_receipt_finds_it(
    gateway: Simulated, account: Account, ana: Customer
) -> None:
    id = send(account, out(ana.id, "你好 & {number}"))
    assert ana.texts == ["你好 & {number}"]
    assert ana.received[-1].details["reference"] == KEY
    assert events(account, gateway) == [Reported(external_id=id, state="delivered", failure=None)]
    lost = send(account, out("+886900000000", "anybody?"))
    (failed,) = events(account, gateway)
    assert isinstance(failed, Reported)
    assert (failed.external_id, failed.state, failed.failure and failed.failure.detail) == (lost, "failed", "UNDELIV")


def test_what_people_write_is_read_and_stop_and_start_are_heeded(
    gateway: Simulated, account: Account, ana: Customer
) -> None:
    id = gateway.says(ana, "hola")
    gateway.says(ana, " Stop ")
    gateway.says(ana, "START")
    first, stop, gone, start, back = events(account, gateway)
    assert first == Said(external_id=id, who=Who(address=ana.id, phone=ana.id), text="hola")
    assert isinstance(stop, Said)
    assert isinstance(start, Said)
    assert isinstance(gone, Reachable)
    assert isinstance(back, Reachable)
    assert (gone.reachable, gone.why, back.reachable) == (False, "opted_out", True)


def test_what_is_not_vouched_for_is_not_let_in(gateway: Simulated, account: Account, ana: Customer) -> None:
    gateway.says(ana, "hola")
    gateway.hooks.deliver(lambda url, sealed: 200)
    sealed = gateway.hooks.told[0]
    right = sealed.headers["x-sig"]
    for at in range(len(sealed.body)):
        body = sealed.body[:at] + bytes([sealed.body[at] ^ 1]) + sealed.body[at + 1 :]
        assert not ADAPTER.verify(account, Raw(body=body, headers={"x-sig": right}))
    for at in range(len(right)):
        wrong = right[:at] + chr(ord(right[at]) ^ 1) + right[at + 1 :]
        assert not ADAPTER.verify(account, Raw(body=sealed.body, headers={"x-sig": wrong}))
    assert not ADAPTER.verify(account, Raw(body=sealed.body))
    nobody = Account(channel_id="c", settings=account.settings, secrets={})
    assert not ADAPTER.verify(nobody, Raw(body=sealed.body, headers=sealed.headers))


def test_a_secret_beside_it_vouches_too_in_a_header_or_in_the_address(gateway: Simulated, account: Account) -> None:
    simple = changed(account, verified_by="secret")
    assert ADAPTER.verify(simple, Raw(body=b"{}", headers={"x-sig": gateway.secret}))
    assert ADAPTER.verify(simple, Raw(body=b"{}", query={"secret": gateway.secret}))
    assert not ADAPTER.verify(simple, Raw(body=b"{}", query={"secret": gateway.secret + "x"}))
    assert not ADAPTER.verify(simple, Raw(body=b"{}", headers={"x-sig": ""}))


@pytest.mark.parametrize(
    ("status", "kind"), [(401, "auth"), (429, "temporary"), (503, "temporary"), (400, "permanent"), (404, "permanent")]
)
def test_what_it_refuses_is_told_apart(
    gateway: Simulated, account: Account, ana: Customer, status: int, kind: str
) -> None:
    gateway.faults.append(Fault(status, b"in its words"))
    with pytest.raises(Failed) as failed:
        send(account, out(ana.id, "hola"))
    assert (failed.value.kind, failed.value.detail, failed.value.code) == (kind, "in its words", str(status))


def test_an_address_in_the_own_network_is_not_called(account: Account, ana: Customer) -> None:
    with pytest.raises(Failed) as failed:
        send(account, out(ana.id, "hola"), Outside())
    assert (failed.value.kind, failed.value.detail) == ("permanent", "refused_address")


def test_the_test_of_the_connection_sends_nothing(gateway: Simulated, account: Account) -> None:
    assert asyncio.run(ADAPTER.health(account, ANYWHERE)).ok
    wrong = Account(channel_id="c", settings=account.settings, secrets={"auth_value": "guessed"})
    health = asyncio.run(ADAPTER.health(wrong, ANYWHERE))
    assert (health.ok, health.detail) == (False, "HTTP 401")
    assert {asked.method for asked in gateway.asked} == {"HEAD"}


def test_what_comes_in_the_address_is_read_and_an_hmac_of_nothing_vouches_for_nothing(account: Account) -> None:
    told = {"id": "7", "from": "+886900000001", "text": "hola"}
    plain = Account(channel_id="c", settings={"provider": "http", "number": "1"}, secrets=account.secrets)
    assert ADAPTER.hears_addresses(plain)
    (event,) = ADAPTER.receive(plain, Raw(body=b"", query=told))
    assert isinstance(event, Said)
    assert (event.external_id, event.text) == ("7", "hola")
    (report,) = ADAPTER.receive(plain, Raw(body=b"", query={"id": "8", "status": "DELIVRD"}))
    assert report == Reported(external_id="8", state="delivered")
    signed = changed(plain, verified_by="hmac")
    assert not ADAPTER.hears_addresses(signed)
    mac = hmac.digest(account.secrets["hook_secret"].encode(), b"", "sha256").hex()
    assert not ADAPTER.verify(signed, Raw(body=b"", query=told, headers={"x-webhook-secret": mac}))
    with pytest.raises(NotUnderstood):
        ADAPTER.receive(signed, Raw(body=b"id=9", query=told))  # what was not signed is not read
    assert not adapter_of("line").hears_addresses(plain)


@pytest.mark.parametrize("how", ["form", "query"])
def test_it_goes_as_a_form_or_in_the_address_where_that_is_wanted(
    gateway: Simulated, account: Account, ana: Customer, how: str
) -> None:
    simple = changed(account, send_as=how, fields=["to={to}", "text={text}"], sign_in="basic", user="acme")
    with pytest.raises(Failed):  # this one takes neither; what it was asked is looked at
        send(simple, out(ana.id, "a&b=c"))
    asked = gateway.asked[-1]
    assert asked.headers["authorization"].startswith("Basic ")
    assert (asked.method, "to=%2B" in asked.body.decode()) == (("POST", True) if how == "form" else ("GET", False))
    if how == "query":
        assert asked.query == {"to": ana.id, "text": "a&b=c"}


def test_a_call_that_is_neither_message_nor_receipt_is_said_so(account: Account) -> None:
    for body in (b"", b"{}", b"[[]]", b'{"message": {"ref": "1"}}', b'{"message": 3}', b"{" * 5000):
        with pytest.raises(NotUnderstood):
            ADAPTER.receive(account, Raw(body=body))
    assert ADAPTER.receive(account, Raw(body=b"[]")) == []


def test_names_lead_into_objects_and_lists() -> None:
    assert nested(filled(["a.b={to}", "a.c=x={text}", "nothing", "=y"], {"to": "1", "text": "{to}"})) == {
        "a": {"b": "1", "c": "x={to}"}
    }
    assert found({"a.b": 1, "a": {"b": [{"c": True}, {"c": 7}]}}, "a.b") == "1"
    assert found({"a": {"b": [{"c": True}, {"c": 7}]}}, "a.b.1.c") == "7"
    assert [found({"a": [1]}, path) for path in ("a.1", "a.x", "b", "", "a.0.c", "a")] == [""] * 6
    assert read(b"from=%2B1&text=a%26b", {"id": "7"}) == {"from": "+1", "text": "a&b", "id": "7"}


@given(body=some.binary(max_size=80) | some.text(max_size=80).map(lambda text: f"[{text!r}]".encode()))
def test_whatever_comes_is_read_or_refused(body: bytes) -> None:
    account = Account(channel_id="c", settings={"provider": "http"}, secrets={})
    try:
        assert all(isinstance(one, Event) for one in ADAPTER.receive(account, Raw(body=body)))
    except NotUnderstood:
        return


def test_a_password_that_belongs_into_a_field_stands_in_no_setting(account: Account) -> None:
    fields = ["to={to}", "text={text}", "api_key={secret}"]
    with Listener(lambda asked: asked.say({"id": "7"})) as provider:
        keyed = changed(account, fields=fields, send_as="form", sign_in="none", send_url=provider.url)
        send(keyed, out("+886900000001", "hello"))
    ((headers, body),) = provider.heard
    assert dict(parse_qsl(body.decode()))["api_key"] == account.secrets["auth_value"]
    assert "x-api-key" not in headers


def _told(account: Account, **message: str) -> list[Event]:
    named = {"ref": "m1", "msisdn": "+886912345678", "content": "hola", **message}
    return ADAPTER.receive(account, Raw(body=msgspec.json.encode({"message": named})))


def test_what_a_person_wrote_is_no_receipt_whatever_state_stands_beside_it(account: Account) -> None:
    (said,) = _told(account, dlr="delivered")
    assert isinstance(said, Said)
    own = account.settings["number"].removeprefix("+")
    assert _told(account, dlr="delivered", msisdn=own) == [Reported(external_id="m1", state="delivered")]
    assert _told(account, dlr="delivered", content="") == [Reported(external_id="m1", state="delivered")]


def test_of_a_long_list_nothing_is_passed_over(account: Account) -> None:
    def listed(count: int) -> Raw:
        each = [{"message": {"ref": f"m{at}", "msisdn": "1", "content": "x"}} for at in range(count)]
        return Raw(body=msgspec.json.encode(each))

    assert len(ADAPTER.receive(account, listed(1000))) == 1000
    with pytest.raises(NotUnderstood):
        ADAPTER.receive(account, listed(1001))
