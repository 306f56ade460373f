"""What every adapter keeps to, whatever its kind: a new one is taken up here by itself."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from helpline.channels.contract import Account, Adapter, Failed, Raw
from helpline.channels.inbound import Event, NotUnderstood
from helpline.channels.kinds import KINDS, adapter_of
from helpline.channels.models import ChannelKind
from helpline.outside import Outside
from tests.channels.accounts import out
from tests.outside.listener import Listener

OUTSIDE = sorted(kind for kind, declared in KINDS.items() if declared.adapter)
LOCALES = Path(__file__).parents[2] / "web" / "desk" / "src" / "locales"
NOBODY = "http://127.0.0.1:9"
"""Where nobody listens."""
ADDRESSES = {"email": "kim@example.com"}


def _filled_in(kind: str, provider: str) -> Account:
    """Everything, with something that is of no use."""
    useless: dict[str, Any] = {"url": NOBODY, "number": 9, "switch": False, "texts": [], "email": "a@b.example"}
    declared = KINDS[kind].settings
    settings = {one.name: useless.get(one.kind, one.default or "1") for one in declared if one.kind != "secret"}
    settings |= {one.name: one.default for one in declared if one.default}
    settings |= {one.name: one.default or one.choices[0] for one in declared if one.kind == "choice"}
    settings |= {one.name: "127.0.0.1" for one in declared if one.name.endswith("_host")}
    settings |= {"provider": provider} if provider else {}
    return Account(
        channel_id="c", settings=settings, secrets={one.name: "1" for one in declared if one.kind == "secret"}
    )


def _providers(kind: str) -> tuple[str, ...]:
    return next((one.choices for one in KINDS[kind].settings if one.name == "provider"), ("",))


ACCOUNTS = [
    pytest.param(kind, _filled_in(kind, provider), id=f"{kind}-{provider}".rstrip("-"))
    for kind in OUTSIDE
    for provider in _providers(kind)
]
each = pytest.mark.parametrize(("kind", "account"), ACCOUNTS)
each_by_http = pytest.mark.parametrize(("kind", "account"), [one for one in ACCOUNTS if one.values[0] != "email"])


@pytest.mark.parametrize("kind", OUTSIDE)
def test_it_is_an_adapter_of_a_kind_that_can_do_something(kind: str) -> None:
    assert isinstance(adapter_of(kind), Adapter)
    able = KINDS[kind].capabilities
    assert ChannelKind(kind)
    assert able.most_text > 0
    assert able.per_second > 0
    assert all(size > 0 for size in able.files.values())


@each
def test_what_is_not_signed_is_not_let_in(kind: str, account: Account) -> None:
    for headers in ({}, {"x-line-signature": "1"}, {"x-hub-signature-256": "sha256=1"}, {"webhook-signature": "v1,1"}):
        assert adapter_of(kind).verify(account, Raw(body=b"{}", headers=headers)) is False


@each
def test_without_its_secrets_nothing_is_let_in(kind: str, account: Account) -> None:
    without = Account(channel_id="c", settings=account.settings, secrets={})
    assert adapter_of(kind).verify(without, Raw(body=b"{}")) is False


@each
@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[]", b"null", b"\xff\xfe", b'{"events": 3}', b"x" * 10_000, b"[" * 10_000]
)
def test_what_makes_no_sense_is_said_so_or_is_nothing(kind: str, account: Account, body: bytes) -> None:
    try:
        events = adapter_of(kind).receive(account, Raw(body=body))
    except NotUnderstood:
        return
    assert all(isinstance(one, Event) for one in events)


@each
def test_where_nobody_answers_a_message_has_failed_and_is_tried_again(kind: str, account: Account) -> None:
    with pytest.raises(Failed) as failed:
        asyncio.run(adapter_of(kind).send(account, out(ADDRESSES.get(kind, "1"), "Hello"), Outside("*")))
    assert failed.value.kind == "temporary"
    assert not failed.value.may_have_arrived


def _refused(kind: str, account: Account, status: int, body: bytes = b"") -> Failed:
    with Listener(lambda asked: asked.say(body, status)) as provider:
        base = {"base_url": provider.url, "url": provider.url, "send_url": provider.url}
        there = replace(account, settings={**account.settings, **base})
        with pytest.raises(Failed) as failed:
            asyncio.run(adapter_of(kind).send(there, out("1", "Hello"), Outside("*")))
    return failed.value


@each_by_http
def test_a_gateway_that_gave_up_does_not_say_whether_the_provider_heard(kind: str, account: Account) -> None:
    for status in (502, 504):
        gateway = _refused(kind, account, status, b"<html>Bad Gateway</html>")
        assert gateway.kind == "temporary"
        assert gateway.may_have_arrived or KINDS[kind].capabilities.tells_duplicates


@each_by_http
def test_a_provider_that_is_busy_did_not_take_the_message(kind: str, account: Account) -> None:
    for status in (429, 503):
        busy = _refused(kind, account, status)
        assert busy.kind == "temporary"
        assert not busy.may_have_arrived or KINDS[kind].capabilities.tells_duplicates


@each
def test_where_calls_may_not_go_they_do_not(kind: str, account: Account) -> None:
    with pytest.raises(Failed) as failed:
        asyncio.run(adapter_of(kind).send(account, out(ADDRESSES.get(kind, "1"), "Hello"), Outside()))
    assert failed.value.kind == "permanent"


@each
def test_a_test_of_the_connection_answers_and_never_raises(kind: str, account: Account) -> None:
    health = asyncio.run(adapter_of(kind).health(account, Outside("*")))
    assert health.ok is False
    assert health.detail


@each
def test_a_stranger_who_asks_whether_the_address_is_ours_hears_nothing(kind: str, account: Account) -> None:
    asked = {"hub.mode": "subscribe", "hub.challenge": "7", "hub.verify_token": "guessed"}
    assert adapter_of(kind).greet(account, {}) is None
    assert adapter_of(kind).greet(account, asked) is None


@pytest.mark.parametrize("language", ["en", "zh-TW"])
@pytest.mark.parametrize("kind", OUTSIDE)
def test_the_desk_has_words_for_what_is_filled_in(kind: str, language: str) -> None:
    words = (LOCALES / language / "pages" / "lines.ts").read_text()
    for setting in KINDS[kind].settings:
        assert f"{setting.name}:" in words, setting.name
    assert f"    {kind}: [" in words, "the steps to set it up"
