"""Telegram simulated: it refuses what Telegram refuses, and shows what Telegram shows."""

from typing import Any

import pytest

from helpline.app.simulating_channels.customers import Customer
from helpline.app.simulating_channels.exchange import Said
from helpline.app.simulating_channels.telegram import Telegram
from tests.clock import Clock

from .asking import ask, told


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def telegram(clock: Clock) -> Telegram:
    return Telegram(now=clock)


@pytest.fixture
def ana(telegram: Telegram) -> Customer:
    ana = telegram.meets("Ana García")
    telegram.starts(ana)
    telegram.hooks.take()
    return ana


def call(telegram: Telegram, method: str, **parameters: Any) -> Said:
    return ask(telegram, "POST", f"/bot{telegram.token}/{method}", parameters)


def test_a_message_is_on_the_screen(telegram: Telegram, ana: Customer) -> None:
    said = call(telegram, "sendMessage", chat_id=int(ana.id), text="Hello")
    assert told(said)["result"]["text"] == "Hello"
    assert str(told(said)["result"]["message_id"]) == ana.received[0].id
    assert ana.texts == ["Hello"]


def test_a_wrong_token_is_not_let_in(telegram: Telegram) -> None:
    other = "1:" + "a" * 35
    assert ask(telegram, "POST", f"/bot{other}/getMe", {}).status == 401
    assert ask(telegram, "POST", "/botnonsense/getMe", {}).status == 404
    assert told(call(telegram, "getMe"))["result"]["is_bot"]


@pytest.mark.parametrize(
    ("parameters", "description"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n"}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "<b>hi", "parse_mode": "HTML"}, "can't parse entities"),
        ({"text": "<script>hi</script>", "parse_mode": "HTML"}, "can't parse entities"),
        ({"text": "1 < 2", "parse_mode": "HTML"}, "can't parse entities"),
        ({"text": "Done.", "parse_mode": "MarkdownV2"}, "can't parse entities"),
        ({"text": "hi", "chat_id": 1}, "chat not found"),
        ({"text": "hi", "colour": "red"}, "colour"),
        ({"text": 5}, "text"),
        ({"text": "hi", "reply_parameters": {"message_id": 1}}, "message to be replied not found"),
        (
            {"text": "hi", "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "x" * 65}]]}},
            "BUTTON_DATA_INVALID",
        ),
        ({"text": "hi", "reply_markup": {"inline_keyboard": [[{"text": "a"}]]}}, "can't parse inline keyboard button"),
        ({"text": "hi", "reply_markup": {"keyboard": [[{"txt": "a"}]]}}, "can't parse reply keyboard markup"),
    ],
)
def test_what_telegram_refuses_is_refused(
    telegram: Telegram, ana: Customer, parameters: dict[str, Any], description: str
) -> None:
    said = call(telegram, "sendMessage", **{"chat_id": ana.id, **parameters})
    assert (said.status, told(said)["ok"], told(said)["error_code"]) == (400, False, 400)
    assert told(said)["description"].startswith("Bad Request: ")
    assert description in told(said)["description"]
    assert ana.received == []


def test_who_blocked_the_bot_or_never_began_is_not_written_to(telegram: Telegram, ana: Customer) -> None:
    telegram.blocks(ana)
    said = call(telegram, "sendMessage", chat_id=ana.id, text="hello?")
    assert (said.status, told(said)["description"]) == (403, "Forbidden: bot was blocked by the user")
    said = call(telegram, "sendMessage", chat_id=telegram.meets("Bob").id, text="hello?")
    assert told(said)["description"] == "Forbidden: bot can't initiate conversation with a user"


def test_who_writes_too_fast_is_told_when_to_go_on(telegram: Telegram, ana: Customer, clock: Clock) -> None:
    telegram.rate_per_chat.burst = 1
    assert call(telegram, "sendMessage", chat_id=ana.id, text="one").status == 200
    said = call(telegram, "sendMessage", chat_id=ana.id, text="two")
    assert (said.status, told(said)["parameters"]["retry_after"]) == (429, 1)
    clock.advance(1)
    assert call(telegram, "sendMessage", chat_id=ana.id, text="two").status == 200


def test_files_go_up_in_a_form_and_down_by_a_path_of_an_hour(telegram: Telegram, ana: Customer, clock: Clock) -> None:
    form = (
        b'--b\r\nContent-Disposition: form-data; name="chat_id"\r\n\r\n' + ana.id.encode() + b"\r\n"
        b'--b\r\nContent-Disposition: form-data; name="caption"\r\n\r\nThe plan\r\n'
        b'--b\r\nContent-Disposition: form-data; name="document"; filename="plan.pdf"\r\n'
        b"Content-Type: application/pdf\r\n\r\n%PDF\r\n\x00\r\n--b--\r\n"
    )
    path = f"/bot{telegram.token}/sendDocument"
    said = ask(telegram, "POST", path, form, content_type="multipart/form-data; boundary=b")
    file = told(said)["result"]["document"]
    assert (file["file_name"], file["mime_type"], ana.texts) == ("plan.pdf", "application/pdf", ["The plan"])
    where = told(call(telegram, "getFile", file_id=file["file_id"]))["result"]["file_path"]
    assert ask(telegram, "GET", f"/file/bot{telegram.token}/{where}").body == b"%PDF\r\n\x00"
    clock.advance(3601)
    assert ask(telegram, "GET", f"/file/bot{telegram.token}/{where}").status == 404


def test_a_message_of_the_bot_can_be_edited_and_deleted(telegram: Telegram, ana: Customer) -> None:
    id = told(call(telegram, "sendMessage", chat_id=ana.id, text="Helo"))["result"]["message_id"]
    assert call(telegram, "editMessageText", chat_id=ana.id, message_id=id, text="Hello").status == 200
    said = call(telegram, "editMessageText", chat_id=ana.id, message_id=id, text="Hello")
    assert "message is not modified" in told(said)["description"]
    theirs = int(ana.screen[0].id)
    said = call(telegram, "editMessageText", chat_id=ana.id, message_id=theirs, text="mine")
    assert told(said)["description"] == "Bad Request: message can't be edited"
    assert call(telegram, "deleteMessage", chat_id=ana.id, message_id=id).status == 200
    assert call(telegram, "deleteMessage", chat_id=ana.id, message_id=id).status == 400
    assert (ana.received[0].text, ana.received[0].deleted) == ("Hello", True)


def test_a_tap_is_answered_within_its_time(telegram: Telegram, ana: Customer, clock: Clock) -> None:
    keys = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]}
    call(telegram, "sendMessage", chat_id=ana.id, text="Well?", reply_markup=keys)
    query = telegram.taps(ana, ana.received[0].id, "yes")
    assert telegram.hooks.take()[0]["callback_query"]["data"] == "yes"
    assert call(telegram, "answerCallbackQuery", callback_query_id=query).status == 200
    clock.advance(3600)
    assert "query is too old" in told(call(telegram, "answerCallbackQuery", callback_query_id=query))["description"]


def test_updates_come_with_the_secret_or_are_fetched(telegram: Telegram, ana: Customer) -> None:
    assert call(telegram, "setWebhook", url="http://example.com/in").status == 400
    assert call(telegram, "setWebhook", url="https://example.com/in", secret_token="s3cret").status == 200
    telegram.says(ana, "hi")
    assert call(telegram, "getUpdates").status == 409
    telegram.hooks.deliver(lambda url, sealed: 200)
    assert telegram.hooks.told[0].headers["x-telegram-bot-api-secret-token"] == "s3cret"
    call(telegram, "deleteWebhook")
    telegram.says(ana, "again")
    assert told(call(telegram, "getUpdates"))["result"][0]["message"]["text"] == "again"
