"""The errors that Twilio documents, answered over a wire and told in a report; and those of a provider with an API of its own."""

from dataclasses import replace
from typing import Any

import pytest

from helpline.channels.contract import Account
from helpline.channels.inbound import Reported
from helpline.channels.sms.errors import ERRORS
from helpline.channels.sms.twilio import events_of
from tests.channels.refusing import read_as, refused

TWILIO = Account(channel_id="c", settings={"account_sid": "AC1", "number": "+15005550006"}, secrets={"token": "t"})

# HTTP status, code, words, what is done, what agents read.
OF_CALLS = [
    (429, 14107, "Message rate limit exceeded", "temporary", "busy"),
    (401, 20003, "Authenticate", "auth", "token"),
    (401, 20005, "Account not active", "auth", "locked"),
    (403, 20008, "Resource not accessible with Test Account Credentials", "permanent", "test_account"),
    (404, 20404, "The requested resource /2010-04-01/Accounts/AC1/Messages.json was not found", "auth", "token"),
    (429, 20429, "Too Many Requests", "temporary", "busy"),
    (500, 20500, "Internal Server Error", "temporary", "down"),
    (503, 20503, "Service unavailable", "temporary", "down"),
    (400, 21211, "The 'To' number 1 is not a valid phone number.", "permanent", "no_such_address"),
    (400, 21212, "The 'From' number is not a valid phone number, shortcode, or alphanumeric sender ID.", "auth", "not_registered"),
    (400, 21217, "Phone number does not appear to be valid", "permanent", "no_such_address"),
    (400, 21219, "'To' phone number not verified", "permanent", "test_account"),
    (400, 21265, "'To' number cannot be a Short Code", "permanent", "cannot_receive"),
    (400, 21266, "'To' and 'From' number cannot be the same", "permanent", "to_itself"),
    (400, 21408, "Permission to send an SMS has not been enabled for the region", "permanent", "country"),
    (400, 21601, "Phone number is not a valid SMS-capable inbound phone number", "auth", "not_registered"),
    (400, 21602, "Message body is required.", "permanent", "not_understood"),
    (400, 21603, "A 'From' phone number is required.", "permanent", "not_understood"),
    (400, 21604, "A 'To' phone number is required.", "permanent", "not_understood"),
    (400, 21605, "Maximum body length is 160 characters", "permanent", "too_long"),
    (400, 21606, "The 'From' phone number is not a valid, SMS-capable number", "auth", "not_registered"),
    (400, 21608, "The number is unverified. Trial accounts cannot send to unverified numbers", "permanent", "test_account"),
    (400, 21609, "The 'StatusCallback' URL is not a valid URL.", "permanent", "not_understood"),
    (400, 21610, "Attempt to send to unsubscribed recipient", "blocked", "opted_out"),
    (400, 21611, "This 'From' number has exceeded the maximum number of queued messages", "temporary", "busy"),
    (400, 21612, "Message cannot be sent with the current combination of 'To' and 'From'", "permanent", "cannot_receive"),
    (400, 21614, "'To' number is not a valid mobile number", "permanent", "cannot_receive"),
    (400, 21617, "The concatenated message body exceeds the 1600 character limit.", "permanent", "too_long"),
    (400, 21618, "The message body cannot be sent", "permanent", "filtered"),
    (400, 21619, "A text message body or media urls must be specified.", "permanent", "not_understood"),
    (400, 21620, "Invalid media URL(s)", "permanent", "file_not_fetched"),
    (400, 21621, "The 'From' number has not been enabled for picture messaging", "permanent", "unsupported"),
    (400, 21623, "Number of media files exceeds allowed limit", "permanent", "file_refused"),
    (400, 21635, "'To' number cannot be a landline", "permanent", "cannot_receive"),
    (400, 21659, "'From' is not a Twilio phone number or Short Code", "auth", "not_registered"),
    (400, 21660, "Mismatch between the 'From' number and the account", "auth", "not_registered"),
    (400, 21661, "'From' number is not SMS-capable", "auth", "not_registered"),
]  # fmt: skip
OF_REPORTS = [
    (30001, "temporary", "busy"),
    (30002, "auth", "locked"),
    (30003, "temporary", "away"),
    (30004, "blocked", "blocked_us"),
    (30005, "permanent", "no_such_address"),
    (30006, "permanent", "cannot_receive"),
    (30007, "permanent", "filtered"),
    (30008, "temporary", "unknown"),
    (30011, "permanent", "unsupported"),
    (30017, "temporary", "down"),
    (30018, "auth", "not_registered"),
    (30019, "permanent", "file_refused"),
    (30022, "temporary", "busy"),
    (30023, "temporary", "limit"),
    (30024, "auth", "not_registered"),
    (30027, "temporary", "limit"),
    (30032, "auth", "not_registered"),
    (30033, "auth", "locked"),
    (30034, "auth", "not_registered"),
    (30035, "auth", "not_registered"),
    (30036, "temporary", "away"),
    (30038, "permanent", "filtered"),
    (30039, "permanent", "filtered"),
    (30040, "auth", "not_registered"),
    (30410, "temporary", "down"),
    (30450, "permanent", "filtered"),
    (63001, "auth", "token"),
    (63002, "auth", "not_registered"),
    (63003, "permanent", "no_such_address"),
    (63005, "permanent", "unsupported"),
    (63007, "auth", "not_registered"),
    (63010, "temporary", "down"),
    (63012, "temporary", "down"),
    (63013, "permanent", "filtered"),
    (63014, "blocked", "blocked_us"),
    (63015, "permanent", "test_account"),
    (63016, "window_closed", "window_closed"),
    (63018, "temporary", "busy"),
    (63019, "permanent", "file_not_fetched"),
    (63024, "permanent", "no_such_address"),
    (63027, "permanent", "template_missing"),
    (63028, "permanent", "template_values"),
    (63031, "permanent", "to_itself"),
    (63032, "permanent", "held_back"),
    (63038, "temporary", "limit"),
    (63049, "permanent", "held_back"),
]


@pytest.mark.parametrize(("status", "code", "words", "kind", "reason"), OF_CALLS)
def test_an_answer_says_what_to_do(status: int, code: int, words: str, kind: str, reason: str) -> None:
    said = {"code": code, "message": words, "more_info": f"https://www.twilio.com/docs/errors/{code}", "status": status}
    failed = refused("sms", TWILIO, status, said)
    assert (read_as(failed), failed.code, failed.detail) == ((kind, reason), str(code), words)
    assert not failed.may_have_arrived


def reported(code: str, **more: str) -> Any:
    [event] = events_of({"MessageSid": "SM1", "MessageStatus": "undelivered", "ErrorCode": code, **more})
    assert isinstance(event, Reported)
    assert (event.external_id, event.state) == ("SM1", "failed")
    return event.failure


@pytest.mark.parametrize(("code", "kind", "reason"), OF_REPORTS + [(code, *read) for _, code, _, *read in OF_CALLS])
def test_a_report_says_what_to_do(code: int, kind: str, reason: str) -> None:
    failure = reported(str(code))
    assert (read_as(failure), failure.code, failure.detail) == ((kind, reason), str(code), ERRORS[code].said)
    assert reported(str(code), ErrorMessage="In its words").detail == "In its words"


def test_the_list_is_whole() -> None:
    assert set(ERRORS) == {code for code, *_ in OF_REPORTS} | {code for _, code, *_ in OF_CALLS}


def test_a_report_of_what_is_not_known_says_at_least_that_it_failed() -> None:
    failure = reported("99999")
    assert (read_as(failure), failure.code, failure.detail) == (("permanent", ""), "99999", "99999")
    assert reported("x").kind == "permanent"
    assert reported("") is None


# HTTP status, body, what is done, what agents read, whether it may have arrived.
BY_STATUS = [
    (400, b"no such number", "permanent", "not_understood", False),
    (401, b"no", "auth", "token", False),
    (402, b"no credit left", "auth", "payment", False),
    (403, b"no", "auth", "permission", False),
    (404, b"", "permanent", "not_understood", False),
    (408, b"", "temporary", "down", False),
    (413, b"", "permanent", "too_long", False),
    (425, b"", "temporary", "down", False),
    (429, b"", "temporary", "busy", False),
    (500, b'{"error": "in its words"}', "temporary", "down", False),
    (500, b"", "temporary", "down", True),
    (502, b"<html>Bad Gateway</html>", "temporary", "down", True),
    (503, b"", "temporary", "down", False),
]


@pytest.mark.parametrize(("status", "body", "kind", "reason", "may_have_arrived"), BY_STATUS)
@pytest.mark.parametrize("provider", ["twilio", "http"])
def test_what_has_no_code_is_read_by_its_status(
    provider: str, status: int, body: bytes, kind: str, reason: str, may_have_arrived: bool
) -> None:
    there = replace(TWILIO, settings={**TWILIO.settings, "provider": provider})
    failed = refused("sms", there, status, body)
    assert (read_as(failed), failed.code) == ((kind, reason), str(status))
    assert failed.may_have_arrived is (may_have_arrived or (provider == "twilio" and status == 500))
