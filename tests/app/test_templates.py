"""Templates from the provider to the phone: fetched, chosen, filled, sent in a closed window; or refused, with the reason."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from helpline.app.settings import Settings
from helpline.app.simulating_channels.whatsapp.templates import Template
from helpline.channels.approvals import NoTemplates, TemplatesNotFetched
from tests.listening import eventually

from .at_providers import At, at

CHOSEN: dict[str, Any] = {"name": "order", "language": "es", "values": {"1": "Ana", "2": "7"}}


@pytest.fixture
def whatsapp(settings: Settings) -> Iterator[At]:
    with at("whatsapp", settings, test_mode=True) as found:
        found.provider.templates = [
            Template("order", "es", "Hola {{1}}, pedido {{2}} listo."),
            Template("new", "es", "Hola", state="PENDING"),
            Template("bad", "es", "Hola", state="REJECTED"),
        ]
        yield found


def closed(whatsapp: At) -> tuple[Any, str]:
    """Somebody who wrote more than a day ago, and the conversation with them."""
    ana = whatsapp.provider.meets("Ana")
    whatsapp.writes(ana, "hola")
    id = whatsapp.take()
    ahead = timedelta(hours=24, minutes=1)
    whatsapp.provider.now = lambda: datetime.now(UTC) + ahead
    whatsapp.admin.put("/api/test/clock", json={"advance_seconds": ahead.total_seconds()})
    assert whatsapp.say(id, "¿Sigues ahí?").json()["code"] == "window_closed"
    return ana, id


def templates(whatsapp: At) -> str:
    return f"/api/channels/{whatsapp.channel['id']}/templates"


def test_a_template_is_fetched_sent_in_a_closed_window_and_read_on_the_phone(whatsapp: At) -> None:
    assert whatsapp.admin.get(templates(whatsapp)).json() == {"fetched_at": None, "items": []}
    fetched = whatsapp.admin.post(templates(whatsapp))
    assert fetched.status_code == 200, fetched.text
    states = {one["name"]: one["state"] for one in fetched.json()["items"]}
    assert states == {"order": "approved", "new": "pending", "bad": "rejected"}
    assert whatsapp.admin.get(templates(whatsapp)).json() == fetched.json()
    ana, id = closed(whatsapp)
    sent = whatsapp.say(id, template=CHOSEN)
    assert sent.is_success, sent.text
    eventually(lambda: "Hola Ana, pedido 7 listo." in ana.texts)
    whatsapp.deliver()
    whatsapp.comes_to(id, sent.json()["id"], "delivered")


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"name": "other"}, "unknown_template", "template.name"),
        ({"language": "en"}, "unknown_template", "template.name"),
        ({"name": "new", "values": {}}, "template_not_approved", "template.name"),
        ({"name": "bad", "values": {}}, "template_not_approved", "template.name"),
        ({"values": {"1": "Ana"}}, "bad_template_values", "template.values"),
    ],
)
def test_what_does_not_fit_is_said_with_its_place(whatsapp: At, change: dict[str, Any], code: str, field: str) -> None:
    whatsapp.admin.post(templates(whatsapp))
    _, id = closed(whatsapp)
    refused = whatsapp.say(id, template=CHOSEN | change)
    assert (refused.status_code, refused.json()["code"], refused.json()["field"]) == (422, code, field)
    assert whatsapp.messages(id, "agent") == []


@pytest.mark.parametrize(
    ("now", "code"),
    [
        (Template("order", "es", "Hola {{1}}"), "132000"),
        (Template("other", "es", "Hola {{1}}, pedido {{2}}"), "132001"),
        (Template("order", "es", "Hola {{1}}, pedido {{2}} listo.", state="PAUSED"), "132015"),
    ],
)
def test_what_only_the_provider_knows_to_be_wrong_is_shown_at_the_message(
    whatsapp: At, now: Template, code: str
) -> None:
    whatsapp.admin.post(templates(whatsapp))
    _, id = closed(whatsapp)
    whatsapp.provider.templates = [now]
    sent = whatsapp.say(id, template=CHOSEN).json()
    whatsapp.comes_to(id, sent["id"], "failed")
    assert whatsapp.attempts(sent["id"]) == [("failed", code)]
    (message,) = [one for one in whatsapp.messages(id, "agent") if one["id"] == sent["id"]]
    assert code in message["details"]["failure"]["detail"]


def test_a_provider_that_does_not_tell_changes_nothing(whatsapp: At) -> None:
    known = whatsapp.admin.post(templates(whatsapp)).json()
    whatsapp.provider.token = "another"
    refused = whatsapp.admin.post(templates(whatsapp))
    assert (refused.status_code, refused.json()["code"]) == (409, TemplatesNotFetched.code())
    assert refused.json()["why"]
    assert whatsapp.admin.get(templates(whatsapp)).json() == known


def test_a_web_chat_has_no_templates(whatsapp: At) -> None:
    chat = next(one for one in whatsapp.admin.get("/api/channels").json() if one["kind"] == "webchat")
    for ask in (whatsapp.admin.get, whatsapp.admin.post):
        refused = ask(f"/api/channels/{chat['id']}/templates")
        assert (refused.status_code, refused.json()["code"]) == (409, NoTemplates.code())
