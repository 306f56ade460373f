"""Templates as WhatsApp lists them, over a wire."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from helpline.app.simulating_channels.server import Server
from helpline.app.simulating_channels.whatsapp import WhatsApp as Simulated
from helpline.app.simulating_channels.whatsapp.templates import Template as Approved
from helpline.channels.contract import Account, Failed, Template
from helpline.channels.whatsapp.adapter import WhatsApp
from helpline.channels.whatsapp.templates import template_in
from helpline.outside import Outside
from tests.channels.accounts import ANYWHERE, file, of_whatsapp, out

ADAPTER = WhatsApp()


@pytest.fixture
def whatsapp() -> Simulated:
    return Simulated(refuses_at_once=True)


@pytest.fixture(params=["meta", "360dialog"])
def account(request: pytest.FixtureRequest, whatsapp: Simulated) -> Iterator[Account]:
    with Server({"whatsapp": whatsapp}) as server:
        yield of_whatsapp(whatsapp, server.url, request.param)


def fetched(account: Account) -> list[Template]:
    return asyncio.run(ADAPTER.templates(account, Outside("*")))


def test_templates_are_known_with_their_words_places_and_state(whatsapp: Simulated, account: Account) -> None:
    whatsapp.templates = [
        Approved("order", "es", "Pedido {{2}} de {{1}}", header="Kestrel"),
        Approved("new", "en_US", "Hello {{name}}, about {{order}}", state="PENDING"),
        Approved("photo", "es", "Mira", header="IMAGE"),
    ]
    order, new, photo = fetched(account)
    assert order == Template(
        name="order", language="es", state="approved", text="Kestrel\n\nPedido {{2}} de {{1}}", places=["1", "2"]
    )
    assert (new.state, new.places) == ("pending", ["name", "order"])
    assert (photo.state, photo.head, photo.beyond) == ("approved", "image", "")


def test_all_pages_are_read(whatsapp: Simulated, account: Account) -> None:
    whatsapp.templates = [Approved(f"t{number}", "en", "Hello") for number in range(230)]
    assert [one.name for one in fetched(account)] == [f"t{number}" for number in range(230)]


def test_a_business_without_templates_has_none(account: Account) -> None:
    assert fetched(account) == []


def test_places_with_names_are_filled_by_name(whatsapp: Simulated, account: Account) -> None:
    bob = whatsapp.meets("Bob")
    whatsapp.templates = [Approved("order", "en", "Hello {{name}}, about {{order}}")]
    for values in ({"order": "7", "name": "Bob"}, {"name": "Bob", "order": "7"}):
        details = {"template": {"name": "order", "language": "en", "values": values}}
        asyncio.run(ADAPTER.send(account, out(bob.id, details=details), ANYWHERE))
    assert bob.texts == ["Hello Bob, about 7"] * 2
    numbered = {"template": {"name": "order", "language": "en", "values": {"1": "Bob", "2": "7"}}}
    with pytest.raises(Failed) as refused:
        asyncio.run(ADAPTER.send(account, out(bob.id, details=numbered), ANYWHERE))
    assert (refused.value.kind, refused.value.code) == ("permanent", "100")


def test_without_the_business_account_meta_cannot_be_asked(whatsapp: Simulated) -> None:
    account = of_whatsapp(whatsapp, "http://127.0.0.1:9")
    settings = {name: value for name, value in account.settings.items() if name != "business_account_id"}
    with pytest.raises(Failed) as failed:
        fetched(replace(account, settings=settings))
    assert failed.value.detail == "no_business_account"


@pytest.mark.parametrize(
    ("component", "beyond"),
    [
        ({"type": "HEADER", "format": "TEXT", "text": "Order"}, ""),
        ({"type": "HEADER", "format": "LOCATION"}, "header"),
        ({"type": "HEADER", "format": "VIDEO"}, ""),
        ({"type": "BUTTONS", "buttons": [{"type": "FLOW", "text": "Begin"}]}, "buttons"),
        ({"type": "BUTTONS", "buttons": [{"type": "OTP"}]}, "buttons"),
        ({"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Stop"}]}, ""),
        ({"type": "FOOTER", "text": "Kestrel"}, ""),
    ],
)
def test_what_cannot_be_filled_in_here_is_said(component: dict[str, Any], beyond: str) -> None:
    body = {"type": "BODY", "text": "Hello {{1}}"}
    told = {"name": "n", "language": "en", "status": "APPROVED", "components": [component, body]}
    found = template_in(told)
    assert found is not None
    assert (found.beyond, found.places) == (beyond, ["1"])


def test_a_state_that_nobody_knows_is_not_approved() -> None:
    found = template_in({"name": "n", "language": "en", "status": "IN_APPEAL", "components": []})
    assert found is not None
    assert found.state == "other"
    assert template_in({"name": 3}) is None


RICH: dict[str, Any] = {
    "header": "Order {{1}}",
    "buttons": [
        {"type": "URL", "text": "Track", "url": "https://shop.example/{{1}}"},
        {"type": "COPY_CODE", "example": "10OFF"},
        {"type": "QUICK_REPLY", "text": "Stop"},
        {"type": "PHONE_NUMBER", "text": "Call", "phone_number": "15550001"},
    ],
}
FILLED = {"header.1": "7", "1": "Bob", "url.0": "o/7", "code.1": "10OFF"}


def sends(account: Account, to: str, values: dict[str, str], **more: Any) -> None:
    details = {"template": {"name": "order", "language": "en", "values": values}}
    asyncio.run(ADAPTER.send(account, out(to, details=details, **more), ANYWHERE))


def test_places_of_header_and_buttons_are_known_and_filled(whatsapp: Simulated, account: Account) -> None:
    bob = whatsapp.meets("Bob")
    whatsapp.templates = [Approved("order", "en", "Hello {{1}}", **RICH)]
    (known,) = fetched(account)
    assert (known.text, known.places) == ("Order {{header.1}}\n\nHello {{1}}", list(FILLED))
    assert [(one.kind, one.text) for one in known.buttons] == [
        ("url", "Track"),
        ("code", "Copy offer code"),
        ("reply", "Stop"),
        ("phone", "Call"),
    ]
    sends(account, bob.id, FILLED)
    (seen,) = bob.received
    assert seen.text == "Hello Bob"
    assert seen.details["replies"] == ["Stop"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"header.1": None}, "132000"),
        ({"header.1": "x" * 60}, "132005"),
        ({"url.0": None}, "131008"),
        ({"code.1": None}, "131008"),
        ({"code.1": "x" * 16}, "132012"),
        ({"url.0": "a b"}, "132012"),
        ({"url.3": "x"}, "132012"),
        ({"url.4": "x"}, "132012"),
        ({"code.0": "x"}, "132012"),
    ],
)
def test_what_does_not_fit_header_or_buttons_is_refused(
    whatsapp: Simulated, account: Account, change: dict[str, str | None], code: str
) -> None:
    bob = whatsapp.meets("Bob")
    whatsapp.templates = [Approved("order", "en", "Hello {{1}}", **RICH)]
    values = {place: value for place, value in (FILLED | change).items() if value is not None}
    if "code.0" in values:
        del values["url.0"]
    with pytest.raises(Failed) as refused:
        sends(account, bob.id, values)
    assert (refused.value.kind, refused.value.code) == ("permanent", code)


@pytest.mark.parametrize(
    ("head", "name", "media_type"),
    [
        ("IMAGE", "a.png", "image/png"),
        ("VIDEO", "a.mp4", "video/mp4"),
        ("DOCUMENT", "a.pdf", "application/pdf"),
    ],
)
def test_a_file_stands_at_the_head(
    whatsapp: Simulated, account: Account, tmp_path: Path, head: str, name: str, media_type: str
) -> None:
    bob = whatsapp.meets("Bob")
    whatsapp.templates = [Approved("order", "en", "Hello {{1}}", header=head)]
    sends(account, bob.id, {"1": "Bob"}, files=(file(tmp_path, name, media_type),))
    (seen,) = bob.received
    header, body = seen.details["template"]["components"]
    kind = head.lower()
    assert (header["type"], header["parameters"][0]["type"], body["type"]) == ("header", kind, "body")
    assert header["parameters"][0][kind].get("filename") == (name if head == "DOCUMENT" else None)
    with pytest.raises(Failed) as refused:
        sends(account, bob.id, {"1": "Bob"})
    assert refused.value.code == "132012"
