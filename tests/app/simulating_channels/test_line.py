"""LINE simulated: it refuses what LINE refuses, and shows what LINE shows."""

import json
from typing import Any

import pytest

from helpline.app.simulating_channels.line import Line
from tests.clock import Clock

from .asking import ask, told

KEY = "123e4567-e89b-12d3-a456-426614174000"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def line(clock: Clock) -> Line:
    return Line(now=clock)


def push(line: Line, to: str, *messages: dict[str, Any], **headers: str) -> Any:
    given = {"to": to, "messages": list(messages)}
    return ask(line, "POST", "/v2/bot/message/push", given, authorization=f"Bearer {line.token}", **headers)


def reply(line: Line, token: str, *messages: dict[str, Any]) -> Any:
    given = {"replyToken": token, "messages": list(messages)}
    return ask(line, "POST", "/v2/bot/message/reply", given, authorization=f"Bearer {line.token}")


def text(words: str) -> dict[str, Any]:
    return {"type": "text", "text": words}


def test_a_push_is_on_the_screen_of_its_receiver(line: Line) -> None:
    ana = line.meets("Ana")
    said = push(line, ana.id, text("Hello"), {"type": "sticker", "packageId": "446", "stickerId": "1988"})
    assert said.status == 200
    assert [one["id"] for one in told(said)["sentMessages"]] == [one.id for one in ana.received]
    assert [(one.kind, one.text) for one in ana.received] == [("text", "Hello"), ("sticker", "")]


def test_a_wrong_token_is_not_let_in(line: Line) -> None:
    said = ask(line, "POST", "/v2/bot/message/push", {}, authorization="Bearer another")
    assert said.status == 401
    assert "Authentication failed" in told(said)["message"]


def test_a_reply_token_is_good_once_and_for_a_minute(line: Line, clock: Clock) -> None:
    ana = line.meets("Ana")
    line.says(ana, "hi")
    line.says(ana, "anybody?")
    first, second = line.reply_tokens
    assert reply(line, first, text("yes")).status == 200
    again = reply(line, first, text("yes"))
    assert (again.status, told(again)["message"]) == (400, "Invalid reply token")
    clock.advance(61)
    assert reply(line, second, text("late")).status == 400
    assert ana.texts == ["yes"]


def test_a_retry_key_makes_one_message_of_two_requests_for_a_day(line: Line, clock: Clock) -> None:
    ana = line.meets("Ana")
    first = push(line, ana.id, text("once"), x_line_retry_key=KEY)
    second = push(line, ana.id, text("once"), x_line_retry_key=KEY)
    assert (first.status, second.status) == (200, 409)
    assert second.headers["x-line-accepted-request-id"] == first.headers["x-line-request-id"]
    assert told(second)["sentMessages"] == told(first)["sentMessages"]
    assert ana.texts == ["once"]
    clock.advance(24 * 3600 + 1)
    assert push(line, ana.id, text("again"), x_line_retry_key=KEY).status == 200
    assert push(line, ana.id, text("no"), x_line_retry_key="mine").status == 400


@pytest.mark.parametrize(
    ("message", "at"),
    [
        (text(""), "messages[0].text"),
        (text("x" * 5001), "messages[0].text"),
        (text("😀" * 2501), "messages[0].text"),
        ({"type": "text"}, "messages[0]"),
        ({"type": "text", "text": 5}, "messages[0].text"),
        ({"type": "text", "text": "hi", "colour": "red"}, "messages[0]"),
        ({"type": "telepathy"}, "messages[0].type"),
        (
            {"type": "image", "originalContentUrl": "http://a/b.jpg", "previewImageUrl": "https://a/b.jpg"},
            "messages[0]",
        ),
        ({"type": "location", "title": "t", "address": "a", "latitude": 91, "longitude": 0}, "messages[0].latitude"),
        ({"type": "flex", "altText": "a", "contents": {"type": "box"}}, "messages[0].contents.type"),
    ],
)
def test_what_line_refuses_is_refused_with_its_place(line: Line, message: dict[str, Any], at: str) -> None:
    said = push(line, line.meets("Ana").id, message)
    assert said.status == 400
    assert told(said)["details"][0]["property"].startswith(at)


def test_five_messages_go_at_once_and_six_do_not(line: Line) -> None:
    ana = line.meets("Ana")
    assert push(line, ana.id, *[text("hi")] * 5).status == 200
    assert push(line, ana.id, *[text("hi")] * 6).status == 400
    assert push(line, ana.id).status == 400
    assert len(ana.received) == 5


def test_buttons_have_four_actions_with_short_labels(line: Line) -> None:
    ana = line.meets("Ana")

    def buttons(count: int, label: str) -> int:
        action = {"type": "postback", "label": label, "data": "x"}
        template = {"type": "buttons", "text": "Which?", "actions": [action] * count}
        status: int = push(line, ana.id, {"type": "template", "altText": "Which?", "template": template}).status
        return status

    assert buttons(4, "a" * 20) == 200
    assert buttons(5, "a") == 400
    assert buttons(1, "a" * 21) == 400


def test_nobody_is_told_that_they_blocked_the_account(line: Line) -> None:
    ana = line.meets("Ana")
    line.blocks(ana)
    assert push(line, ana.id, text("hello?")).status == 200
    assert ana.received == []
    assert ask(line, "GET", f"/v2/bot/profile/{ana.id}", authorization=f"Bearer {line.token}").status == 404


def test_pushes_end_with_the_quota_and_replies_do_not(line: Line) -> None:
    line.quota = 1
    ana = line.meets("Ana")
    line.says(ana, "hi")
    assert push(line, ana.id, text("one")).status == 200
    said = push(line, ana.id, text("two"))
    assert (said.status, told(said)["message"]) == (429, "You have reached your monthly limit.")
    assert reply(line, next(iter(line.reply_tokens)), text("free")).status == 200


def test_too_many_requests_are_refused(line: Line) -> None:
    line.rate.burst = 1
    line.rate.per_second = 0.001
    ana = line.meets("Ana")
    assert [push(line, ana.id, text("hi")).status for _ in range(2)] == [200, 429]


def test_files_can_be_fetched_for_a_week(line: Line, clock: Clock) -> None:
    ana = line.meets("Ana")
    id = line.sends(ana, {"type": "image"}, b"\x89PNG", "image/png")
    token = f"Bearer {line.token}"
    said = ask(line, "GET", f"/v2/bot/message/{id}/content", authorization=token)
    assert (said.body, said.headers["content-type"]) == (b"\x89PNG", "image/png")
    clock.advance(8 * 24 * 3600)
    assert ask(line, "GET", f"/v2/bot/message/{id}/content", authorization=token).status == 410


def test_an_unknown_receiver_is_refused(line: Line) -> None:
    assert push(line, "U" + "0" * 32, text("hi")).status == 400


def test_a_message_can_be_marked_as_read_by_its_token(line: Line) -> None:
    ana = line.meets("Ana")
    id = line.says(ana, "hi")
    event = line.hooks.take()[0]
    given = {"markAsReadToken": event["message"]["markAsReadToken"]}
    said = ask(line, "POST", "/v2/bot/chat/markAsRead", given, authorization=f"Bearer {line.token}")
    assert (said.status, line.read) == (200, [id])


def test_events_are_told_signed_and_redelivered_ones_say_so(line: Line) -> None:
    line.says(line.meets("Ana"), "hi")
    line.hooks.url = "http://helpline"
    assert line.hooks.deliver(lambda url, sealed: 500) == [500]
    assert line.hooks.deliver(lambda url, sealed: 200) == [200]
    first, second = (json.loads(one.body)["events"][0] for one in line.hooks.told)
    assert first["webhookEventId"] == second["webhookEventId"]
    assert [one["deliveryContext"]["isRedelivery"] for one in (first, second)] == [False, True]
    assert line.hooks.told[0].headers["x-line-signature"] != line.hooks.told[1].headers["x-line-signature"]
