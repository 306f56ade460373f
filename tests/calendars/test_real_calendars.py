"""Business time and time zones as others wrote them down."""

import itertools
import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from helpline.calendars import arithmetic
from helpline.calendars.plan import Day, HoursState, Period, Plan
from helpline.calendars.timeline import MINUTE, micros, pieces
from tests.calendars.plans import plan

DATA = Path(__file__).parents[3] / "shared" / "data"
NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def _rows(name: str, key: str = "") -> list[Any]:
    try:
        found = json.loads((DATA / name).read_text())
    except OSError:
        return []
    return list(found[key] if key else found)


BUSINESS = _rows("sla-businesstime/table.json")
OFFSETS = _rows("cal-tz/oddities.json", "offsets")
ODD = _rows("cal-tz/oddities.json", "gaps_and_overlaps")
here = pytest.mark.skipif(not BUSINESS, reason="The data of others is not beside this repository.")


def _plan(given: dict[str, Any]) -> Plan:
    week = tuple(tuple(Period(start=start, end=end) for start, end in given["hours"].get(name, [])) for name in NAMES)
    days = {date.fromisoformat(one): Day("", "holiday", ()) for one in given["dates"]}
    return Plan(ZoneInfo(given["tz"]), week, days)


@here
@pytest.mark.parametrize("row", BUSINESS, ids=lambda row: f"{row['op']}: {row['name']}")
def test_business_time_is_what_others_reckon(row: dict[str, Any]) -> None:
    hours, start = _plan(row["calendar"]), datetime.fromisoformat(row["start"])
    if row["op"] == "add":
        end = arithmetic.add(hours, start, timedelta(seconds=row["seconds"]))
        assert end == datetime.fromisoformat(row["expected_end"])
    else:
        end = datetime.fromisoformat(row["end"])
        assert arithmetic.between(hours, start, end) == timedelta(seconds=row["expected_seconds"])


@here
@pytest.mark.parametrize("row", OFFSETS, ids=lambda row: f"{row['zone']} {row['local']}")
def test_noon_is_at_noon_where_the_rules_were_changed(row: dict[str, Any]) -> None:
    day = date.fromisoformat(row["local"][:10])
    name = NAMES[day.weekday()].lower()
    hours = plan(row["zone"], **{name: f"{row['local'][11:]}-13:00"})
    opens = datetime.fromisoformat(row["local"] + row["offset"][:3] + ":" + row["offset"][3:])
    before = opens - timedelta(hours=6)
    assert arithmetic.next_at(hours, before).opens_at == opens


@here
@pytest.mark.parametrize("row", ODD, ids=lambda row: f"{row['zone']} {row['local']}")
def test_a_time_that_does_not_exist_is_never_open_and_one_that_comes_twice_is_open_twice(row: dict[str, Any]) -> None:
    local = datetime.fromisoformat(row["local"])
    minute = f"{local:%H:%M}-{local + timedelta(minutes=1):%H:%M}"
    hours = plan(row["zone"], **{NAMES[local.weekday()].lower(): minute})
    start, end = datetime.fromisoformat(row["fold0_utc"]), datetime.fromisoformat(row["fold1_utc"])
    day = timedelta(days=1)
    expected = {"gap": 0, "overlap": 2, "normal": 1}
    times = next((n for word, n in expected.items() if row["kind"].startswith(word)), 0)
    assert arithmetic.between(hours, start - day, start + day) == times * timedelta(minutes=1)
    if times:
        assert {arithmetic.now_at(hours, when).state for when in (start, end)} == {HoursState.OPEN}


@here
@pytest.mark.parametrize("zone", sorted({row["zone"] for row in OFFSETS + ODD}))
def test_the_days_of_a_zone_follow_each_other_without_hole(zone: str) -> None:
    start, end = (micros(datetime.fromisoformat(f"{year}-01-01T00:00+00:00")) for year in (2010, 2026))
    found = list(pieces(ZoneInfo(zone), start, end))
    assert found[0].start == start
    assert found[-1].end == end
    for one, two in itertools.pairwise(found):
        assert one.end == two.start
        assert two.end - two.start <= 25 * 60 * MINUTE
        assert two.day - one.day in ({-1, 0, 1} if zone != "Pacific/Apia" else {-1, 0, 1, 2})
