"""Every refusal that LINE documents, answered over a wire."""

from typing import Any

import pytest

from helpline.channels.contract import Account
from helpline.channels.line.errors import ERRORS
from tests.channels.refusing import read_as, refused

OFFICIAL = Account(channel_id="c", settings={}, secrets={"token": "t"})

# Status, words, details, what is done, what agents read.
DOCUMENTED: list[tuple[int, str, list[tuple[str, str]], str, str]] = [
    (400, "Failed to send messages", [], "permanent", "no_such_address"),
    (
        400,
        "The property, 'to', in the request body is invalid (line: -, column: -)",
        [],
        "permanent",
        "no_such_address",
    ),
    (
        400,
        "The request body has 1 error(s)",
        [("messages[0].text", "Length must be between 0 and 5000")],
        "permanent",
        "too_long",
    ),
    (400, "The request body has 1 error(s)", [("messages[0].text", "May not be empty")], "permanent", "not_understood"),
    (
        400,
        "The request body has 1 error(s)",
        [("messages[0].quoteToken", "invalid quote token")],
        "permanent",
        "message_gone",
    ),
    (
        400,
        "The request body has 1 error(s)",
        [("messages[0].originalContentUrl", "must be specified as an HTTPS URL")],
        "permanent",
        "file_not_fetched",
    ),
    (
        400,
        "The request body has 1 error(s)",
        [("messages[0].originalContentUrl", "invalid uri scheme")],
        "permanent",
        "file_not_fetched",
    ),
    (400, "The request body could not be parsed as JSON (line: 1, column: 1)", [], "permanent", "not_understood"),
    (400, "Invalid webhook endpoint URL", [], "permanent", "not_understood"),
    (
        401,
        "Authentication failed due to the following reason: invalid token. Confirm that the access token in the authorization"
        " header is valid.",
        [],
        "auth",
        "token",
    ),
    (403, "Access to this API is not available for your account", [], "auth", "permission"),
    (404, "Not found", [], "permanent", "no_such_address"),
    (410, "Gone", [], "permanent", "file_not_fetched"),
    (413, "Payload Too Large", [], "permanent", "too_long"),
    (415, "Unsupported Media Type", [], "permanent", "file_refused"),
    (429, "The API rate limit has been exceeded. Try again later.", [], "temporary", "busy"),
    (429, "You have reached your monthly limit.", [], "permanent", "used_up"),
    (429, "You have exceeded the number of additional messages", [], "permanent", "used_up"),
    (500, "Internal server error", [], "temporary", "down"),
]


@pytest.mark.parametrize(("status", "words", "details", "kind", "reason"), DOCUMENTED)
def test_an_answer_says_what_to_do(
    status: int, words: str, details: list[tuple[str, str]], kind: str, reason: str
) -> None:
    said: dict[str, Any] = {"message": words}
    if details:
        said["details"] = [{"property": place, "message": why} for place, why in details]
    failed = refused("line", OFFICIAL, status, said)
    assert (read_as(failed), failed.code) == ((kind, reason), str(status))
    assert failed.detail.startswith(words)
    assert all(f"({place}: {why})" in failed.detail for place, why in details)
    # Whatever became of it, pushed again under its key it is one message.
    assert failed.may_have_arrived is (status >= 500)


def test_every_line_of_the_table_is_tried() -> None:
    def is_tried(status: int, words: str) -> bool:
        said = [f"{told} {details}".lower() for number, told, details, *_ in DOCUMENTED if number == status]
        return any(words.lower() in one for one in said)

    assert [one for one in ERRORS if not is_tried(one.status, one.words)] == []


@pytest.mark.parametrize(
    ("status", "said", "kind"),
    [
        (400, {"message": 5, "details": [1, {"property": None}]}, "permanent"),
        (502, b"<html>Bad Gateway</html>", "temporary"),
        (503, b"", "temporary"),
    ],
)
def test_what_is_not_documented_is_read_by_its_status(status: int, said: Any, kind: str) -> None:
    assert refused("line", OFFICIAL, status, said).kind == kind
