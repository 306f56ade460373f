"""The refusals that Telegram is known for, answered over a wire."""

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest

from helpline.channels.contract import Account
from helpline.channels.telegram.adapter import Telegram
from helpline.channels.telegram.errors import ERRORS
from tests.channels.accounts import ANYWHERE, out
from tests.channels.refusing import read_as, refused
from tests.outside.listener import Asked, Listener

BOT = Account(channel_id="c", settings={}, secrets={"token": "1:t"})

# Number, words, what is done, what agents read.
DOCUMENTED = [
    (400, "Bad Request: chat not found", "permanent", "no_such_address"),
    (400, "Bad Request: user not found", "permanent", "no_such_address"),
    (400, "Bad Request: chat_id is empty", "permanent", "no_such_address"),
    (400, "Bad Request: PEER_ID_INVALID", "permanent", "no_such_address"),
    (400, "Bad Request: group chat was deactivated", "blocked", "gone"),
    (400, "Bad Request: group chat was deleted", "blocked", "gone"),
    (400, "Bad Request: user is deactivated", "blocked", "gone"),
    (400, "Bad Request: USER_IS_BLOCKED", "blocked", "blocked_us"),
    (400, "Bad Request: not enough rights to send text messages to the chat", "blocked", "no_right"),
    (400, "Bad Request: not enough rights to send photos to the chat", "blocked", "no_right"),
    (400, "Bad Request: have no rights to send a message", "blocked", "no_right"),
    (400, "Bad Request: need administrator rights in the channel chat", "blocked", "no_right"),
    (400, "Bad Request: CHAT_WRITE_FORBIDDEN", "blocked", "no_right"),
    (400, "Bad Request: CHAT_RESTRICTED", "blocked", "no_right"),
    (400, "Bad Request: CHAT_ADMIN_REQUIRED", "blocked", "no_right"),
    (400, "Bad Request: CHAT_SEND_PHOTOS_FORBIDDEN", "blocked", "no_right"),
    (400, "Bad Request: VOICE_MESSAGES_FORBIDDEN", "blocked", "no_right"),
    (400, "Bad Request: TOPIC_CLOSED", "blocked", "no_right"),
    (400, "Bad Request: message thread not found", "blocked", "no_right"),
    (400, "Bad Request: message is too long", "permanent", "too_long"),
    (400, "Bad Request: MESSAGE_TOO_LONG", "permanent", "too_long"),
    (400, "Bad Request: message caption is too long", "permanent", "too_long"),
    (400, "Bad Request: MEDIA_CAPTION_TOO_LONG", "permanent", "too_long"),
    (400, "Bad Request: ENTITIES_TOO_LONG", "permanent", "too_long"),
    (400, "Bad Request: message to be replied not found", "permanent", "message_gone"),
    (400, "Bad Request: message to reply not found", "permanent", "message_gone"),
    (400, "Bad Request: replied message not found", "permanent", "message_gone"),
    (400, "Bad Request: message to edit not found", "permanent", "message_gone"),
    (400, "Bad Request: message to delete not found", "permanent", "message_gone"),
    (400, "Bad Request: message to react not found", "permanent", "message_gone"),
    (400, "Bad Request: message can't be edited", "permanent", "message_gone"),
    (400, "Bad Request: message can't be deleted for everyone", "permanent", "message_gone"),
    (400, "Bad Request: MESSAGE_ID_INVALID", "permanent", "message_gone"),
    (400, "Bad Request: wrong file identifier/HTTP URL specified", "permanent", "file_refused"),
    (400, "Bad Request: wrong remote file identifier specified: can't unserialize it", "permanent", "file_refused"),
    (400, "Bad Request: invalid file_id", "permanent", "file_refused"),
    (400, "Bad Request: file is too big", "permanent", "file_refused"),
    (400, "Bad Request: file must be non-empty", "permanent", "file_refused"),
    (400, "Bad Request: PHOTO_INVALID_DIMENSIONS", "permanent", "file_refused"),
    (400, "Bad Request: IMAGE_PROCESS_FAILED", "permanent", "file_refused"),
    (400, "Bad Request: VIDEO_FILE_INVALID", "permanent", "file_refused"),
    (400, "Bad Request: MEDIA_INVALID", "permanent", "file_refused"),
    (400, "Bad Request: failed to get HTTP URL content", "permanent", "file_not_fetched"),
    (400, "Bad Request: wrong type of the web page content", "permanent", "file_not_fetched"),
    (400, "Bad Request: REACTION_INVALID", "permanent", "unsupported"),
    (400, "Bad Request: can't parse entities: Unexpected end tag at byte offset 5", "permanent", "not_understood"),
    (400, "Bad Request: message text is empty", "permanent", "not_understood"),
    (400, "Bad Request: BUTTON_DATA_INVALID", "permanent", "not_understood"),
    (401, "Unauthorized", "auth", "token"),
    (403, "Forbidden: bot was blocked by the user", "blocked", "blocked_us"),
    (403, "Forbidden: bot was kicked from the supergroup chat", "blocked", "blocked_us"),
    (403, "Forbidden: bot is not a member of the channel chat", "blocked", "blocked_us"),
    (403, "Forbidden: user is deactivated", "blocked", "gone"),
    (403, "Forbidden: the group chat was deleted", "blocked", "gone"),
    (403, "Forbidden: bot can't initiate conversation with a user", "blocked", "not_started"),
    (403, "Forbidden: bot can't send messages to bots", "permanent", "no_such_address"),
    (403, "Forbidden: not enough rights to send text messages to the chat", "blocked", "no_right"),
    (403, "Forbidden: bot can't send messages to the user", "blocked", "blocked_us"),
    (404, "Not Found: method not found", "permanent", "not_understood"),
    (404, "Not Found", "auth", "token"),
    (409, "Conflict: terminated by other getUpdates request", "permanent", "elsewhere"),
    (409, "Conflict: can't use getUpdates method while webhook is active", "permanent", "elsewhere"),
    (413, "Request Entity Too Large", "permanent", "file_refused"),
    (429, "Too Many Requests: retry after 35", "temporary", "busy"),
    (500, "Internal Server Error", "temporary", "down"),
    (502, "Bad Gateway", "temporary", "down"),
    (504, "Gateway Timeout", "temporary", "down"),
]


def told(number: int, words: str, **parameters: int) -> dict[str, Any]:
    said = {"ok": False, "error_code": number, "description": words}
    return said | ({"parameters": parameters} if parameters else {})


@pytest.mark.parametrize(("number", "words", "kind", "reason"), DOCUMENTED)
def test_an_answer_says_what_to_do(number: int, words: str, kind: str, reason: str) -> None:
    failed = refused("telegram", BOT, number, told(number, words))
    assert (read_as(failed), failed.code, failed.detail) == ((kind, reason), str(number), words)
    assert not failed.may_have_arrived


def test_every_line_of_the_table_is_tried() -> None:
    def is_tried(status: int, words: str) -> bool:
        return any(number == status and words.lower() in said.lower() for number, said, *_ in DOCUMENTED)

    assert [one for one in ERRORS if not is_tried(one.status, one.words)] == []


def test_how_long_to_wait_is_telegrams_to_say() -> None:
    assert refused("telegram", BOT, 429, told(429, "Too Many Requests", retry_after=35)).retry_after == 35.0
    assert refused("telegram", BOT, 429, told(429, "Too Many Requests")).retry_after == 5.0
    assert refused("telegram", BOT, 429, told(429, "Too Many Requests") | {"parameters": 5}).retry_after == 5.0


@pytest.mark.parametrize(
    ("status", "said", "kind", "may_have_arrived"),
    [
        (502, b"<html>Bad Gateway</html>", "temporary", True),
        (503, b"", "temporary", False),
        (200, {"ok": False, "error_code": 403, "description": "Forbidden"}, "blocked", False),
        (200, b"not JSON", "permanent", False),
        (500, {"ok": False, "error_code": "x", "parameters": 5}, "temporary", True),
    ],
)
def test_what_is_not_documented_is_read_by_its_status(
    status: int, said: Any, kind: str, may_have_arrived: bool
) -> None:
    failed = refused("telegram", BOT, status, said)
    assert (failed.kind, failed.may_have_arrived) == (kind, may_have_arrived)


def test_a_group_that_was_made_larger_is_written_to_where_it_is_now() -> None:
    told: list[str] = []

    def answer(asked: Asked) -> None:
        told.append(json.loads(asked.body)["chat_id"])
        if told[-1] == "-100":
            asked.say({"ok": True, "result": {"message_id": 7}})
        else:
            moved = {"migrate_to_chat_id": -100}
            words = "Bad Request: group chat was upgraded to a supergroup chat"
            asked.say({"ok": False, "error_code": 400, "description": words, "parameters": moved}, 400)

    with Listener(answer) as provider:
        there = replace(BOT, settings={"base_url": provider.url})
        assert asyncio.run(Telegram().send(there, out("-1", "Hello"), ANYWHERE)) == "-100:7"
    assert told == ["-1", "-100"]
