"""Every error that Messenger and Instagram document, answered over a wire."""

from typing import Any

import pytest

from helpline.channels.contract import Account
from helpline.channels.messenger.errors import ERRORS
from tests.channels.refusing import read_as, refused

PAGE = Account(channel_id="c", settings={"page_id": "7"}, secrets={"token": "t"})

# HTTP status, code, subcode, words, what is done, what agents read.
DOCUMENTED = [
    (500, 1, 0, "An unknown error occurred", "temporary", "unknown"),
    (500, 1, 99, "An unknown error occurred", "auth", "permission"),
    (400, 1, 1357046, "Received Invalid JSON reply", "temporary", "unknown"),
    (500, 2, 0, "An unexpected error has occurred. Please retry your request later.", "temporary", "down"),
    (400, 2, 2018344, "Service temporarily unavailable", "auth", "payment"),
    (400, 3, 0, "Application does not have the capability to make this API call.", "auth", "permission"),
    (400, 4, 0, "Application request limit reached", "temporary", "limit"),
    (400, 4, 2018022, "Too many send requests to phone numbers", "temporary", "limit"),
    (403, 10, 0, "Application does not have permission for this action", "auth", "permission"),
    (400, 10, 2018065, "This message is sent outside of allowed window.", "window_closed", "window_closed"),
    (400, 10, 2018108, "This Person Cannot Receive Messages", "blocked", "blocked_us"),
    (400, 10, 2018278, "This message is sent outside of allowed window.", "window_closed", "window_closed"),
    (400, 10, 2018300, "Another app is controlling this thread now.", "permanent", "elsewhere"),
    (400, 10, 2534022, "This message is sent outside of allowed window.", "window_closed", "window_closed"),
    (400, 17, 0, "User request limit reached", "temporary", "limit"),
    (400, 32, 0, "Page request limit reached", "temporary", "limit"),
    (404, 33, 0, "This object does not exist or does not support this action", "auth", "permission"),
    (400, 100, 0, "Invalid parameter", "permanent", "not_understood"),
    (400, 100, 33, "Unsupported post request. Object with ID '7' does not exist", "auth", "permission"),
    (400, 100, 2018001, "No matching user found", "permanent", "no_such_address"),
    (400, 100, 2018008, "Failed to fetch the file from the url", "permanent", "file_not_fetched"),
    (400, 100, 2018034, "Message cannot be empty", "permanent", "not_understood"),
    (400, 100, 2018047, "Upload attachment failure.", "permanent", "file_refused"),
    (400, 100, 2018074, "Attachment ID is not valid", "permanent", "file_refused"),
    (400, 100, 2018109, "Attachment size exceeds allowable limit", "permanent", "file_refused"),
    (400, 100, 2018278, "This message is sent outside of allowed window.", "window_closed", "window_closed"),
    (400, 100, 2534014, "The requested user cannot be found.", "permanent", "no_such_address"),
    (401, 102, 0, "Session key invalid or no longer valid", "auth", "token"),
    (401, 190, 0, "Invalid OAuth access token.", "auth", "token"),
    (403, 200, 1545041, "Message Not Sent: This person isn't available right now", "blocked", "blocked_us"),
    (403, 200, 2018028, "Cannot message users who are not admins, developers or testers", "permanent", "test_account"),
    (400, 341, 0, "Application limit reached", "temporary", "limit"),
    (400, 368, 0, "The action attempted has been deemed abusive or is otherwise disallowed", "auth", "locked"),
    (400, 551, 0, "This person isn't available right now.", "blocked", "blocked_us"),
    (400, 613, 0, "Calls to this api have exceeded the rate limit.", "temporary", "busy"),
    (500, 1200, 0, "Temporary send message failure. Please try again later.", "temporary", "down"),
    (400, 2022, 0, "The person cannot be reached", "blocked", "blocked_us"),
    (400, 80002, 0, "There have been too many calls to this Instagram account.", "temporary", "limit"),
    (400, 80006, 0, "There have been too many calls to this Page's Messenger.", "temporary", "limit"),
]
# Subcodes that change nothing about what their code says.
ALSO = [
    *((401, 190, subcode, "Error validating access token", "auth", "token") for subcode in (458, 459, 460, 463, 467)),
    (400, 551, 1545041, "This person isn't available right now.", "blocked", "blocked_us"),
    (403, 200, 0, "Requires pages_messaging permission to manage the object", "auth", "permission"),
    (403, 230, 0, "Permissions disallow message to user", "auth", "permission"),
    (403, 299, 0, "Permissions error", "auth", "permission"),
    (400, 100, 2018999, "Invalid parameter", "permanent", "not_understood"),
]


def told(code: int, subcode: int, words: str) -> dict[str, Any]:
    error = {"message": f"(#{code}) {words}", "type": "OAuthException", "code": code, "fbtrace_id": "BLBz/WZt8dN"}
    return {"error": error | ({"error_subcode": subcode} if subcode else {})}


@pytest.mark.parametrize(("status", "code", "subcode", "words", "kind", "reason"), DOCUMENTED + ALSO)
@pytest.mark.parametrize("platform", ["messenger", "instagram"])
def test_an_answer_says_what_to_do(
    platform: str, status: int, code: int, subcode: int, words: str, kind: str, reason: str
) -> None:
    failed = refused(platform, PAGE, status, told(code, subcode, words))
    assert read_as(failed) == (kind, reason)
    assert failed.code == (f"{code}/{subcode}" if subcode else str(code))
    assert failed.detail == f"(#{code}) {words}"
    # One of them is told of messages that all have arrived.
    assert failed.may_have_arrived is (subcode == 1357046)


def test_the_list_is_whole() -> None:
    assert set(ERRORS) == {(code, subcode) for _, code, subcode, *_ in DOCUMENTED}


@pytest.mark.parametrize(
    ("status", "said", "kind", "may_have_arrived"),
    [
        (502, b"<html>Bad Gateway</html>", "temporary", True),
        (503, b"", "temporary", False),
        (400, {"error": {"code": "x", "error_subcode": [], "message": "Oh"}}, "permanent", False),
        (401, {"error": {}}, "auth", False),
        (400, {"error": {"code": 999999, "message": "New"}}, "permanent", False),
    ],
)
def test_what_is_not_documented_is_read_by_its_status(
    status: int, said: Any, kind: str, may_have_arrived: bool
) -> None:
    failed = refused("messenger", PAGE, status, said)
    assert (failed.kind, failed.may_have_arrived) == (kind, may_have_arrived)
