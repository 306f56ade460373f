"""Calendars as rows: set up, their special days, closures and extensions, and what the API answers."""

from datetime import date, timedelta
from typing import Any

import pytest

from helpline.calendars import actions, arithmetic, queries, switching
from helpline.calendars.actions import (
    CalendarNameTaken,
    HolidayWithPeriods,
    NotASpecialDay,
    NotSevenDays,
    PeriodsOverlap,
)
from helpline.calendars.api import NotAMoment, TooFarApart
from helpline.calendars.arithmetic import NeverOpen
from helpline.calendars.models import Calendar, HoursSwitch, SpecialDay
from helpline.calendars.plan import Day, HoursState
from helpline.calendars.shapes import SpecialDayIn
from helpline.calendars.switching import (
    AlreadySwitchedBack,
    EndsBeforeItBegins,
    ExtensionWithoutEnd,
    NoCategoryToSwitch,
    UnknownCategoryToSwitch,
)
from helpline.channels import Category
from helpline.core import new_id
from helpline.core.facts import FactRow
from helpline.people.actions import UnknownZone
from tests.calendars.plans import periods
from tests.clock import Clock
from tests.listening import open_desk, until, upserted
from tests.make import World
from tests.running import Running

OFFICE = [list(periods("09:00-12:00 ~12:00-13:00 13:00-18:00"))] * 5 + [[], []]


def make(world: World, **values: Any) -> str:
    fields = {"name": "Office", "zone": "Asia/Taipei", "week": OFFICE, **values}
    return world.do(None, lambda tx: actions.add(tx, **fields).id)


def set_day(world: World, id: str, at: str, **day: Any) -> None:
    days = {date.fromisoformat(at): SpecialDayIn(**day)}
    world.do(None, lambda tx: actions.set_days(tx, tx.get(Calendar, id), days))


def topics(world: World) -> list[str]:
    return [row.topic for row in sorted(world.all(FactRow), key=lambda row: row.seq) if row.audited]


def test_a_calendar_is_set_up_and_changed_and_each_change_is_in_the_audit_log(world: World) -> None:
    id = make(world)
    world.do(None, lambda tx: actions.change(tx, id, last_intake=20, name="Head office").version)
    world.do(None, lambda tx: actions.change(tx, id, last_intake=20).version)
    fact = next(row for row in reversed(world.all(FactRow)) if row.topic == "calendar.set")
    assert fact.payload["changes"] == {"last_intake": [0, 20], "name": ["Office", "Head office"]}
    assert topics(world)[-2:] == ["calendar.set", "calendar.set"]


def test_two_calendars_do_not_have_one_name(world: World) -> None:
    make(world)
    with pytest.raises(CalendarNameTaken):
        make(world)


def test_a_calendar_has_a_zone_and_seven_days(world: World) -> None:
    with pytest.raises(UnknownZone):
        make(world, zone="Mars/Olympus")
    with pytest.raises(NotSevenDays):
        make(world, week=OFFICE[:6])


@pytest.mark.parametrize(
    ("day", "written"),
    [(0, "09:00-12:00 11:59-13:00"), (0, "09:00-12:00 ~11:00-11:30"), (6, "22:00-09:30"), (4, "22:00-02:00")],
)
def test_periods_do_not_overlap_not_even_past_midnight_or_past_sunday(world: World, day: int, written: str) -> None:
    week = [list(periods("09:00-18:00")), [], [], [], [], list(periods("01:59-03:00")), []]
    week[day] = list(periods(written))
    with pytest.raises(PeriodsOverlap):
        make(world, week=week)


def test_periods_may_touch(world: World) -> None:
    make(world, week=[list(periods("09:00-12:00 12:00-18:00 22:00-02:00")), list(periods("02:00-03:00"))] + [[]] * 5)


def test_a_special_day_is_entered_replaced_and_taken_away(world: World) -> None:
    id = make(world)
    set_day(world, id, "2026-12-25", name="Christmas Day")
    set_day(world, id, "2026-12-25", kind="other", name="Half", periods=list(periods("09:00-12:00")))
    [day] = world.all(SpecialDay)
    assert (day.name, day.kind) == ("Half", "other")
    world.do(None, lambda tx: actions.remove_day(tx, tx.get(Calendar, id), day.date))
    assert world.all(SpecialDay) == []
    with pytest.raises(NotASpecialDay):
        world.do(None, lambda tx: actions.remove_day(tx, tx.get(Calendar, id), day.date))
    assert topics(world)[-3:] == ["calendar.days_set"] * 3


def test_a_special_day_makes_sense(world: World) -> None:
    id = make(world)
    with pytest.raises(HolidayWithPeriods):
        set_day(world, id, "2026-12-25", periods=list(periods("09:00-12:00")))
    with pytest.raises(PeriodsOverlap):
        set_day(world, id, "2026-12-25", kind="other", periods=list(periods("09:00-12:00 10:00-11:00")))


def test_a_working_saturday_is_as_the_day_it_stands_for_also_after_that_was_changed(world: World) -> None:
    id = make(world)
    set_day(world, id, "2026-06-06", kind="working", name="Make-up", like=0)

    def saturday() -> Day:
        return world.see(lambda tx: queries.plan_of(tx, tx.get(Calendar, id)).days[date(2026, 6, 6)])

    assert saturday() == ("Make-up", "working", periods("09:00-12:00 ~12:00-13:00 13:00-18:00"))
    world.do(None, lambda tx: actions.change(tx, id, week=[list(periods("10:00-16:00"))] + [[]] * 6).version)
    assert saturday().periods == periods("10:00-16:00")


def _category(world: World) -> str:
    return str(world.all(Category)[0].id)


def _state(world: World, category_id: str) -> HoursState:
    def read(tx: Any) -> HoursState:
        plan = queries.plan_of(tx, None, category_id=category_id)
        return arithmetic.now_at(plan, tx.now).state

    return world.see(read)


def test_a_closure_holds_at_once_for_its_categories_until_it_is_switched_back(world: World, clock: Clock) -> None:
    category, lead = _category(world), world.agent("Mei", role="supervisor")
    id = world.do(lead, lambda tx: switching.switch(tx, kind="close", category_ids=[category], note=" Fault ").id)
    assert (_state(world, category), _state(world, "another")) == (HoursState.CLOSED, HoursState.OPEN)
    clock.advance(90)
    world.do(lead, lambda tx: switching.switch_back(tx, id).id)
    assert _state(world, category) is HoursState.OPEN
    [row] = world.all(HoursSwitch)
    assert (row.note, row.by_name, row.ended_by_name) == ("Fault", "Mei", "Mei")
    assert timedelta(seconds=90) <= row.ends_at - row.starts_at < timedelta(seconds=91)
    assert topics(world)[-2:] == ["hours.switched", "hours.switched_back"]
    with pytest.raises(AlreadySwitchedBack):
        world.do(lead, lambda tx: switching.switch_back(tx, id).id)


def test_a_closure_for_tomorrow_is_not_yet_and_can_be_called_off(world: World, clock: Clock) -> None:
    category = _category(world)
    begin = clock.now + timedelta(hours=8)
    one_day = {"category_ids": [category], "starts_at": begin, "ends_at": begin + timedelta(days=1)}
    id = world.do(None, lambda tx: switching.switch(tx, kind="close", **one_day).id)
    assert _state(world, category) is HoursState.OPEN
    clock.advance(8 * 3600)
    assert _state(world, category) is HoursState.CLOSED
    clock.advance(24 * 3600)
    assert _state(world, category) is HoursState.OPEN
    later = world.do(
        None, lambda tx: switching.switch(tx, kind="close", category_ids=[category], starts_at=tx.now + timedelta(1)).id
    )
    world.do(None, lambda tx: switching.switch_back(tx, later).id)
    clock.advance(2 * 24 * 3600)
    assert _state(world, category) is HoursState.OPEN
    assert id != later


def test_a_switch_says_whom_and_until_when(world: World) -> None:
    category = _category(world)

    def switch(**values: Any) -> str:
        return world.do(None, lambda tx: switching.switch(tx, **{"category_ids": [category], **values}).id)

    with pytest.raises(NoCategoryToSwitch):
        switch(kind="close", category_ids=[])
    with pytest.raises(UnknownCategoryToSwitch):
        switch(kind="close", category_ids=[new_id()])
    with pytest.raises(ExtensionWithoutEnd):
        switch(kind="extend")
    with pytest.raises(EndsBeforeItBegins):
        world.do(
            None,
            lambda tx: switching.switch(tx, kind="extend", category_ids=[category], ends_at=tx.now).id,
        )


def test_the_api_answers_the_three_questions(running: Running) -> None:
    client = running.set_up()
    week = [[{"start": "09:00", "end": "18:00"}]] * 5 + [[], []]
    made = client.post(
        "/api/calendars", json={"name": "Office", "zone": "Asia/Taipei", "week": week, "last_intake": 20}
    )
    assert made.status_code == 201, made.text
    path = f"/api/calendars/{made.json()['id']}"
    at = client.get(f"{path}/at", params={"at": "2026-06-05T17:40:00+08:00"}).json()
    assert (at["state"], at["last_intake"], at["until"], at["opens_at"]) == (
        "open",
        True,
        "2026-06-05T10:00:00Z",
        "2026-06-08T01:00:00Z",
    )
    add = client.get(f"{path}/add", params={"at": "2026-06-05T17:40:00+08:00", "minutes": 30}).json()
    assert add["end"] == "2026-06-08T01:10:00Z"
    between = {"start": "2026-06-05T00:00:00Z", "end": "2026-06-12T00:00:00Z"}
    assert client.get(f"{path}/between", params=between).json()["minutes"] == 5 * 9 * 60


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("at?at=2026-06-05T17:40:00", NotAMoment.code()),
        ("at?at=9999-06-05T17:40:00Z", NotAMoment.code()),
        ("add?minutes=5", NeverOpen.code()),
        ("between?start=1980-06-05T17:40:00Z&end=2026-06-05T17:40:00Z", TooFarApart.code()),
    ],
)
def test_what_cannot_be_reckoned_is_refused_with_a_reason(running: Running, asked: str, code: str) -> None:
    client = running.set_up()
    id = client.post("/api/calendars", json={"name": "Never", "zone": "UTC"}).json()["id"]
    answer = client.get(f"/api/calendars/{id}/{asked}")
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_every_desk_sees_a_calendar_and_a_switch_as_they_are_now(running: Running) -> None:
    client = running.set_up()
    category = client.get("/api/channel-categories").json()[0]["id"]
    with open_desk(running, client) as (desk, _):
        id = client.post("/api/calendars", json={"name": "Office", "zone": "UTC"}).json()["id"]
        assert until(desk, upserted("calendar"))[0]["days"] == []
        client.put(f"/api/calendars/{id}/days/2026-12-25", json={"name": "Christmas"})
        assert until(desk, upserted("calendar"))[0]["days"][0]["name"] == "Christmas"
        client.delete(f"/api/calendars/{id}/days/2026-12-25")
        assert until(desk, upserted("calendar"))[0]["days"] == []
        switch = client.post("/api/hours-switches", json={"kind": "close", "category_ids": [category]}).json()
        assert until(desk, upserted("hours_switch"))[0]["ended_by_name"] == ""
        client.delete(f"/api/hours-switches/{switch['id']}")
        assert until(desk, upserted("hours_switch"))[0]["ended_by_name"]
    assert [one["id"] for one in client.get("/api/hours-switches").json()] == [switch["id"]]
