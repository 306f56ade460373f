"""What LINE tells, as events."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
import yaml

from helpline.app.simulating_channels.line import Line
from helpline.channels.inbound import Deleted, Edited, Event, Media, NotUnderstood, Reachable, Said, Unsupported, Who
from helpline.channels.line.events import OF_NO_CONVERSATION
from helpline.channels.line.reading import events_of
from tests.clock import Clock
from tests.shared import shared

ANA = Who(address="U1")
AT = datetime.fromtimestamp(1700000000, UTC)


def _told(*events: dict[str, Any]) -> list[Event]:
    around = {"mode": "active", "timestamp": 1700000000000, "source": {"type": "user", "userId": "U1"}}
    told = [{**around, "webhookEventId": f"E{at}", **event} for at, event in enumerate(events)]
    return events_of(json.dumps({"destination": "U0", "events": told}).encode())


def _message(**message: Any) -> Event:
    (event,) = _told({"type": "message", "replyToken": "r", "message": {"id": "7", **message}})
    assert isinstance(event, Said | Unsupported)
    assert (event.external_id, event.who, event.at) == ("7", ANA, datetime.fromtimestamp(1700000000, UTC))
    assert event.reply_with == {"token": "r", "until": 1700000060}
    return event


def test_words_are_read() -> None:
    event = _message(type="text", text="哈囉 (hello)", quoteToken="q", emojis=[{"index": 3, "length": 7}])
    assert isinstance(event, Said)
    assert event.text == "哈囉 (hello)"


@pytest.mark.parametrize(
    ("message", "media"),
    [
        ({"type": "image"}, Media(ref={"id": "7"}, name="image.jpg", media_type="image/jpeg")),
        ({"type": "video", "duration": 1}, Media(ref={"id": "7"}, name="video.mp4", media_type="video/mp4")),
        ({"type": "audio"}, Media(ref={"id": "7"}, name="audio.m4a", media_type="audio/mp4")),
        (
            {"type": "file", "fileName": "plan.pdf", "fileSize": 2138},
            Media(ref={"id": "7"}, name="plan.pdf", media_type="application/pdf", size=2138),
        ),
        (
            {"type": "image", "contentProvider": {"type": "external", "originalContentUrl": "https://a/b.jpg"}},
            Media(ref={"url": "https://a/b.jpg"}, name="image.jpg", media_type="image/jpeg"),
        ),
    ],
)
def test_files_are_read(message: dict[str, Any], media: Media) -> None:
    event = _message(**message)
    assert isinstance(event, Said)
    assert event.media == (media,)


def test_places_and_stickers_are_read() -> None:
    place = _message(type="location", title="Shop", address="Taipei", latitude=25.03, longitude=121.56)
    assert isinstance(place, Said)
    assert place.details["location"] == {"latitude": 25.03, "longitude": 121.56, "name": "Shop", "address": "Taipei"}
    sticker = _message(type="sticker", packageId="446", stickerId="1988", keywords=["hi"], stickerResourceType="STATIC")
    assert isinstance(sticker, Said)
    assert sticker.details["sticker"] == {"id": "1988", "package": "446", "keywords": ["hi"]}


def test_a_message_of_a_kind_that_is_new_stands_there_as_such() -> None:
    event = _message(type="hologram")
    assert isinstance(event, Unsupported)
    assert event.what == "hologram"


def test_taps_are_answers() -> None:
    (event,) = _told({"type": "postback", "replyToken": "r", "postback": {"data": "rate=5"}})
    assert isinstance(event, Said)
    assert (event.external_id, event.text) == ("E0", "rate=5")
    assert event.details["button"] == {"title": "rate=5", "data": "rate=5"}
    (event,) = _told({"type": "postback", "postback": {"data": "day", "params": {"date": "2026-03-02"}}})
    assert isinstance(event, Said)
    assert (event.text, event.reply_with) == ("2026-03-02", {})


def test_coming_going_changing_and_taking_back_are_told() -> None:
    told = _told(
        {"type": "follow", "replyToken": "r", "follow": {"isUnblocked": False}},
        {"type": "unfollow"},
        {"type": "unsend", "unsend": {"messageId": "7"}},
        {"type": "messageEdited", "message": {"id": "7", "type": "text", "text": "hello"}},
    )
    assert told == [
        Reachable(who=ANA, reachable=True, why="followed", at=AT),
        Reachable(who=ANA, reachable=False, why="blocked", at=AT),
        Deleted(external_id="7"),
        Edited(external_id="7", who=ANA, text="hello", at=AT),
    ]


def test_in_a_group_one_answers_to_all_of_it() -> None:
    group = {"type": "group", "groupId": "C9", "userId": "U1"}
    (event,) = _told({"type": "message", "source": group, "message": {"id": "7", "type": "text", "text": "hi"}})
    assert isinstance(event, Said)
    assert event.who == Who(address="C9", member="U1")
    (event,) = _told({"type": "join", "source": {"type": "group", "groupId": "C9"}})
    assert event == Reachable(who=Who(address="C9"), reachable=True, why="followed", at=AT)
    (event,) = _told({"type": "leave", "source": {"type": "room", "roomId": "R9"}})
    assert event == Reachable(who=Who(address="R9"), reachable=False, why="blocked", at=AT)


def test_a_trial_is_nothing_and_what_is_new_is_kept() -> None:
    assert _told() == []
    assert _told({"type": "videoPlayComplete", "videoPlayComplete": {"trackingId": "t"}}) == []
    (event,) = _told({"type": "telepathy"})
    assert event == Unsupported(
        external_id="E0", who=ANA, what="telepathy", at=datetime.fromtimestamp(1700000000, UTC), reply_with={}
    )


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b'{"events": 5}',
        b'{"events": [5]}',
        b'{"events": [{}]}',
        b"\xff",
        b'{"events":[{"type":"x"}]}',
        b'{"events":[{"type":"message","source":{"userId":"U1"},"message":{"id":"","type":"text"}}]}',
        b'{"events":[{"type":"unsend","unsend":{"messageId":""}}]}',
    ],
)
def test_what_makes_no_sense_is_said_so(body: bytes) -> None:
    with pytest.raises(NotUnderstood):
        events_of(body)


@pytest.mark.parametrize("file", ["chan-line/text/webhook.json", "chan-line/v3/text/webhook.json"])
def test_every_sample_of_line_is_understood(file: str) -> None:
    told = json.loads(shared(file).read_bytes())["events"]
    assert len(told) > 25
    for one in told:
        events = events_of(json.dumps({"events": [one]}).encode())
        assert len(events) == (one["type"] not in OF_NO_CONVERSATION)
        assert [isinstance(event, Unsupported) for event in events] in ([], [one["type"] == "undefined"])


def _described(name: str) -> set[str]:
    """The types that LINE's own description knows of a thing."""
    text = shared("chan-line/openapi/webhook.yml").read_text()
    return set(yaml.load(text, Loader=yaml.CSafeLoader)["components"]["schemas"][name]["discriminator"]["mapping"])


def test_all_events_that_line_describes_are_known() -> None:
    read = {"message", "unsend", "follow", "unfollow", "postback", "messageEdited", "join", "leave"}
    described = _described("Event")
    assert len(described) > 15
    assert described <= read | OF_NO_CONVERSATION
    # And what is new becomes something that an agent sees.
    (new,) = _told({"type": "new"})
    assert isinstance(new, Unsupported)


@pytest.mark.parametrize("source", ["user", "group", "room"])
def test_all_messages_that_line_describes_are_read_wherever_they_are_written(source: str) -> None:
    content = {
        "text": "hi",
        "latitude": 25.0,
        "longitude": 121.5,
        "fileName": "a.pdf",
        "packageId": "1",
        "stickerId": "2",
    }
    assert {source} <= _described("Source")
    described = _described("MessageContent")
    assert len(described) > 6
    for kind in described:
        message = {"id": "1", "type": kind, **content}
        (event,) = _told({"type": "message", "source": {"type": source, f"{source}Id": "X1"}, "message": message})
        assert isinstance(event, Said), kind
        assert event.who.address == "X1"
        assert event.text or event.media or event.details


def test_what_the_simulator_tells_is_understood() -> None:
    line = Line(now=Clock())
    ana = line.meets("Ana")
    line.follows(ana)
    id = line.says(ana, "hi")
    image = line.sends(ana, {"type": "image"}, b"\x89PNG", "image/png")
    line.taps(ana, "data")
    line.unsends(ana, id)
    line.blocks(ana)
    line.hooks.deliver(lambda url, sealed: 200, together=True)
    events = events_of(line.hooks.told[0].body)
    assert [type(event) for event in events] == [Reachable, Said, Said, Said, Deleted, Reachable]
    assert [event.external_id for event in events[1:3] if isinstance(event, Said)] == [id, image]
