"""What WhatsApp tells, as events."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
import yaml

from helpline.app.simulating_channels.whatsapp import WhatsApp
from helpline.channels.inbound import (
    Deleted,
    Edited,
    Event,
    Media,
    NotUnderstood,
    Reacted,
    Reported,
    Said,
    Unsupported,
    Who,
)
from helpline.channels.whatsapp.reading import events_of
from tests.clock import Clock
from tests.shared import shared

ANA = Who(address="5215", name="Ana", phone="+5215")
AT = datetime.fromtimestamp(1700000000, UTC)


def _value(field: str = "messages", **value: Any) -> list[Event]:
    whole = {"messaging_product": "whatsapp", "metadata": {"phone_number_id": "1"}, **value}
    entry = [{"id": "1", "changes": [{"field": field, "value": whole}]}]
    return events_of(json.dumps({"object": "whatsapp_business_account", "entry": entry}).encode())


def _one(kind: str, **part: Any) -> Event:
    message = {"from": "5215", "id": "wamid.X", "timestamp": "1700000000", "type": kind, **part}
    (event,) = _value(contacts=[{"profile": {"name": "Ana"}, "wa_id": "5215"}], messages=[message])
    return event


def _said(kind: str, **part: Any) -> Said:
    event = _one(kind, **part)
    assert isinstance(event, Said)
    assert (event.external_id, event.who) == ("wamid.X", ANA)
    assert event.at == datetime.fromtimestamp(1700000000, UTC)
    return event


def test_words_are_read_and_by_which_advertisement_they_came() -> None:
    assert _said("text", text={"body": "hola"}).text == "hola"
    event = _said("text", text={"body": "hola"}, referral={"source_url": "https://fb.me/1", "headline": "Chat with us"})
    assert event.details == {"referral": "Chat with us"}


@pytest.mark.parametrize(
    ("kind", "part", "media"),
    [
        ("image", {"mime_type": "image/jpeg"}, Media(ref={"id": "9"}, name="image.jpg", media_type="image/jpeg")),
        ("video", {"mime_type": "video/mp4"}, Media(ref={"id": "9"}, name="video.mp4", media_type="video/mp4")),
        (
            "audio",
            {"mime_type": "audio/ogg; codecs=opus"},
            Media(ref={"id": "9"}, name="audio.oga", media_type="audio/ogg"),
        ),
        (
            "document",
            {"mime_type": "application/pdf", "filename": "plan.pdf"},
            Media(ref={"id": "9"}, name="plan.pdf", media_type="application/pdf"),
        ),
        ("sticker", {"mime_type": "image/webp"}, Media(ref={"id": "9"}, name="sticker.webp", media_type="image/webp")),
    ],
)
def test_files_are_read_with_their_caption(kind: str, part: dict[str, Any], media: Media) -> None:
    event = _said(kind, **{kind: {"id": "9", "sha256": "x", "caption": "look", **part}})
    assert (event.text, event.media[0].ref, event.media[0].media_type) == ("look", media.ref, media.media_type)
    assert event.media[0].name.partition(".")[0] == media.name.partition(".")[0]


def test_places_cards_and_orders_are_read() -> None:
    at = {"latitude": 25.0, "longitude": 121.5, "name": "Shop", "address": "Taipei"}
    assert _said("location", location=at).details["location"] == at
    card = {"name": {"formatted_name": "Lucía Gómez"}, "phones": [{"phone": "+1 983"}], "emails": [{"email": "l@a.b"}]}
    told = _said("contacts", contacts=[card]).details["cards"]
    assert told == [{"name": "Lucía Gómez", "phones": ["+1 983"], "emails": ["l@a.b"]}]
    items = [{"product_retailer_id": "tent-2", "quantity": 2, "item_price": 30, "currency": "USD"}]
    assert (
        _said("order", order={"catalog_id": "1", "text": "Please", "product_items": items}).text == "Please\n2 × tent-2"
    )


@pytest.mark.parametrize(
    ("kind", "part", "title", "data"),
    [
        ("button", {"button": {"payload": "stop", "text": "Unsubscribe"}}, "Unsubscribe", "stop"),
        (
            "interactive",
            {"interactive": {"type": "button_reply", "button_reply": {"id": "y", "title": "Yes"}}},
            "Yes",
            "y",
        ),
        (
            "interactive",
            {"interactive": {"type": "list_reply", "list_reply": {"id": "x", "title": "Express", "description": "d"}}},
            "Express",
            "x",
        ),
        (
            "interactive",
            {
                "interactive": {
                    "type": "nfm_reply",
                    "nfm_reply": {"body": "Sent", "name": "flow", "response_json": "{}"},
                }
            },
            "Sent",
            "{}",
        ),
    ],
)
def test_taps_are_answers(kind: str, part: dict[str, Any], title: str, data: str) -> None:
    event = _said(kind, **part, context={"from": "1", "id": "wamid.Y"})
    assert (event.text, event.details["button"]) == (title, {"title": title, "data": data})


def test_a_choice_that_was_too_long_for_its_button_is_whole_again() -> None:
    whole = "The one that is far too long for a row"
    told = {"type": "list_reply", "list_reply": {"id": whole, "title": whole[:23] + "…"}}
    assert _said("interactive", interactive=told).text == whole


def test_reactions_edits_and_deletions_speak_of_a_message() -> None:
    assert _one("reaction", reaction={"message_id": "wamid.Y", "emoji": "👍"}) == Reacted(
        external_id="wamid.Y", who=ANA, emoji="👍", at=AT
    )
    taken = Reacted(external_id="wamid.Y", who=ANA, emoji="", at=AT)
    assert _one("reaction", reaction={"message_id": "wamid.Y"}) == taken
    changed = {"original_message_id": "wamid.Y", "message": {"type": "text", "text": {"body": "adiós"}}}
    assert _one("edit", edit=changed) == Edited(external_id="wamid.Y", who=ANA, text="adiós", at=AT)
    assert _one("revoke", revoke={"original_message_id": "wamid.Y"}) == Deleted(external_id="wamid.Y")


@pytest.mark.parametrize("kind", ["unsupported", "unknown", "hologram"])
def test_what_cannot_be_shown_stands_there_as_such(kind: str) -> None:
    event = _one(kind, errors=[{"code": 131051, "title": "Message type unknown"}])
    assert isinstance(event, Unsupported)
    assert event.what == kind


@pytest.mark.parametrize(
    ("status", "state"),
    [("sent", "sent"), ("delivered", "delivered"), ("read", "read"), ("played", "read")],
)
def test_what_became_of_our_messages_is_told(status: str, state: Any) -> None:
    told = _value(statuses=[{"id": "wamid.Y", "status": status, "timestamp": "1", "recipient_id": "5215"}])
    assert told == [Reported(external_id="wamid.Y", state=state)]


@pytest.mark.parametrize(
    ("code", "kind"), [(131047, "window_closed"), (131026, "permanent"), (131050, "blocked"), (130429, "temporary")]
)
def test_a_failure_says_why(code: int, kind: str) -> None:
    error = {"code": code, "title": "Oh", "error_data": {"details": "because"}}
    (event,) = _value(statuses=[{"id": "wamid.Y", "status": "failed", "errors": [error]}])
    assert isinstance(event, Reported)
    assert event.failure is not None
    assert (event.state, event.failure.kind, event.failure.detail, event.failure.code) == (
        "failed",
        kind,
        "because",
        str(code),
    )


def test_what_is_of_no_conversation_is_passed_over() -> None:
    assert _value("message_template_status_update", event="APPROVED") == []
    assert _value(messages=[{"id": "wamid.X", "type": "system", "from": "5215", "system": {"body": "moved"}}]) == []
    assert _value(statuses=[{"id": "wamid.Y", "status": "pondered"}]) == []
    assert _value(groups=[{"type": "group_create"}]) == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b'{"entry": 5}',
        b'{"entry":[{"changes":[{"field":"messages","value":{"messages":[{}]}}]}]}',
        b'{"entry":[{"changes":[{"field":"messages","value":{"messages":[{"id":"x"}]}}]}]}',
    ],
)
def test_what_makes_no_sense_is_said_so(body: bytes) -> None:
    with pytest.raises(NotUnderstood):
        events_of(body)


def test_every_example_of_whatsapp_is_understood() -> None:
    text = shared("chan-whatsapp-openapi/business-messaging-api_v23.0.yaml").read_text()
    hook = yaml.load(text, Loader=yaml.CSafeLoader)["paths"]["/whatsapp/webhooks"]["post"]["requestBody"]
    examples = hook["content"]["application/json"]["examples"]
    assert len(examples) > 10
    for name, example in examples.items():
        events = events_of(json.dumps(example["value"]).encode())
        value = example["value"]["entry"][0]["changes"][0]["value"]
        speaking = [one for one in value.get("messages", []) if one["type"] != "system"]
        assert len(events) == len(speaking) + len(value.get("statuses", [])), name
        assert any(isinstance(one, Unsupported) for one in events) == (name == "Unsupported Message"), name


def test_what_the_simulator_tells_is_understood() -> None:
    whatsapp = WhatsApp(now=Clock())
    ana = whatsapp.meets("Ana")
    id = whatsapp.says(ana, "hola")
    whatsapp.sends_file(ana, "image", b"\x89PNG", "image/png", caption="look")
    whatsapp.taps(ana, id, "y", "Yes")
    whatsapp.reacts(ana, id, "👍")
    whatsapp.tells(ana, "wamid.Z", "delivered")
    whatsapp.hooks.deliver(lambda url, sealed: 200, together=True)
    events = events_of(whatsapp.hooks.told[0].body)
    assert [type(event) for event in events] == [Said, Said, Said, Reacted, Reported]
