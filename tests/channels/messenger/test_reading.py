"""What Messenger and Instagram tell, as events."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from helpline.app.simulating_channels.messenger import Messenger as Simulated
from helpline.channels.inbound import (
    Deleted,
    Edited,
    Event,
    NotUnderstood,
    Reacted,
    ReadUpTo,
    Reported,
    Said,
    SaidElsewhere,
    Unsupported,
    Who,
)
from helpline.channels.messenger.adapter import Messenger
from helpline.channels.messenger.reading import events_of
from helpline.channels.messenger.webhooks import OF_NO_CONVERSATION
from tests.channels.accounts import of_messenger, raw
from tests.clock import Clock

ANA = Who(address="70")
AT = datetime.fromtimestamp(1700000000, UTC)


def _told(**what: Any) -> list[Event]:
    one = {"sender": {"id": "70"}, "recipient": {"id": "1"}, "timestamp": 1700000000000, **what}
    return events_of(json.dumps({"object": "page", "entry": [{"id": "1", "time": 1, "messaging": [one]}]}).encode())


def _said(**message: Any) -> Said:
    (event,) = _told(message={"mid": "m_1", **message})
    assert isinstance(event, Said)
    assert (event.external_id, event.who, event.at, event.reply_with) == ("m_1", ANA, AT, {"wrote": 1700000000})
    return event


def test_words_are_read_and_by_what_they_came() -> None:
    assert _said(text="hola").text == "hola"
    assert _said(text="hola", referral={"ref": "spring", "source": "ADS"}).details == {"referral": "spring"}


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [("image", "image/jpeg"), ("video", "video/mp4"), ("audio", "audio/mp4"), ("file", ""), ("story_mention", "")],
)
def test_files_are_read(kind: str, media_type: str) -> None:
    event = _said(attachments=[{"type": kind, "payload": {"url": "https://cdn.example/1"}}] * 2)
    assert [(one.ref, one.media_type) for one in event.media] == [({"url": "https://cdn.example/1"}, media_type)] * 2


def test_places_and_what_was_shared_are_read() -> None:
    at = {"type": "location", "title": "Ana's place", "payload": {"coordinates": {"lat": 25.0, "long": 121.5}}}
    place = _said(attachments=[at]).details["location"]
    assert place == {"latitude": 25.0, "longitude": 121.5, "name": "Ana's place"}
    nowhere = {"type": "location", "payload": {"coordinates": {"lat": False, "long": 121.5}}}
    (event,) = _told(message={"mid": "m_1", "attachments": [nowhere]})
    assert isinstance(event, Unsupported)
    shared = {"type": "fallback", "title": "A tent", "payload": {"url": "https://shop.example/tent"}}
    assert _said(attachments=[shared]).text == "A tent\nhttps://shop.example/tent"


def test_taps_are_answers() -> None:
    event = _said(text="Yes", quick_reply={"payload": "Yes"})
    assert (event.text, event.details["button"]) == ("Yes", {"title": "Yes", "data": "Yes"})
    long = "The one that is far too long for a button"
    assert _said(text=long[:19] + "…", quick_reply={"payload": long}).text == long
    (tap,) = _told(postback={"mid": "m_2", "title": "Get started", "payload": "START"})
    assert isinstance(tap, Said)
    assert (tap.external_id, tap.text, tap.details["button"]["data"]) == ("m_2", "Get started", "START")


def test_what_happens_to_messages_is_told() -> None:
    assert _told(reaction={"mid": "m_1", "action": "react", "emoji": "👍"}) == [
        Reacted(external_id="m_1", who=ANA, emoji="👍", at=AT)
    ]
    taken = Reacted(external_id="m_1", who=ANA, emoji="", at=AT)
    assert _told(reaction={"mid": "m_1", "action": "unreact"}) == [taken]
    changed = Edited(external_id="m_1", who=ANA, text="hola!", at=AT)
    assert _told(message_edit={"mid": "m_1", "text": "hola!"}) == [changed]
    assert _told(message={"mid": "m_1", "is_deleted": True}) == [Deleted(external_id="m_1")]
    assert _told(delivery={"mids": ["m_1", "m_2"], "watermark": 1}) == [
        Reported(external_id="m_1", state="delivered"),
        Reported(external_id="m_2", state="delivered"),
    ]
    assert _told(read={"watermark": 1700000000000}) == [ReadUpTo(who=ANA, at=AT)]
    assert _told(read={"mid": "m_1"}) == [Reported(external_id="m_1", state="read")]


def _echo(**message: Any) -> Event:
    (event,) = _told(sender={"id": "1"}, recipient={"id": "70"}, message={"mid": "m_1", "is_echo": True, **message})
    return event


def test_what_our_side_says_elsewhere_is_said_to_the_contact_and_by_whom() -> None:
    told: dict[str, Any] = {"external_id": "m_1", "who": ANA, "at": AT}
    assert _echo(text="hi", app_id=5) == SaidElsewhere(**told, text="hi", by="5")
    assert _echo(text="hi", app_id="5", metadata="ours") == SaidElsewhere(**told, text="hi", by="5", key="ours")
    assert _echo(text="hi") == SaidElsewhere(**told, text="hi")
    assert _echo(text="in Meta's inbox", app_id=263902037430900) == SaidElsewhere(**told, text="in Meta's inbox")
    picture = _echo(attachments=[{"type": "image", "payload": {"url": "https://cdn.example/1"}}])
    assert isinstance(picture, SaidElsewhere)
    assert [one.media_type for one in picture.media] == ["image/jpeg"]
    buttons = {"type": "template", "payload": {"template_type": "button", "text": "Which size?", "buttons": []}}
    assert _echo(attachments=[buttons]) == SaidElsewhere(**told, text="Which size?")
    assert _echo(attachments=[{"type": "hologram"}]) == SaidElsewhere(**told, details={"unsupported": "hologram"})
    assert _echo(is_deleted=True) == Deleted(external_id="m_1")
    with pytest.raises(NotUnderstood):
        _told(recipient=None, message={"mid": "m_1", "text": "hi", "is_echo": True})


def test_what_our_side_does_and_what_is_only_told_by_the_way_are_no_messages() -> None:
    assert _told(sender={"id": "1"}, reaction={"mid": "m_1", "action": "react", "emoji": "👍"}) == []
    assert _told(sender={"id": "1"}, read={"watermark": 1700000000000}) == []
    assert _told(optin={"ref": "x"}) == []


def test_whatever_else_happens_is_of_no_conversation_or_stands_there_as_such() -> None:
    for kind in sorted(OF_NO_CONVERSATION):
        assert _told(**{kind: {"ref": "x"}}) == [], kind
    (form,) = _told(messaging_customer_information={"screens": []})
    assert form == Unsupported(
        external_id="messaging_customer_information:70:1700000000000",
        who=ANA,
        what="messaging_customer_information",
        at=AT,
    )


def test_what_cannot_be_shown_stands_there_as_such() -> None:
    (event,) = _told(message={"mid": "m_1", "is_unsupported": True})
    assert isinstance(event, Unsupported)
    assert event.what == "unsupported"
    (event,) = _told(message={"mid": "m_1", "attachments": [{"type": "hologram"}]})
    assert isinstance(event, Unsupported)
    assert event.what == "hologram"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b'{"entry": 5}',
        b'{"entry":[{"messaging":[{"message":{"mid":"m"}}]}]}',
        b'{"entry":[{"messaging":[{"sender":{"id":"7"},"message":{"mid":"","text":"hi"}}]}]}',
    ],
)
def test_what_makes_no_sense_is_said_so(body: bytes) -> None:
    with pytest.raises(NotUnderstood):
        events_of(body)


def test_what_the_simulator_tells_is_let_in_and_understood() -> None:
    page = Simulated(now=Clock())
    ana = page.meets("Ana")
    id = page.says(ana, "hola")
    page.sends_file(ana, "image", b"\x89PNG", "image/png")
    page.edits(ana, id, "hola!")
    page.taps(ana, "START", "Get started")
    page.reacts(ana, id, "👍")
    page.answers(ana, "by somebody else", 5)
    page.reads(ana)
    page.unsends(ana, id)
    page.hooks.deliver(lambda url, sealed: 200, together=True)
    (sealed,) = page.hooks.told
    account, adapter = of_messenger(page), Messenger()
    signature = sealed.headers["x-hub-signature-256"]
    assert adapter.verify(account, raw(sealed.body, x_hub_signature_256=signature))
    assert not adapter.verify(account, raw(sealed.body + b" ", x_hub_signature_256=signature))
    kinds = [type(event) for event in adapter.receive(account, raw(sealed.body))]
    assert kinds == [Said, Said, Edited, Said, Reacted, SaidElsewhere, ReadUpTo, Deleted]
    asked = {"hub.mode": "subscribe", "hub.verify_token": "agreed", "hub.challenge": "7"}
    assert adapter.greet(account, asked) == "7"
    assert adapter.greet(account, {**asked, "hub.verify_token": ""}) is None
