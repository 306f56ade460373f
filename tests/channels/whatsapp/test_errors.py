"""Every error that WhatsApp documents, answered over a wire: by Meta, by 360dialog, and later in a report."""

import json
from typing import Any

import pytest

from helpline.channels.contract import Account
from helpline.channels.inbound import Reported
from helpline.channels.whatsapp.errors import ERRORS
from helpline.channels.whatsapp.reading import events_of
from tests.channels.refusing import read_as, refused

META = Account(channel_id="c", settings={"provider": "meta", "phone_number_id": "7"}, secrets={"token": "t"})
DIALOG = Account(channel_id="c", settings={"provider": "360dialog"}, secrets={"token": "t"})

# HTTP status, code, title, what is done, what agents read.
DOCUMENTED = [
    (401, 0, "AuthException", "auth", "token"),
    (400, 1, "API Unknown", "temporary", "unknown"),
    (503, 2, "API Service", "temporary", "down"),
    (500, 3, "API Method", "auth", "permission"),
    (400, 4, "API Too Many Calls", "temporary", "limit"),
    (403, 10, "Permission Denied", "auth", "permission"),
    (400, 33, "Parameter value is not valid", "auth", "not_registered"),
    (400, 100, "Invalid parameter", "permanent", "not_understood"),
    (401, 190, "Access token has expired", "auth", "token"),
    (403, 200, "API Permission", "auth", "permission"),
    (403, 299, "API Permission", "auth", "permission"),
    (403, 368, "Temporarily blocked for policies violations", "auth", "locked"),
    (400, 80007, "Rate limit issues", "temporary", "limit"),
    (429, 130429, "Rate limit hit", "temporary", "busy"),
    (400, 130472, "User's number is part of an experiment", "permanent", "held_back"),
    (403, 130497, "Business account is restricted from messaging users in this country.", "permanent", "country"),
    (500, 131000, "Something went wrong", "temporary", "unknown"),
    (403, 131005, "Access denied", "auth", "permission"),
    (400, 131008, "Required parameter is missing", "permanent", "not_understood"),
    (400, 131009, "Parameter value is not valid", "permanent", "not_understood"),
    (500, 131016, "Service unavailable", "temporary", "down"),
    (400, 131021, "Recipient cannot be sender", "permanent", "to_itself"),
    (400, 131026, "Message Undeliverable", "permanent", "cannot_receive"),
    (400, 131030, "Recipient phone number not in allowed list", "permanent", "test_account"),
    (403, 131031, "Account has been locked", "auth", "locked"),
    (400, 131037, "Display name must be approved before messages can be sent", "auth", "not_registered"),
    (400, 131042, "Business eligibility payment issue", "auth", "payment"),
    (500, 131045, "Incorrect certificate", "auth", "not_registered"),
    (400, 131047, "Re-engagement message", "window_closed", "window_closed"),
    (400, 131048, "Spam rate limit hit", "permanent", "spam_limit"),
    (400, 131049, "Meta chose not to deliver", "permanent", "held_back"),
    (400, 131050, "User stopped marketing messages", "blocked", "opted_out"),
    (400, 131051, "Unsupported message type", "permanent", "unsupported"),
    (400, 131052, "Media download error", "permanent", "file_not_fetched"),
    (400, 131053, "Media upload error", "permanent", "file_refused"),
    (400, 131056, "(Business Account, Consumer Account) pair rate limit hit", "temporary", "busy"),
    (500, 131057, "Account in maintenance mode", "temporary", "down"),
    (400, 132000, "Template Param Count Mismatch", "permanent", "template_values"),
    (404, 132001, "Template does not exist", "permanent", "template_missing"),
    (400, 132005, "Template Hydrated Text Too Long", "permanent", "template_values"),
    (400, 132007, "Template Format Character Policy Violated", "permanent", "template_values"),
    (400, 132012, "Template Parameter Format Mismatch", "permanent", "template_values"),
    (400, 132015, "Template is Paused", "permanent", "template_paused"),
    (400, 132016, "Template is Disabled", "permanent", "template_paused"),
    (400, 132068, "Flow is blocked", "permanent", "template_paused"),
    (429, 132069, "Flow is throttled", "temporary", "limit"),
    (500, 133000, "Incomplete Deregistration", "auth", "not_registered"),
    (503, 133004, "Server Temporarily Unavailable", "temporary", "down"),
    (400, 133005, "Two step verification PIN Mismatch", "auth", "not_registered"),
    (400, 133006, "Phone number Re-verification Needed", "auth", "not_registered"),
    (400, 133008, "Too Many two step verification PIN Guesses", "auth", "not_registered"),
    (400, 133009, "Two step verification PIN Guessed Too Fast", "auth", "not_registered"),
    (400, 133010, "Phone number Not Registered", "auth", "not_registered"),
    (
        400,
        133015,
        "Please wait a few minutes before attempting to register this phone number",
        "auth",
        "not_registered",
    ),
    (400, 133016, "Account register deregister rate limit exceeded", "auth", "not_registered"),
    (404, 134011, "WhatsApp Payments terms of service has not been accepted", "auth", "payment"),
    (400, 134101, "Template is syncing", "temporary", "down"),
    (400, 134102, "Template unavailable for use", "permanent", "template_missing"),
    (400, 135000, "Generic user error", "permanent", "not_understood"),
]


def told(code: int, title: str) -> dict[str, Any]:
    data = {"messaging_product": "whatsapp", "details": "More of it."}
    error = {"message": f"(#{code}) {title}", "type": "OAuthException", "code": code, "error_data": data}
    return {"error": {**error, "fbtrace_id": "Az8or2yhqkZfEZ-_4Qn_Bam"}}


@pytest.mark.parametrize(("status", "code", "title", "kind", "reason"), DOCUMENTED)
def test_an_answer_says_what_to_do(status: int, code: int, title: str, kind: str, reason: str) -> None:
    for account in (META, DIALOG):  # who passes on what Meta says
        failed = refused("whatsapp", account, status, told(code, title))
        assert (read_as(failed), failed.code) == ((kind, reason), str(code))
        assert failed.detail == f"(#{code}) {title}: More of it."
        assert not failed.may_have_arrived


@pytest.mark.parametrize(("status", "code", "title", "kind", "reason"), DOCUMENTED)
def test_a_report_says_the_same(status: int, code: int, title: str, kind: str, reason: str) -> None:
    error = {"code": code, "title": title, "message": title, "error_data": {"details": "More of it."}}
    about = {"id": "wamid.1", "status": "failed", "timestamp": "1700000000", "recipient_id": "1", "errors": [error]}
    value = {"messaging_product": "whatsapp", "statuses": [about]}
    [event] = events_of(json.dumps({"entry": [{"changes": [{"field": "messages", "value": value}]}]}).encode())
    assert isinstance(event, Reported)
    assert event.failure is not None
    assert (read_as(event.failure), event.failure.code) == ((kind, reason), str(code))


def test_the_list_is_whole() -> None:
    assert set(ERRORS) == {code for _, code, *_ in DOCUMENTED if not 200 <= code < 300}


@pytest.mark.parametrize(
    ("code", "seconds"), [(131056, 6.0), (4, 60.0), (80007, 60.0), (131057, 60.0), (130429, None), (131000, None)]
)
def test_it_is_tried_again_when_that_can_help(code: int, seconds: float | None) -> None:
    assert refused("whatsapp", META, 400, told(code, "Later")).retry_after == seconds


# HTTP status, what 360dialog says of its own, what is done, what agents read, and whether it may have arrived.
OF_DIALOG = [
    (400, "Your WhatsApp for Business API has been disabled", "auth", "locked"),
    (400, "You have exceeded the endpoint rate limit.", "temporary", "busy"),
    (400, "Could not send message due to lack of payment. Messaging can resume once ...", "auth", "payment"),
    (401, "Invalid api_key", "auth", "token"),
    (403, "The endpoint is blocked", "auth", "permission"),
    (404, "Not found", "permanent", "not_understood"),
    (429, "Too many requests", "temporary", "busy"),
    (500, "Internal server error", "temporary", "down"),
    (502, "WhatsApp for Business API not available", "temporary", "down"),
]


@pytest.mark.parametrize(("status", "words", "kind", "reason"), OF_DIALOG)
@pytest.mark.parametrize("name", ["developer_message", "developerMessage"])
def test_360dialog_has_errors_of_its_own(name: str, status: int, words: str, kind: str, reason: str) -> None:
    failed = refused("whatsapp", DIALOG, status, {"meta": {"http_code": status, "success": False, name: words}})
    assert (read_as(failed), failed.detail, failed.may_have_arrived) == ((kind, reason), words, False)


@pytest.mark.parametrize(
    ("status", "said", "kind", "may_have_arrived"),
    [
        (502, b"<html>Bad Gateway</html>", "temporary", True),
        (500, b"", "temporary", True),
        (503, b"", "temporary", False),
        (400, {"error": {"code": 999999, "message": "New"}}, "permanent", False),
        (500, {"error": {"code": 999999, "message": "New"}}, "temporary", False),
        (400, {"error": {"code": "x", "message": None, "error_data": 5}}, "permanent", False),
        (400, {"error": 5}, "permanent", False),
        (200, {"error": {"code": 131026, "message": "Oh"}}, "permanent", False),
    ],
)
def test_what_is_not_documented_is_read_by_its_status(
    status: int, said: Any, kind: str, may_have_arrived: bool
) -> None:
    failed = refused("whatsapp", META, status, said)
    assert (failed.kind, failed.may_have_arrived) == (kind, may_have_arrived)
