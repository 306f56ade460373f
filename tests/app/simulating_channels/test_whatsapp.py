"""WhatsApp simulated: it refuses what WhatsApp refuses, and shows what WhatsApp shows."""

from typing import Any

import pytest

from helpline.app.simulating_channels.customers import Customer
from helpline.app.simulating_channels.exchange import Said
from helpline.app.simulating_channels.whatsapp import WhatsApp
from helpline.app.simulating_channels.whatsapp.templates import Template
from tests.clock import Clock

from .asking import ask, told


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def whatsapp(clock: Clock) -> WhatsApp:
    return WhatsApp(now=clock)


@pytest.fixture
def ana(whatsapp: WhatsApp) -> Customer:
    ana = whatsapp.meets("Ana")
    whatsapp.says(ana, "hola")
    whatsapp.hooks.take()
    return ana


def post(whatsapp: WhatsApp, to: str, kind: str, part: Any, **more: Any) -> Said:
    given = {"messaging_product": "whatsapp", "to": to, "type": kind, kind: part, **more}
    path = f"/v23.0/{whatsapp.phone_id}/messages"
    return ask(whatsapp, "POST", path, given, authorization=f"Bearer {whatsapp.token}")


def code(said: Said) -> int:
    number: int = told(said)["error"]["code"]
    return number


def statuses(whatsapp: WhatsApp) -> list[tuple[str, int | None]]:
    told = [event["statuses"][0] for event in whatsapp.hooks.take()]
    return [(one["status"], one["errors"][0]["code"] if "errors" in one else None) for one in told]


def test_a_message_is_on_the_screen_and_its_fate_is_told(whatsapp: WhatsApp, ana: Customer) -> None:
    said = post(whatsapp, ana.id, "text", {"body": "Hello"})
    assert told(said)["messages"][0]["id"] == ana.received[0].id
    assert ana.texts == ["Hello"]
    whatsapp.reads(ana)
    assert statuses(whatsapp) == [("sent", None), ("delivered", None), ("read", None)]


def test_the_same_is_asked_as_of_360dialog(whatsapp: WhatsApp, ana: Customer) -> None:
    given = {"messaging_product": "whatsapp", "to": ana.id, "type": "text", "text": {"body": "Hello"}}
    assert ask(whatsapp, "POST", "/messages", given, d360_api_key=whatsapp.token).status == 200
    assert ask(whatsapp, "POST", "/messages", given, d360_api_key="another").status == 401


def test_a_wrong_token_is_not_let_in(whatsapp: WhatsApp) -> None:
    said = ask(whatsapp, "POST", f"/v23.0/{whatsapp.phone_id}/messages", {}, authorization="Bearer no")
    assert (said.status, code(said)) == (401, 190)


def test_after_a_day_only_a_template_arrives(whatsapp: WhatsApp, ana: Customer, clock: Clock) -> None:
    clock.advance(24 * 3600 + 1)
    assert post(whatsapp, ana.id, "text", {"body": "Hello?"}).status == 200
    assert statuses(whatsapp) == [("failed", 131047)]
    whatsapp.refuses_at_once = True
    said = post(whatsapp, ana.id, "text", {"body": "Hello?"})
    assert (said.status, code(said)) == (400, 131047)
    whatsapp.templates = [Template("order", "es", "Hola {{1}}, tu pedido está listo.")]
    part = {"type": "body", "parameters": [{"type": "text", "text": "Ana"}]}
    post(whatsapp, ana.id, "template", {"name": "order", "language": {"code": "es"}, "components": [part]})
    assert ana.texts == ["Hola Ana, tu pedido está listo."]
    whatsapp.says(ana, "gracias")
    assert post(whatsapp, ana.id, "text", {"body": "De nada"}).status == 200
    assert ana.texts[-1] == "De nada"


@pytest.mark.parametrize(
    ("name", "language", "parameters", "wrong"),
    [
        ("order", "es", [], 132000),
        ("order", "es", [{"type": "text", "text": "Ana"}] * 2, 132000),
        ("order", "fr", [{"type": "text", "text": "Ana"}], 132001),
        ("other", "es", [{"type": "text", "text": "Ana"}], 132001),
        ("new", "es", [], 132001),
        ("tired", "es", [], 132015),
        ("dead", "es", [], 132016),
        ("order", "es", [{"type": "text"}], 132012),
        ("order", "es", [{"type": "text", "text": "a\nb"}], 132007),
        ("order", "es", [{"type": "text", "text": "a" * 1100}], 132005),
    ],
)
def test_a_template_has_to_fit(
    whatsapp: WhatsApp, ana: Customer, name: str, language: str, parameters: list[Any], wrong: int
) -> None:
    whatsapp.templates = [
        Template("order", "es", "Hola {{1}}"),
        Template("new", "es", "Hola", state="PENDING"),
        Template("tired", "es", "Hola", state="PAUSED"),
        Template("dead", "es", "Hola", state="DISABLED"),
    ]
    components = [{"type": "body", "parameters": parameters}] if parameters else []
    said = post(whatsapp, ana.id, "template", {"name": name, "language": {"code": language}, "components": components})
    assert code(said) == wrong


@pytest.mark.parametrize(
    ("kind", "part", "wrong"),
    [
        ("text", {"body": "x" * 4097}, 131009),
        ("text", {"body": ""}, 131009),
        ("text", {"body": "hi", "colour": "red"}, 100),
        ("text", {}, 131008),
        ("text", {"body": 5}, 131009),
        ("telepathy", {}, 131051),
        ("image", {}, 131008),
        ("image", {"id": "404404"}, 131009),
        ("image", {"link": "https://a/b.jpg", "caption": "x" * 1025}, 131009),
        ("location", {"latitude": 1.0}, 131008),
        ("reaction", {"message_id": "wamid.none", "emoji": "👍"}, 131009),
        (
            "interactive",
            {
                "type": "button",
                "body": {"text": "Well?"},
                "action": {"buttons": [{"type": "reply", "reply": {"id": "1", "title": "x"}}] * 4},
            },
            131009,
        ),
    ],
)
def test_what_whatsapp_refuses_is_refused(
    whatsapp: WhatsApp, ana: Customer, kind: str, part: dict[str, Any], wrong: int
) -> None:
    assert code(post(whatsapp, ana.id, kind, part)) == wrong
    assert ana.received == []


def test_who_is_not_there_is_told_of_later(whatsapp: WhatsApp) -> None:
    assert post(whatsapp, "886900000000", "text", {"body": "hi"}).status == 200
    assert statuses(whatsapp) == [("failed", 131026)]


def test_there_are_limits_for_all_and_for_one(whatsapp: WhatsApp, ana: Customer) -> None:
    whatsapp.rate_per_pair.burst = 1
    assert post(whatsapp, ana.id, "text", {"body": "one"}).status == 200
    assert code(post(whatsapp, ana.id, "text", {"body": "two"})) == 131056
    whatsapp.rate.burst, whatsapp.rate.per_second = 1, 0.001
    assert code(post(whatsapp, ana.id, "text", {"body": "three"})) == 131056
    said = post(whatsapp, ana.id, "text", {"body": "four"})
    assert (said.status, code(said)) == (429, 130429)


def test_links_to_files_last_five_minutes(whatsapp: WhatsApp, ana: Customer, clock: Clock) -> None:
    whatsapp.sends_file(ana, "image", b"\x89PNG", "image/png", caption="look")
    message = whatsapp.hooks.take()[0]["messages"][0]
    token = f"Bearer {whatsapp.token}"
    answer = told(ask(whatsapp, "GET", f"/v23.0/{message['image']['id']}", authorization=token))
    link = "/link/" + answer["url"].rpartition("/")[2]
    assert ask(whatsapp, "GET", link).status == 401
    assert ask(whatsapp, "GET", link, authorization=token).body == b"\x89PNG"
    clock.advance(301)
    assert ask(whatsapp, "GET", link, authorization=token).status == 404


def test_files_go_up_and_are_sent_by_their_id(whatsapp: WhatsApp, ana: Customer) -> None:
    def form(kind: bytes) -> Said:
        body = (
            b'--b\r\nContent-Disposition: form-data; name="messaging_product"\r\n\r\nwhatsapp\r\n'
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: '
            + kind
            + b"\r\n\r\n"
            b"\x89PNG\r\n--b--\r\n"
        )
        path, boundary = f"/v23.0/{whatsapp.phone_id}/media", "multipart/form-data; boundary=b"
        return ask(whatsapp, "POST", path, body, content_type=boundary, authorization=f"Bearer {whatsapp.token}")

    id = told(form(b"image/png"))["id"]
    assert post(whatsapp, ana.id, "image", {"id": id, "caption": "look"}).status == 200
    assert [(one.kind, one.text) for one in ana.received] == [("image", "look")]
    assert code(form(b"application/x-sh")) == 100


def test_what_they_wrote_can_be_marked_as_read(whatsapp: WhatsApp, ana: Customer) -> None:
    path, token = f"/v23.0/{whatsapp.phone_id}/messages", f"Bearer {whatsapp.token}"
    mark = {"messaging_product": "whatsapp", "status": "read", "message_id": ana.screen[0].id}
    assert told(ask(whatsapp, "POST", path, mark, authorization=token)) == {"success": True}
    assert whatsapp.read == [ana.screen[0].id]
    assert ask(whatsapp, "POST", path, {**mark, "message_id": "wamid.x"}, authorization=token).status == 400
