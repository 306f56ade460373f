"""How messages are cut, how long a failure is waited after, and how far a message of several parts is."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpline.channels.contract import Capabilities
from helpline.core.pausing import JITTER
from helpline.delivery.rules import ATTEMPTS, LONGEST, Part, cut, parts_of, together, usable, wait


@given(st.text(alphabet="ab \n", max_size=300), st.integers(5, 60))
def test_a_text_is_cut_into_pieces_that_fit_and_no_word_is_lost(text: str, most: int) -> None:
    pieces = cut(text, most)
    assert all(0 < len(piece) <= most for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_a_text_is_cut_at_a_paragraph_else_a_line_else_a_word() -> None:
    assert cut("one two\n\nthree four", 15) == ["one two", "three four"]
    assert cut("one two\nthree four", 15) == ["one two", "three four"]
    assert cut("one two three four", 15) == ["one two three", "four"]
    assert cut("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]


@pytest.mark.parametrize(
    ("as_one", "parts"),
    [(True, [Part("Hello", ["a", "b"])]), (False, [Part("Hello", []), Part("", ["a"]), Part("", ["b"])])],
)
def test_files_go_with_the_text_where_the_channel_takes_them_so(as_one: bool, parts: list[Part]) -> None:
    assert parts_of("Hello", ["a", "b"], Capabilities(files_with_text=as_one)) == parts


def test_a_message_of_files_only_has_no_empty_text() -> None:
    assert parts_of("", ["a"], Capabilities()) == [Part("", ["a"])]


@pytest.mark.parametrize(
    ("states", "whole"),
    [
        (["sent", "delivered"], "sent"),
        (["read", "failed"], "failed"),
        (["queued", "sent"], "queued"),
        (["unknown", "read"], "unknown"),
        (["read", "read"], "read"),
    ],
)
def test_a_message_is_as_far_as_its_part_that_is_least_far(states: list[str], whole: str) -> None:
    assert together(states) == whole


def test_one_waits_longer_after_each_failure_and_never_less_than_was_asked_for() -> None:
    for attempts in range(1, ATTEMPTS + 1):
        seconds = wait(attempts, None).total_seconds()
        usual = min(2.0 ** (attempts - 1), LONGEST.total_seconds())
        assert usual * (1 - JITTER) <= seconds <= usual * (1 + JITTER)
    assert wait(1, 40.0).total_seconds() == 40.0


def test_emojis_count_as_two_as_providers_count_them() -> None:
    assert cut("😀" * 10, 20) == ["😀" * 10]
    assert cut("😀" * 11, 20) == ["😀" * 10, "😀"]
    assert cut("a" + "😀" * 10, 20) == ["a" + "😀" * 9, "😀"]
    assert "".join(cut("x😀y" * 50, 7)) == "x😀y" * 50


def test_what_has_an_end_is_good_once_and_until_then() -> None:
    now = datetime(2026, 3, 2, tzinfo=UTC)
    token = {"token": "r", "until": now.timestamp() + 1}
    assert usable(token, now) == (token, True)
    assert usable(token, now + timedelta(seconds=1)) == ({}, False)
    assert usable({"message_id": "<a@b>"}, now) == ({"message_id": "<a@b>"}, False)
    assert usable(None, now) == ({}, False)
