"""What Telegram tells, as events."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from helpline.app.simulating_channels.telegram import Telegram
from helpline.channels.inbound import Edited, Event, NotUnderstood, Reachable, Reacted, Said, Unsupported, Who
from helpline.channels.telegram.reading import events_of
from helpline.channels.telegram.updates import ENVELOPE, NOT_OURS, SERVICE
from tests.clock import Clock
from tests.shared import shared

ANA = Who(address="5", name="Ana García", locale="es")
AT, LATER = (datetime.fromtimestamp(moment, UTC) for moment in (1700000000, 1700000001))
USER = {"id": 5, "is_bot": False, "first_name": "Ana", "last_name": "García", "language_code": "es"}
AROUND = {"message_id": 7, "from": USER, "chat": {"id": 5, "type": "private", "first_name": "Ana"}, "date": 1700000000}


def _update(kind: str, **what: Any) -> list[Event]:
    return events_of(json.dumps({"update_id": 1, kind: what}).encode())


def _said(**content: Any) -> Said:
    (event,) = _update("message", **AROUND, **content)
    assert isinstance(event, Said)
    assert (event.external_id, event.who) == ("5:7", ANA)
    assert event.at == datetime.fromtimestamp(1700000000, UTC)
    return event


def _file(**more: Any) -> dict[str, Any]:
    return {"file_id": "F1", "file_unique_id": "u", "file_size": 9, **more}


def test_words_are_read() -> None:
    assert _said(text="hola").text == "hola"


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        ({"photo": [_file(file_id="small", file_size=2), _file()]}, "photo.jpg", "image/jpeg"),
        ({"video": _file(mime_type="video/mp4", file_name="a.mp4")}, "a.mp4", "video/mp4"),
        ({"audio": _file(mime_type="audio/mpeg", file_name="a.mp3")}, "a.mp3", "audio/mpeg"),
        ({"voice": _file(mime_type="audio/ogg")}, "voice.ogg", "audio/ogg"),
        ({"video_note": _file()}, "video.mp4", "video/mp4"),
        ({"animation": _file(mime_type="video/mp4"), "document": _file(file_id="F2")}, "animation", "video/mp4"),
        ({"document": _file(file_name="a.pdf", mime_type="application/pdf")}, "a.pdf", "application/pdf"),
        ({"sticker": _file(emoji="👍", is_animated=False, is_video=False)}, "sticker.webp", "image/webp"),
    ],
)
def test_files_are_read_with_their_caption(content: dict[str, Any], name: str, media_type: str) -> None:
    event = _said(caption="look", **content)
    (media,) = event.media
    assert (media.ref, media.name, media.media_type, media.size) == ({"file_id": "F1"}, name, media_type, 9)
    assert event.text == "look"


def test_places_cards_stickers_and_dice_are_read() -> None:
    at = {"latitude": 25.0, "longitude": 121.5}
    assert _said(location=at).details["location"] == at
    venue = _said(location=at, venue={"location": at, "title": "Shop", "address": "Taipei"})
    assert venue.details["location"] == {**at, "name": "Shop", "address": "Taipei"}
    card = _said(contact={"phone_number": "+886912", "first_name": "Bob"}).details["cards"]
    assert card == [{"name": "Bob", "phones": ["+886912"]}]
    sticker = _said(sticker=_file(emoji="👍", set_name="cats", is_animated=True))
    assert (sticker.media, sticker.details["sticker"]) == ((), {"id": "F1", "package": "cats", "emoji": "👍"})
    assert _said(dice={"emoji": "🎲", "value": 4}).text == "🎲 4"


def test_a_start_is_no_message_unless_it_came_by_a_link() -> None:
    assert _update("message", **AROUND, text="/start") == [Reachable(who=ANA, reachable=True, why="started", at=AT)]
    event = _said(text="/start spring-sale")
    assert event.details == {"referral": "spring-sale"}


def test_an_edit_speaks_of_the_message() -> None:
    edited = _update("edited_message", **AROUND, edit_date=1700000001, text="hola!")
    assert edited == [Edited(external_id="5:7", who=ANA, text="hola!", at=LATER)]


def test_a_tap_says_what_stands_on_the_button() -> None:
    keys = {"inline_keyboard": [[{"text": "No", "callback_data": "n"}, {"text": "Yes", "callback_data": "y"}]]}
    below = {**AROUND, "text": "Well?", "reply_markup": keys}
    (event,) = _update("callback_query", id="99", **{"from": USER}, chat_instance="1", data="y", message=below)
    assert isinstance(event, Said)
    assert (event.external_id, event.text, event.who, event.awaits) == ("tap:99", "Yes", ANA, "99")
    assert event.details["button"] == {"title": "Yes", "data": "y"}


def test_reactions_come_and_go() -> None:
    def react(*emojis: dict[str, str]) -> list[Event]:
        what = {
            "chat": AROUND["chat"],
            "user": USER,
            "date": 1700000001,
            "old_reaction": [],
            "new_reaction": list(emojis),
        }
        return _update("message_reaction", message_id=7, **what)

    assert react({"type": "emoji", "emoji": "👍"}) == [Reacted(external_id="5:7", who=ANA, emoji="👍", at=LATER)]
    assert react() == [Reacted(external_id="5:7", who=ANA, emoji="", at=LATER)]
    assert react({"type": "custom_emoji", "custom_emoji_id": "1"}) == [
        Reacted(external_id="5:7", who=ANA, emoji="⭐", at=LATER)
    ]


@pytest.mark.parametrize(("status", "reachable", "why"), [("kicked", False, "blocked"), ("member", True, "unblocked")])
def test_blocking_is_told(status: str, reachable: bool, why: str) -> None:
    told = {"chat": AROUND["chat"], "from": USER, "date": 1700000001, "new_chat_member": {"status": status}}
    assert _update("my_chat_member", **told) == [Reachable(who=ANA, reachable=reachable, why=why, at=LATER)]


def test_in_a_group_one_answers_to_all_of_it() -> None:
    group = {**AROUND, "chat": {"id": -100, "type": "group", "title": "Hikers"}}
    (event,) = _update("message", **group, text="hi")
    assert isinstance(event, Said)
    assert event.who == Who(address="-100", name="Hikers", member="5", member_name="Ana García")


def test_what_cannot_be_shown_stands_there_as_such() -> None:
    (event,) = _update("message", **AROUND, poll={"id": "1"})
    assert event == Unsupported(external_id="5:7", who=ANA, what="poll", at=datetime.fromtimestamp(1700000000, UTC))
    assert _update("message", **AROUND, pinned_message={"message_id": 1}) == []
    assert _update("poll", id="1") == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b"5",
        b"\xff",
        b'{"update_id": 1}',
        b'{"update_id": 1, "message": {}}',
        b'{"update_id":1,"x":{}}',
    ],
)
def test_what_makes_no_sense_is_said_so(body: bytes) -> None:
    with pytest.raises(NotUnderstood):
        events_of(body)


def test_all_that_telegram_describes_is_known() -> None:
    types = json.loads(shared("chan-telegram/api.json").read_text())["types"]
    updates = {one["name"] for one in types["Update"]["fields"]}
    ours = {"update_id", "message", "edited_message", "callback_query", "message_reaction", "my_chat_member"}
    assert ours | NOT_OURS == updates
    fields = {one["name"] for one in types["Message"]["fields"]}
    assert fields >= ENVELOPE | SERVICE
    seen_as_such = 0
    for name in sorted(fields - ENVELOPE - SERVICE):
        if name in {"text", "photo", "video", "audio", "voice", "video_note", "animation", "document", "sticker"}:
            continue
        if name in {"location", "venue", "contact", "dice"}:
            continue
        (event,) = _update("message", **AROUND, **{name: {"anything": 1}})
        assert isinstance(event, Unsupported)
        assert event.what == name
        seen_as_such += 1
    assert seen_as_such > 30


def test_what_the_simulator_tells_is_understood() -> None:
    telegram = Telegram(now=Clock())
    ana = telegram.meets("Ana García")
    telegram.starts(ana)
    id = telegram.says(ana, "hola")
    telegram.sends_file(ana, "photo", b"\xff\xd8", "image/jpeg", caption="look")
    telegram.edits(ana, id, "hola!")
    telegram.reacts(ana, id, "👍")
    telegram.blocks(ana)
    telegram.hooks.deliver(lambda url, sealed: 200)
    events = [event for sealed in telegram.hooks.told for event in events_of(sealed.body)]
    assert [type(event) for event in events] == [Reachable, Said, Said, Edited, Reacted, Reachable]
    assert isinstance(events[1], Said)
    assert events[1].external_id == f"{ana.id}:{id}"
