"""Whether something really comes from the provider: what it signed is let in, and nothing else."""

import json
from typing import Any

import pytest

from helpline.app.simulating_channels.hooks import Sealed
from helpline.app.simulating_channels.line import Line
from helpline.app.simulating_channels.telegram import Telegram
from helpline.app.simulating_channels.whatsapp import WhatsApp
from helpline.channels.contract import Account, Raw
from helpline.channels.kinds import adapter_of
from tests.shared import shared

from .accounts import of_line, of_telegram, of_whatsapp

KINDS = {"line": "line", "meta": "whatsapp", "telegram": "telegram"}
SECRETS = {"line": "channel_secret", "meta": "app_secret", "telegram": "webhook_secret"}


def _vectors() -> list[dict[str, Any]]:
    vectors = json.loads(shared("webhooks-standard/signature_vectors.json").read_text())
    return [one for one in vectors if one["scheme"] in KINDS]


def _is_let_in(vector: dict[str, Any], body: bytes, signature: str) -> bool:
    scheme = vector["scheme"]
    account = Account(channel_id="c", settings={}, secrets={SECRETS[scheme]: vector["secret"]})
    return adapter_of(KINDS[scheme]).verify(account, Raw(body=body, headers={vector["header"].lower(): signature}))


def test_signatures_of_others_are_judged_as_they_say() -> None:
    vectors = _vectors()
    assert {one["scheme"] for one in vectors} == set(KINDS)
    for one in vectors:
        assert _is_let_in(one, one.get("body", "").encode(), one["signature"]) is one["valid"], one


def test_with_one_byte_changed_nothing_is_let_in() -> None:
    for one in _vectors():
        body, signature = one.get("body", "").encode(), one["signature"]
        if not one["valid"]:
            continue
        for at in range(len(signature)):
            other = signature[:at] + chr(ord(signature[at]) ^ 1) + signature[at + 1 :]
            assert not _is_let_in(one, body, other), (one, at)
        for at in range(len(body)) if one["scheme"] != "telegram" else ():
            changed = body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :]
            assert not _is_let_in(one, changed, signature), (one, at)


def _sealed(provider: Line | Telegram | WhatsApp) -> Sealed:
    customer = provider.meets("Ana")
    provider.says(customer, "你好")
    provider.hooks.deliver(lambda url, sealed: 200)
    return provider.hooks.told[0]


@pytest.mark.parametrize("kind", ["line", "telegram", "whatsapp"])
def test_what_a_simulated_provider_sends_is_let_in_and_without_a_secret_nothing_is(kind: str) -> None:
    provider = {"line": Line, "telegram": Telegram, "whatsapp": WhatsApp}[kind]()
    account: Account = {"line": of_line, "telegram": of_telegram, "whatsapp": of_whatsapp}[kind](provider)  # type: ignore[operator]
    sealed = _sealed(provider)
    adapter = adapter_of(kind)
    came = Raw(body=sealed.body, headers=sealed.headers)
    assert adapter.verify(account, came)
    assert not adapter.verify(account, Raw(body=sealed.body))
    bare = Account(channel_id="c", settings=account.settings, secrets={})
    assert not adapter.verify(bare, came)
    assert not adapter.verify(bare, Raw(body=sealed.body, headers=dict.fromkeys(sealed.headers, "")))


def test_360dialog_brings_a_secret_instead_of_a_signature() -> None:
    whatsapp = WhatsApp()
    account = of_whatsapp(whatsapp, provider="360dialog")
    adapter = adapter_of("whatsapp")
    assert adapter.verify(account, Raw(body=b"{}", headers={"x-webhook-secret": whatsapp.secret}))
    assert not adapter.verify(account, Raw(body=b"{}", headers={"x-webhook-secret": "guessed"}))
    sealed = _sealed(whatsapp)
    assert not adapter.verify(account, Raw(body=sealed.body, headers=sealed.headers))


def test_meta_is_greeted_by_the_word_that_was_agreed() -> None:
    account, adapter = of_whatsapp(WhatsApp()), adapter_of("whatsapp")
    asked = {"hub.mode": "subscribe", "hub.verify_token": "agreed", "hub.challenge": "1158201444"}
    assert adapter.greet(account, asked) == "1158201444"
    assert adapter.greet(account, {**asked, "hub.verify_token": "guessed"}) is None
    assert adapter.greet(account, {**asked, "hub.mode": "unsubscribe"}) is None
    assert adapter.greet(account, {}) is None
