"""What a program of the business answers, and what we make of it."""

import json
from typing import Any

import pytest

from helpline.channels.contract import Account
from helpline.channels.custom.parsing import events_of
from helpline.channels.inbound import NotUnderstood, Reported
from helpline.channels.reasons import Reason
from tests.channels.refusing import read_as, refused

OURS = Account(channel_id="c", settings={}, secrets={"secret": "whsec_c2VjcmV0"})


@pytest.mark.parametrize(
    ("status", "kind", "reason"),
    [
        (400, "permanent", "not_understood"),
        (401, "auth", "token"),
        (402, "auth", "payment"),
        (403, "auth", "permission"),
        (404, "permanent", "not_understood"),
        (408, "temporary", "down"),
        (410, "blocked", "blocked_us"),
        (413, "permanent", "too_long"),
        (422, "permanent", "not_understood"),
        (425, "temporary", "down"),
        (429, "temporary", "busy"),
        (500, "temporary", "down"),
        (503, "temporary", "down"),
    ],
)
def test_an_answer_says_what_to_do(status: int, kind: str, reason: str) -> None:
    failed = refused("api", OURS, status, b"in your words", Retry_After="30")
    assert (read_as(failed), failed.code, failed.detail) == ((kind, reason), f"HTTP {status}", "in your words")
    assert (failed.retry_after, failed.may_have_arrived) == (30.0, False)


def _status(**told: Any) -> Reported:
    [event] = events_of(json.dumps({"events": [{"type": "status", "id": "1", **told}]}).encode())
    assert isinstance(event, Reported)
    return event


@pytest.mark.parametrize("reason", Reason)
def test_a_program_can_say_why_it_failed_in_one_of_our_words(reason: Reason) -> None:
    failure = _status(state="failed", reason=str(reason), detail="in your words").failure
    assert failure is not None
    assert (failure.kind, failure.reason, failure.detail) == (reason.kind, reason, "in your words")


def test_it_need_not_and_may_not_in_others() -> None:
    assert _status(state="delivered", reason="gone").failure is None
    failure = _status(state="failed").failure
    assert failure is not None
    assert read_as(failure) == ("permanent", "")
    with pytest.raises(NotUnderstood):
        _status(state="failed", reason="because")
