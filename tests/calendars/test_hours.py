"""Rule 13 of sessions: edges, midnight, two periods a day, clocks that are changed, special days, emergencies, last intake."""

from datetime import UTC, timedelta

import pytest

from helpline.calendars import arithmetic
from helpline.calendars.plan import Day, HoursState, Period, Plan, Switch
from tests.calendars.plans import at, periods, plan, weekdays

BERLIN, TAIPEI = "Europe/Berlin", "Asia/Taipei"
HOUR = timedelta(hours=1)


def state(hours: Plan, when: str, zone: str = "UTC") -> str:
    now = arithmetic.now_at(hours, at(when, zone))
    return "last intake" if now.is_last_intake else now.state.value


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2026-06-01T08:59:59.999999", "closed"),
        ("2026-06-01T09:00:00", "open"),
        ("2026-06-01T17:59:59.999999", "open"),
        ("2026-06-01T18:00:00", "closed"),
        ("2026-06-06T12:00:00", "closed"),
    ],
)
def test_rule_13_the_start_belongs_to_a_period_and_the_end_does_not(when: str, expected: str) -> None:
    assert state(weekdays(TAIPEI), when, TAIPEI) == expected


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2026-06-05T19:59:59", "closed"),
        ("2026-06-05T20:00:00", "open"),
        ("2026-06-06T00:00:00", "open"),
        ("2026-06-06T01:59:59", "open"),
        ("2026-06-06T02:00:00", "closed"),
        ("2026-06-06T20:00:00", "closed"),
    ],
)
def test_rule_13_a_period_passes_midnight(when: str, expected: str) -> None:
    assert state(plan(BERLIN, fri="20:00-02:00"), when, BERLIN) == expected


def test_rule_13_a_period_of_sunday_passes_into_monday() -> None:
    assert state(plan(sun="22:00-06:00"), "2026-06-08T05:59") == "open"


def test_rule_13_a_whole_day_ends_where_the_next_begins() -> None:
    always = plan(**dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "00:00-24:00"))
    when = at("2026-06-05T12:00")
    assert arithmetic.next_at(always, when) == (None, None, None)
    assert arithmetic.between(always, when, when + 1000 * HOUR) == 1000 * HOUR


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2026-06-01T12:29:59", "open"),
        ("2026-06-01T12:30:00", "break"),
        ("2026-06-01T13:29:59", "break"),
        ("2026-06-01T13:30:00", "open"),
        ("2026-06-01T18:00:00", "closed"),
    ],
)
def test_rule_13_there_are_two_periods_a_day_and_a_break_between(when: str, expected: str) -> None:
    hours = weekdays(BERLIN, "08:00-12:30 ~12:30-13:30 13:30-18:00")
    assert state(hours, when, BERLIN) == expected


def test_rule_13_a_break_inside_of_an_open_period_is_a_break() -> None:
    hours = weekdays(times="09:00-18:00 ~12:00-13:00")
    assert [state(hours, f"2026-06-01T{time}") for time in ("11:59", "12:00", "12:59", "13:00")] == [
        "open",
        "break",
        "break",
        "open",
    ]


def test_rule_13_in_spring_the_hour_that_is_skipped_is_nobodys_working_time() -> None:
    nights = plan(BERLIN, sat="22:00-06:00")
    assert arithmetic.between(nights, at("2026-03-28T22:00", BERLIN), at("2026-03-29T06:00", BERLIN)) == 7 * HOUR
    assert arithmetic.add(nights, at("2026-03-29T01:30", BERLIN), HOUR) == at("2026-03-29T03:30", BERLIN)


def test_rule_13_in_spring_a_period_within_the_hour_that_is_skipped_does_not_happen() -> None:
    hours = plan(BERLIN, sun="02:00-03:00")
    assert arithmetic.between(hours, at("2026-03-29T00:00", BERLIN), at("2026-03-30T00:00", BERLIN)) == timedelta()
    assert arithmetic.next_at(hours, at("2026-03-29T00:00", BERLIN)).opens_at == at("2026-04-05T02:00", BERLIN)


def test_rule_13_in_autumn_the_hour_that_comes_twice_counts_twice() -> None:
    nights = plan(BERLIN, sat="22:00-06:00")
    assert arithmetic.between(nights, at("2026-10-24T22:00", BERLIN), at("2026-10-25T06:00", BERLIN)) == 9 * HOUR
    assert arithmetic.add(nights, at("2026-10-25T02:30", BERLIN), HOUR) == at("2026-10-25T02:30'", BERLIN)


def test_rule_13_in_autumn_what_the_clock_shows_twice_is_open_twice() -> None:
    hours = plan(BERLIN, sun="02:00-02:30")
    assert [state(hours, f"2026-10-25T{time}", BERLIN) for time in ("02:10", "02:40", "02:10'", "02:40'")] == [
        "open",
        "closed",
        "open",
        "closed",
    ]


def test_rule_13_on_days_between_the_hours_are_those_of_the_clock_on_the_wall() -> None:
    hours = weekdays(BERLIN)
    assert arithmetic.next_at(hours, at("2026-03-27T20:00", BERLIN)).opens_at == at("2026-03-30T07:00")
    assert arithmetic.next_at(hours, at("2026-10-23T20:00", BERLIN)).opens_at == at("2026-10-26T08:00")


def test_rule_13_where_midnight_is_skipped_the_day_begins_at_one() -> None:
    hours = plan("Africa/Cairo", fri="00:00-02:00")
    assert arithmetic.between(hours, at("2024-04-25T20:00"), at("2024-04-26T20:00")) == HOUR


def test_rule_13_a_day_that_never_was_is_not_worked_on() -> None:
    hours = weekdays("Pacific/Apia", "00:00-24:00")  # the Friday was skipped
    assert arithmetic.between(
        hours, at("2011-12-29T00:00", "Pacific/Apia"), at("2012-01-01T00:00", "Pacific/Apia")
    ) == (24 * HOUR)


def test_rule_13_a_holiday_overrides_the_week() -> None:
    hours = weekdays(days={"2026-12-25": Day("Christmas Day", "holiday", ())})
    now = arithmetic.now_at(hours, at("2026-12-25T10:00"))
    assert (now.state, now.why, now.name) == (HoursState.HOLIDAY, "day", "Christmas Day")
    assert [state(hours, f"2026-12-{day}T10:00") for day in (24, 28)] == ["open", "open"]


def test_rule_13_a_saturday_can_be_made_a_working_day() -> None:
    hours = weekdays(days={"2026-06-06": Day("Make-up", "working", periods("09:00-18:00"))})
    assert [state(hours, f"2026-06-06T{time}") for time in ("08:59", "09:00", "17:59", "18:00")] == [
        "closed",
        "open",
        "open",
        "closed",
    ]
    assert state(hours, "2026-06-13T12:00") == "closed"


def test_rule_13_a_day_can_have_other_times() -> None:
    hours = weekdays(days={"2026-12-24": Day("Christmas Eve", "other", periods("08:00-13:00"))})
    assert [state(hours, f"2026-12-24T{time}") for time in ("08:30", "13:00")] == ["open", "closed"]


def test_rule_13_the_night_before_a_holiday_is_worked_to_its_end_and_the_night_of_the_holiday_is_not() -> None:
    nights = plan(thu="22:00-06:00", fri="22:00-06:00", days={"2026-12-25": Day("Christmas Day", "holiday", ())})
    assert [state(nights, when) for when in ("2026-12-25T05:59", "2026-12-25T06:00", "2026-12-25T23:00")] == [
        "open",
        "holiday",
        "holiday",
    ]
    assert state(nights, "2026-12-26T01:00") == "closed"


def _switched(*switches: Switch, last_intake: int = 0) -> Plan:
    hours = weekdays(times="09:00-12:00 ~12:00-13:00 13:00-18:00")
    return Plan(hours.zone, hours.week, hours.days, switches, last_intake)


def test_rule_13_an_emergency_closure_closes_at_once_and_until_it_is_lifted() -> None:
    hours = _switched(Switch("close", at("2026-06-01T13:05"), None, "Carrier fault"))
    assert [state(hours, when) for when in ("2026-06-01T13:04:59", "2026-06-01T13:05:00", "2026-06-03T10:00")] == [
        "open",
        "closed",
        "closed",
    ]
    assert arithmetic.now_at(hours, at("2026-06-01T13:05"))[1:3] == ("closure", "Carrier fault")


def test_rule_13_a_closure_that_was_given_an_end_opens_again_by_itself() -> None:
    hours = _switched(Switch("close", at("2026-06-01T10:00"), at("2026-06-01T11:00"), ""))
    assert [state(hours, f"2026-06-01T{time}") for time in ("10:00", "10:59", "11:00")] == ["closed", "closed", "open"]
    assert arithmetic.next_opening(hours, at("2026-06-01T10:30")) == at("2026-06-01T11:00")


def test_rule_13_an_extension_opens_what_would_be_closed_and_leaves_breaks() -> None:
    hours = _switched(Switch("extend", at("2026-06-01T10:00"), at("2026-06-01T20:00"), ""))
    assert [state(hours, f"2026-06-01T{time}") for time in ("12:30", "18:30", "20:00")] == ["break", "open", "closed"]


def test_rule_13_a_closure_is_stronger_than_an_extension() -> None:
    extended = Switch("extend", at("2026-06-01T18:00"), at("2026-06-01T22:00"), "")
    for switches in ([extended, _fire()], [_fire(), extended]):
        assert state(_switched(*switches), "2026-06-01T20:00") == "closed"


def _fire() -> Switch:
    return Switch("close", at("2026-06-01T19:00"), at("2026-06-01T21:00"), "Fire alarm")


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2026-06-01T17:39:59.999999", "open"),
        ("2026-06-01T17:40:00", "last intake"),
        ("2026-06-01T17:59:59.999999", "last intake"),
        ("2026-06-01T18:00:00", "closed"),
    ],
)
def test_rule_13_the_last_intake_is_so_long_before_closing(when: str, expected: str) -> None:
    assert state(weekdays(TAIPEI, last_intake=20), when, TAIPEI) == expected


def test_rule_13_before_a_break_intake_goes_on() -> None:
    assert state(_switched(last_intake=20), "2026-06-01T11:59") == "open"


def test_rule_13_an_extension_moves_the_last_intake_with_the_closing() -> None:
    extended = Switch("extend", at("2026-06-01T18:00"), at("2026-06-01T20:00"), "")
    hours = _switched(extended, last_intake=20)
    assert [state(hours, f"2026-06-01T{time}") for time in ("17:45", "19:39", "19:40")] == [
        "open",
        "open",
        "last intake",
    ]


def test_rule_13_nobody_is_taken_in_in_a_break_or_at_the_last_intake() -> None:
    hours = _switched(last_intake=20)
    takes = [arithmetic.now_at(hours, at(f"2026-06-01T{time}")).takes for time in ("11:00", "12:00", "17:40", "18:00")]
    assert takes == [True, False, False, False]


def test_rule_13_working_time_that_is_used_up_at_closing_ends_there() -> None:
    hours = weekdays()
    assert arithmetic.add(hours, at("2026-06-05T17:00"), HOUR) == at("2026-06-05T18:00")
    assert arithmetic.add(hours, at("2026-06-05T17:00"), HOUR + timedelta(microseconds=1)) == at(
        "2026-06-08T09:00:00.000001"
    )


def test_rule_13_it_opens_again_after_a_break_too() -> None:
    hours = _switched()
    assert arithmetic.next_opening(hours, at("2026-06-01T10:00")) == at("2026-06-01T13:00")
    assert arithmetic.next_at(hours, at("2026-06-01T10:00")) == (
        at("2026-06-01T12:00"),
        at("2026-06-01T18:00"),
        at("2026-06-01T13:00"),
    )


def test_rule_13_a_period_that_ends_where_it_began_lasts_a_day() -> None:
    assert Period(start="08:00", end="08:00").minutes == (480, 480 + 24 * 60)
    assert arithmetic.next_at(plan(mon="08:00-08:00"), at("2026-06-01T09:00")).closes_at == at("2026-06-02T08:00")


def test_rule_13_many_years_are_gone_through_day_by_day_and_not_minute_by_minute() -> None:
    hours, start = weekdays(BERLIN), at("2000-01-03T00:00", BERLIN)
    end = arithmetic.add(hours, start, 261 * 9 * HOUR * 40)
    assert arithmetic.between(hours, start, end) == 261 * 9 * HOUR * 40
    assert end.astimezone(UTC).year == 2040
