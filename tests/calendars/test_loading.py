"""Special days that come from elsewhere: public holidays, and office calendars with their working Saturdays."""

import json
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from helpline.calendars import actions, arithmetic, loading, office_days, public_holidays, queries
from helpline.calendars.models import Calendar, SpecialDay
from helpline.calendars.office_days import NotAnOfficeCalendar
from helpline.calendars.plan import HoursState
from helpline.calendars.public_holidays import NoSuchCountry, NoSuchRegion
from helpline.calendars.shapes import SpecialDayIn
from tests.calendars.plans import at, periods
from tests.make import World
from tests.running import Running

DATA = Path(__file__).parents[3] / "shared" / "data"
COUNTRIES = sorted((DATA / "cal-holidays").glob("*.json"))
OFFICE = sorted((DATA / "cal-taiwan").glob("*.json"))
here = pytest.mark.skipif(not (COUNTRIES and OFFICE), reason="The data of others is not beside this repository.")
WEEK = [list(periods("09:00-18:00"))] * 5 + [[], []]


@here
@pytest.mark.parametrize("file", COUNTRIES, ids=lambda file: file.stem)
def test_what_is_loaded_are_the_holidays_that_others_keep(file: Path) -> None:
    kept = json.loads(file.read_text())
    country, region = file.stem.split("_")
    years = sorted({int(day[:4]) for day in kept})
    found = public_holidays.holidays_of(country, "" if region == "COMMON" else region, years)
    named = {str(day): set(name.split("; ")) for day, name in found.items()}
    assert len(named) > 5 * len(years)
    assert {day: names for day, names in named.items() if not names <= set(kept.get(day, "").split("; "))} == {}


def test_a_country_or_region_that_is_not_known_is_refused() -> None:
    with pytest.raises(NoSuchCountry):
        public_holidays.holidays_of("XX", "", [2026])
    with pytest.raises(NoSuchRegion):
        public_holidays.holidays_of("DE", "XX", [2026])


def test_holidays_are_called_as_people_there_call_them() -> None:
    assert public_holidays.holidays_of("TW", "", [2026], "zh-TW")[date(2026, 10, 10)] == "國慶日"
    assert public_holidays.holidays_of("TW", "", [2026])[date(2026, 10, 10)] == "National Day"
    assert date(2026, 1, 6) in public_holidays.holidays_of("DE", "BY", [2026])
    assert date(2026, 1, 6) not in public_holidays.holidays_of("DE", "", [2026])


def test_the_library_of_holidays_is_not_read_before_somebody_asks() -> None:
    look = "import sys, helpline.app.web; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", look], check=False, timeout=60).returncode == 0


def _calendar(world: World) -> str:
    return world.do(None, lambda tx: actions.add(tx, name="Office", zone="Asia/Taipei", week=WEEK).id)


def _load(world: World, id: str, text: str) -> tuple[int, int]:
    days, years = office_days.office_days(text, 0), office_days.years_of(text)
    return world.do(None, lambda tx: loading.load_days(tx, tx.get(Calendar, id), days, source="office", years=years))


def _open_days(world: World, id: str, year: int) -> set[date]:
    def look(tx: Any) -> set[date]:
        plan = queries.plan_of(tx, tx.get(Calendar, id))
        noons = [at(f"{year}-01-01T12:00", "Asia/Taipei") + timedelta(days=n) for n in range(365 + (year % 4 == 0))]
        return {noon.date() for noon in noons if arithmetic.now_at(plan, noon).state is HoursState.OPEN}

    return world.see(look)


@here
@pytest.mark.parametrize("file", OFFICE, ids=lambda file: file.stem)
def test_an_office_calendar_of_taiwan_is_open_on_its_working_days_and_on_no_other(world: World, file: Path) -> None:
    id = _calendar(world)
    _load(world, id, file.read_text())
    working = {date.fromisoformat(row["date"]) for row in json.loads(file.read_text()) if not row["isHoliday"]}
    assert _open_days(world, id, int(file.stem)) == working


def test_a_working_saturday_is_told_from_a_holiday_in_csv_as_in_json(world: World) -> None:
    rows = [("20240212", "一", "2", "春節"), ("20240217", "六", "0", "補行上班"), ("20240218", "日", "2", "")]
    as_csv = "西元日期,星期,是否放假,備註\r\n" + "\r\n".join(",".join(row) for row in rows)
    as_json = json.dumps(
        [{"date": one[0], "isHoliday": one[2] == "2", "description": one[3]} for one in rows], ensure_ascii=False
    )
    expected = {
        date(2024, 2, 12): SpecialDayIn(kind="holiday", name="春節"),
        date(2024, 2, 17): SpecialDayIn(kind="working", name="補行上班", like=0),
    }
    for text in (as_csv, "\ufeff" + as_csv, as_json, json.dumps({"days": json.loads(as_json)})):
        assert office_days.office_days(text, 0) == expected
    assert office_days.decoded(as_csv.encode("big5")) == office_days.decoded(as_csv.encode("utf-8-sig")) == as_csv


@pytest.mark.parametrize(
    "text", ["", "hello", "[1, 2]", "{", "date,isholiday\nyesterday,2", "date,isholiday\n20240101,x"]
)
def test_what_is_no_office_calendar_is_refused(text: str) -> None:
    with pytest.raises(NotAnOfficeCalendar):
        office_days.office_days(text, 0)


def test_bytes_that_are_no_text_are_no_office_calendar() -> None:
    with pytest.raises(NotAnOfficeCalendar):
        office_days.decoded(b"\xff\xff\x00")


def test_an_amended_calendar_replaces_the_one_before_and_leaves_what_was_entered_by_hand(world: World) -> None:
    id = _calendar(world)
    first = "date,isholiday,description\n20250127,2,New Year\n20250128,2,New Year\n20250208,0,Make-up\n"
    assert _load(world, id, first) == (3, 0)
    typhoon = {date(2025, 7, 7): SpecialDayIn(name="Typhoon")}
    world.do(None, lambda tx: actions.set_days(tx, tx.get(Calendar, id), typhoon))
    amended = (
        "date,isholiday,description\n20250127,2,Lunar New Year\n20250128,2,New Year\n20250707,0,\n20250929,2,Added\n"
    )
    assert _load(world, id, amended) == (3, 1)
    rows = sorted(world.all(SpecialDay), key=lambda row: row.date)
    assert [(str(row.date), row.name, row.source) for row in rows] == [
        ("2025-01-27", "Lunar New Year", "office"),
        ("2025-01-28", "New Year", "office"),
        ("2025-07-07", "Typhoon", ""),
        ("2025-09-29", "Added", "office"),
    ]


def test_an_amended_year_leaves_the_other_years_alone(world: World) -> None:
    id = _calendar(world)
    _load(world, id, "date,isholiday\n20240101,2\n")
    assert _load(world, id, "date,isholiday\n20250101,2\n") == (1, 0)
    assert len(world.all(SpecialDay)) == 2


def test_one_county_is_closed_for_a_day_by_what_is_entered_the_evening_before(world: World) -> None:
    here_, there = (
        _calendar(world),
        world.do(None, lambda tx: actions.add(tx, name="Elsewhere", zone="Asia/Taipei", week=WEEK).id),
    )
    day = {date(2024, 10, 2): SpecialDayIn(name="颱風停止上班")}
    world.do(None, lambda tx: actions.set_days(tx, tx.get(Calendar, here_), day))
    assert date(2024, 10, 2) not in _open_days(world, here_, 2024)
    assert date(2024, 10, 2) in _open_days(world, there, 2024)
    assert date(2024, 10, 3) in _open_days(world, here_, 2024)


def test_holidays_are_loaded_over_the_api_and_again_without_doubling(running: Running) -> None:
    client = running.set_up()
    id = client.post("/api/calendars", json={"name": "Bavaria", "zone": "Europe/Berlin"}).json()["id"]
    wanted = {"country": "de", "region": "BY", "years": [2026, 2027]}
    loaded = client.post(f"/api/calendars/{id}/holidays", json=wanted).json()
    assert (loaded["loaded"], loaded["removed"]) == (len(loaded["calendar"]["days"]), 0)
    assert Counter(day["source"] for day in loaded["calendar"]["days"]) == {"holidays DE-BY": loaded["loaded"]}
    again = client.post(f"/api/calendars/{id}/holidays", json=wanted).json()
    assert again["calendar"] == loaded["calendar"]
    refused = client.post(f"/api/calendars/{id}/holidays", json={**wanted, "country": "XX"})
    assert (refused.status_code, refused.json()["code"]) == (422, "no_such_country")
    countries = {one["code"]: one["regions"] for one in client.get("/api/holiday-countries").json()}
    assert "BY" in countries["DE"]
    office = client.post(f"/api/calendars/{id}/office-days", json={"text": "date,isholiday\n20260202,2"})
    assert office.json()["loaded"] == 1
