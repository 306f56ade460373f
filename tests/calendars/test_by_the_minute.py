"""The arithmetic of calendars against looking at the clock minute by minute, over any plans, zones and changes of clocks."""

import itertools
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpline.calendars import arithmetic
from helpline.calendars.plan import HoursState, Plan
from helpline.calendars.timeline import micros, spans
from tests.calendars.by_the_minute import MINUTE, states
from tests.calendars.plans import plan, plans

DAYS = 3
LONG = DAYS * 24 * 60
Case = tuple[Plan, datetime]


@settings(max_examples=60)
@given(plans())
def test_each_minute_is_what_the_clock_on_the_wall_says(case: Case) -> None:
    hours, start = case
    found = list(spans(hours, micros(start), micros(start + LONG * MINUTE)))
    each = [span.state for span in found for _ in range((span.end - span.start) // 60_000_000)]
    assert each == states(hours, start, LONG)
    assert all(one.end == two.start for one, two in itertools.pairwise(found))


@settings(max_examples=60)
@given(plans(), st.integers(0, LONG))
def test_the_time_between_is_the_open_minutes_between(case: Case, minutes: int) -> None:
    hours, start = case
    is_open = states(hours, start, minutes).count(HoursState.OPEN)
    end = start + minutes * MINUTE
    assert arithmetic.between(hours, start, end) == is_open * MINUTE
    assert arithmetic.between(hours, end, start) == -is_open * MINUTE


@settings(max_examples=60)
@given(plans(), st.integers(1, 900))
def test_working_time_is_added_as_if_each_open_minute_were_counted_off(case: Case, working: int) -> None:
    hours, start = case
    passed = [n for n, state in enumerate(states(hours, start, LONG)) if state is HoursState.OPEN]
    if len(passed) >= working:
        assert arithmetic.add(hours, start, working * MINUTE) == start + (passed[working - 1] + 1) * MINUTE


@settings(max_examples=60)
@given(plans(), st.integers(0, LONG // 2))
def test_intake_ends_so_many_minutes_before_the_next_closed_one(case: Case, minutes: int) -> None:
    hours, start = case
    at = start + minutes * MINUTE
    ahead = states(hours, at, hours.last_intake + 1)
    closes = any(state in {HoursState.CLOSED, HoursState.HOLIDAY} for state in ahead)
    now = arithmetic.now_at(hours, at)
    assert now.state == ahead[0]
    assert now.is_last_intake == (ahead[0] is HoursState.OPEN and closes)


@settings(max_examples=60)
@given(plans())
def test_the_next_change_closing_and_opening_are_the_first_minutes_that_are_so(case: Case) -> None:
    hours, start = case
    each = states(hours, start, LONG)
    found = arithmetic.next_at(hours, start)
    is_closed = each[0] in {HoursState.CLOSED, HoursState.HOLIDAY}
    closes = next((n for n, state in enumerate(each) if state in {HoursState.CLOSED, HoursState.HOLIDAY}), None)
    if closes is not None and not is_closed:
        assert found.closes_at == start + closes * MINUTE
    opens = next(
        (n for n, state in enumerate(each) if n and state is HoursState.OPEN and each[n - 1] is not state), None
    )
    if opens is not None:
        assert arithmetic.next_opening(hours, start) == start + opens * MINUTE
        if each[0] is not HoursState.OPEN:
            assert found.opens_at == start + opens * MINUTE


@settings(max_examples=50)
@given(plans(), st.integers(1, 200_000))
def test_what_is_added_lies_between(case: Case, working: int) -> None:
    hours, start = case
    try:
        end = arithmetic.add(hours, start, timedelta(minutes=working))
    except arithmetic.NeverOpen:
        return
    assert arithmetic.between(hours, start, end) == timedelta(minutes=working)


def test_a_calendar_that_never_opens_has_no_end_of_working_time() -> None:
    closed = plan()
    start = datetime.fromisoformat("2026-01-01T00:00+00:00")
    with pytest.raises(arithmetic.NeverOpen):
        arithmetic.add(closed, start, timedelta(minutes=1))
    assert arithmetic.next_at(closed, start) == (None, None, None)
    assert arithmetic.add(closed, start, timedelta()) == start
