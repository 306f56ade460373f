"""Who comes outside of hours: handed to nobody, waits until it opens or is turned away; who is served is served to the end."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from helpline.calendars import actions as calendars
from helpline.calendars import switching
from helpline.calendars.models import Calendar
from helpline.calendars.shapes import SpecialDayIn
from helpline.channels import Category, Channel
from helpline.channels import actions as channels
from helpline.conversations import CloseReason, State, serving
from helpline.core import Tx
from helpline.core.jobs import JobRow
from helpline.people import Availability
from helpline.routing.jobs import AT_ONCE
from helpline.session_settings import actions as session_settings
from helpline.session_settings.opening import hours_at, prompt_of
from helpline.webchat.actions import open_channel
from tests.calendars.plans import periods
from tests.clock import Clock
from tests.make import World
from tests.running import Running
from tests.session_settings.deciding import only_says, told

NINE_TO_SIX = "09:00-12:00 ~12:00-13:00 13:00-18:00"
MONDAY = date(2026, 6, 1)


def move(world: World, clock: Clock, time: str, day: date = MONDAY) -> None:
    """It becomes that time in UTC; what falls due meanwhile happens."""
    to = datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=UTC)
    world.wait(clock, (to - clock.now).total_seconds())


def opens(world: World, times: str = NINE_TO_SIX, category: str | None = None, **more: Any) -> str:
    """Agents are there at these times from Monday to Friday."""
    week = [list(periods(times))] * 5 + [[], []]

    def make(tx: Tx) -> str:
        calendar = calendars.add(tx, **{"name": f"Hours {len(times)} {category}", "zone": "UTC", "week": week, **more})
        session_settings.change(tx, category, {"hours": {"calendar_id": calendar.id}})
        return calendar.id

    return world.do(None, make)


@pytest.fixture
def monday(world: World, clock: Clock) -> World:
    """A Monday at eight, an hour before it opens."""
    clock.now = datetime(2026, 6, 1, 8, tzinfo=UTC)
    return world


def talk(world: World) -> str:
    return str(world.write(world.visitor()).conversation_id)


def served(world: World, id: str) -> str | None:
    return world.conversation(id).agent_id


def test_rule_13_who_comes_before_opening_waits_and_is_handed_over_when_it_opens(monday: World, clock: Clock) -> None:
    opens(monday)
    agent, first, second = monday.agent(), talk(monday), talk(monday)
    assert (served(monday, first), monday.conversation(first).state) == (None, State.WAITING)
    move(monday, clock, "08:59:59")
    assert served(monday, first) is None
    move(monday, clock, "09:00:00")
    assert (served(monday, first), served(monday, second)) == (agent.id, agent.id)


def test_rule_13_at_opening_the_queue_is_served_in_its_order_and_every_agent_gets_some(
    monday: World, clock: Clock
) -> None:
    opens(monday)
    agents = [monday.agent(limit=1) for _ in range(3)]
    talks = [talk(monday) for _ in range(4)]
    move(monday, clock, "09:00:00")
    assert {served(monday, id) for id in talks[:3]} == {agent.id for agent in agents}
    assert served(monday, talks[3]) is None


def test_rule_13_more_than_are_handed_over_at_once_are_handed_over_after_each_other(
    monday: World, clock: Clock
) -> None:
    opens(monday)
    monday.agent(limit=AT_ONCE + 5)
    talks = [talk(monday) for _ in range(AT_ONCE + 3)]
    move(monday, clock, "09:00:00")
    assert all(served(monday, id) for id in talks)


def test_rule_13_in_a_break_nobody_is_handed_over_and_after_it_they_are(monday: World, clock: Clock) -> None:
    opens(monday)
    agent = monday.agent()
    move(monday, clock, "12:00:00")
    waiting = talk(monday)
    assert served(monday, waiting) is None
    move(monday, clock, "13:00:00")
    assert served(monday, waiting) == agent.id


def test_rule_13_who_becomes_ready_outside_hours_is_given_nobody(monday: World, clock: Clock) -> None:
    opens(monday)
    waiting, agent = talk(monday), monday.agent()
    monday.become(agent, Availability.BUSY)
    monday.become(agent, Availability.READY)
    assert served(monday, waiting) is None


def test_rule_13_after_the_last_intake_nobody_new_is_handed_over_and_who_is_served_is_served_to_the_end(
    monday: World, clock: Clock
) -> None:
    opens(monday, last_intake=20)
    agent = monday.agent()
    move(monday, clock, "17:39:59")
    before = talk(monday)
    assert served(monday, before) == agent.id
    move(monday, clock, "17:40:00")
    after = talk(monday)
    assert served(monday, after) is None
    move(monday, clock, "18:30:00")
    monday.answer(agent, before)
    assert served(monday, before) == agent.id
    move(monday, clock, "09:00:00", MONDAY + timedelta(days=1))
    assert served(monday, after) == agent.id


def test_rule_13_who_has_been_with_an_agent_is_handed_on_also_when_it_is_closed(monday: World, clock: Clock) -> None:
    opens(monday)
    first = monday.agent()
    move(monday, clock, "17:59:00")
    going_on = talk(monday)
    monday.answer(first, going_on)
    move(monday, clock, "18:05:00")
    second = monday.agent()
    monday.do(first, lambda tx: serving.transfer(tx, going_on, agent_id=None, team_id=monday.team).state)
    assert served(monday, going_on) == second.id


def test_rule_13_who_comes_back_outside_hours_is_not_given_to_the_agent_they_were_with(
    monday: World, clock: Clock
) -> None:
    opens(monday)
    agent, visitor = monday.agent(), monday.visitor()
    move(monday, clock, "17:59:00")
    first = monday.write(visitor).conversation_id
    monday.answer(agent, first)
    monday.close(agent, first)
    move(monday, clock, "18:05:00")
    assert served(monday, monday.write(visitor).conversation_id) is None


def test_rule_13_where_queueing_is_not_allowed_who_comes_outside_hours_is_turned_away(
    monday: World, clock: Clock
) -> None:
    opens(monday, queue_while_closed=False)
    turned_away = monday.conversation(talk(monday))
    assert (turned_away.state, turned_away.close_reason) == (State.CLOSED, CloseReason.OUT_OF_HOURS)
    move(monday, clock, "10:00:00")
    assert monday.conversation(talk(monday)).state == State.WAITING


def _other_category(world: World) -> tuple[str, str]:
    """(category, channel) beside the first, for the same team."""

    def make(tx: Tx) -> tuple[str, str]:
        category = channels.add_category(tx, name="Other", team_id=world.team)
        return category.id, channels.add_channel(tx, name="Other chat", category_id=category.id).id

    return world.do(None, make)


def test_rule_13_a_category_that_is_closed_does_not_hold_up_another_one_in_the_same_queue(
    monday: World, clock: Clock
) -> None:
    first = next(row.category_id for row in monday.all(Channel))
    opens(monday, category=first)
    _, other = _other_category(monday)
    closed, open_ = talk(monday), monday.write(monday.visitor(channel=other)).conversation_id
    agent = monday.agent()
    assert (served(monday, closed), served(monday, open_)) == (None, agent.id)


def test_rule_13_an_emergency_closure_holds_at_once_and_its_end_serves_who_waited(monday: World, clock: Clock) -> None:
    agent, [category] = monday.agent(), [row.id for row in monday.all(Category)]
    going_on = talk(monday)
    id = monday.do(None, lambda tx: switching.switch(tx, kind="close", category_ids=[category], note="Fire").id)
    waiting = talk(monday)
    assert (served(monday, going_on), served(monday, waiting)) == (agent.id, None)
    monday.do(None, lambda tx: switching.switch_back(tx, id).id)
    monday.wait(clock, 0)
    assert served(monday, waiting) == agent.id


def test_rule_13_a_closure_that_has_an_end_serves_who_waited_by_itself(monday: World, clock: Clock) -> None:
    agent, [category] = monday.agent(), [row.id for row in monday.all(Category)]
    until = clock.now + timedelta(minutes=30)
    monday.do(None, lambda tx: switching.switch(tx, kind="close", category_ids=[category], ends_at=until).id)
    waiting = talk(monday)
    monday.wait(clock, 29 * 60)
    assert served(monday, waiting) is None
    monday.wait(clock, 60)
    assert served(monday, waiting) == agent.id


def test_rule_13_an_extension_serves_at_once_who_waited(monday: World, clock: Clock) -> None:
    opens(monday)
    agent, [category] = monday.agent(), [row.id for row in monday.all(Category)]
    move(monday, clock, "18:30:00")
    waiting = talk(monday)
    until = clock.now + timedelta(hours=1)
    monday.do(None, lambda tx: switching.switch(tx, kind="extend", category_ids=[category], ends_at=until).id)
    monday.wait(clock, 0)
    assert served(monday, waiting) == agent.id


def test_rule_13_a_changed_week_or_special_day_or_setting_serves_at_once_who_waited(
    monday: World, clock: Clock
) -> None:
    id, agent = opens(monday), monday.agent()

    def change_week() -> None:
        monday.do(None, lambda tx: calendars.change(tx, id, week=[list(periods("08:00-18:00"))] * 7).version)

    def add_day() -> None:
        day = SpecialDayIn(kind="other", periods=list(periods("20:00-22:00")))
        monday.do(None, lambda tx: calendars.set_days(tx, tx.get(Calendar, id), {MONDAY: day}))

    def take_calendar_away() -> None:
        monday.do(None, lambda tx: session_settings.change(tx, None, {"hours": {"calendar_id": None}}).version)

    for time, change in (("08:10:00", change_week), ("20:10:00", add_day), ("23:00:00", take_calendar_away)):
        move(monday, clock, time)
        waiting = talk(monday)
        assert served(monday, waiting) is None
        change()
        monday.wait(clock, 0)
        assert served(monday, waiting) == agent.id


def test_rule_13_a_week_that_is_closed_earlier_than_it_was_serves_nobody_at_the_old_opening(
    monday: World, clock: Clock
) -> None:
    id, agent, waiting = opens(monday), monday.agent(), talk(monday)
    monday.do(None, lambda tx: calendars.change(tx, id, week=[list(periods("10:00-18:00"))] * 7).version)
    move(monday, clock, "09:30:00")
    assert served(monday, waiting) is None
    move(monday, clock, "10:00:00")
    assert served(monday, waiting) == agent.id


def test_rule_13_without_a_calendar_it_is_always_open_and_nothing_is_timed(monday: World) -> None:
    agent = monday.agent()
    assert served(monday, talk(monday)) == agent.id
    assert monday.all(JobRow) == []


def test_rule_13_a_category_has_its_own_calendar_or_the_workspaces(monday: World) -> None:
    opens(monday)
    [category] = [row.id for row in monday.all(Category)]
    assert not monday.see(lambda tx: hours_at(tx, category).now.takes)
    opens(monday, "07:00-10:00", category=category)
    assert monday.see(lambda tx: hours_at(tx, category).now.takes)


@pytest.mark.parametrize(
    ("time", "prompt"),
    [
        ("08:00", "after_hours"),
        ("10:00", None),
        ("12:30", "break_time"),
        ("17:45", "after_hours"),
        ("18:00", "after_hours"),
    ],
)
def test_rule_13_each_reason_for_nobody_being_there_has_a_text_of_its_own(
    monday: World, time: str, prompt: str | None
) -> None:
    id = opens(monday, last_intake=20)
    monday.do(
        None, lambda tx: calendars.set_days(tx, tx.get(Calendar, id), {MONDAY + timedelta(days=1): SpecialDayIn()})
    )
    [category] = [row.id for row in monday.all(Category)]

    def asked(day: date) -> str | None:
        at = datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=UTC)
        return monday.see(lambda tx: prompt_of(hours_at(tx, category, at).now))

    assert asked(MONDAY) == prompt
    assert asked(MONDAY + timedelta(days=1)) == "holiday"


def test_rule_13_each_text_is_said_once_when_a_conversation_begins_to_wait(monday: World, clock: Clock) -> None:
    id = opens(monday)
    only_says(monday, after_hours="Closed until $OpensAt", holiday="Holiday", break_time="Lunch", no_agents="Nobody")
    visitor = monday.visitor()
    first = monday.write(visitor).conversation_id
    monday.write(visitor, "Anybody?")
    assert told(monday, first) == ["Hello", "Closed until 2026-06-01 09:00", "Anybody?"]
    move(monday, clock, "10:00:00")
    assert told(monday, talk(monday)) == ["Hello", "Nobody"]
    monday.become(monday.agent(limit=1), Availability.BUSY)
    assert told(monday, talk(monday)) == ["Hello"]
    move(monday, clock, "12:00:00")
    assert told(monday, talk(monday)) == ["Hello", "Lunch"]
    tomorrow = MONDAY + timedelta(days=1)
    monday.do(None, lambda tx: calendars.set_days(tx, tx.get(Calendar, id), {tomorrow: SpecialDayIn()}))
    move(monday, clock, "10:00:00", tomorrow)
    assert told(monday, talk(monday)) == ["Hello", "Holiday"]


def test_rule_13_each_closed_stretch_in_which_somebody_writes_is_told_once_while_nobody_serves_them(
    monday: World, clock: Clock
) -> None:
    opens(monday)
    only_says(monday, after_hours="Closed", break_time="Lunch")
    move(monday, clock, "17:50:00")
    visitor = monday.visitor()
    id = monday.write(visitor, "Hi").conversation_id
    for day, time in (
        (0, "18:30:00"),
        (0, "18:31:00"),
        (1, "10:00:00"),
        (1, "12:10:00"),
        (1, "12:11:00"),
        (1, "20:00:00"),
    ):
        move(monday, clock, time, MONDAY + timedelta(days=day))
        monday.write(visitor, time)
    expected = ["18:30:00", "Closed", "18:31:00", "10:00:00", "12:10:00", "Lunch", "12:11:00", "20:00:00", "Closed"]
    assert told(monday, id) == ["Hi", *expected]


def test_rule_13_who_is_being_served_is_not_told_that_it_is_closed(monday: World, clock: Clock) -> None:
    opens(monday)
    only_says(monday, after_hours="Closed")
    move(monday, clock, "17:50:00")
    visitor = monday.visitor()
    monday.agent()
    id = monday.write(visitor, "Hi").conversation_id
    move(monday, clock, "18:30:00")
    monday.write(visitor, "Still there?")
    assert told(monday, id) == ["Hi", "Still there?"]


def test_rule_13_who_is_turned_away_is_told_before_it_ends(monday: World) -> None:
    opens(monday, queue_while_closed=False)
    only_says(monday, connecting="One moment", after_hours="Closed", closed="Bye")
    assert told(monday, talk(monday), events=True) == ["[queued]", "Hello", "Closed", "[closed]"]


@pytest.mark.parametrize(
    ("friday", "next_monday"),
    [(date(2026, 3, 27), "2026-03-30T07:00"), (date(2026, 10, 23), "2026-10-26T08:00")],
    ids=["spring", "autumn"],
)
def test_rule_13_after_the_clocks_were_changed_it_opens_by_the_clock_on_the_wall(
    world: World, clock: Clock, friday: date, next_monday: str
) -> None:
    clock.now = datetime(friday.year, friday.month, friday.day, 20, tzinfo=UTC)
    opens(world, zone="Europe/Berlin")
    opening = datetime.fromisoformat(next_monday).replace(tzinfo=UTC)
    waiting, agent = talk(world), world.agent()
    world.wait(clock, (opening - clock.now).total_seconds() - 1)
    assert served(world, waiting) is None
    world.wait(clock, 1)
    assert served(world, waiting) == agent.id


def test_rule_13_the_api_says_what_would_happen_at_a_moment(running: Running) -> None:
    client = running.set_up()
    category = client.get("/api/channel-categories").json()[0]["id"]
    path = f"/api/channel-categories/{category}/hours"
    always = client.get(path).json()
    assert (always["hours"]["state"], always["handed_over"], always["prompt"]) == ("open", True, None)
    week = [[{"start": "09:00", "end": "18:00"}]] * 5 + [[], []]
    given = {"name": "Office", "zone": "Asia/Taipei", "week": week, "queue_while_closed": False}
    calendar = client.post("/api/calendars", json=given).json()["id"]
    version = client.get("/api/session-settings").json()["version"]
    set_ = client.patch("/api/session-settings", json={"version": version, "hours": {"calendar_id": calendar}})
    assert set_.status_code == 200, set_.text
    saturday = client.get(path, params={"at": "2026-06-06T10:00:00+08:00"}).json()
    assert (saturday["calendar_id"], saturday["handed_over"], saturday["queued"]) == (calendar, False, False)
    assert saturday["prompt"] == "after_hours"
    assert saturday["said"]["texts"]["en"].startswith("We are closed")
    assert saturday["hours"]["opens_at"] == "2026-06-08T01:00:00Z"
    wrong = client.patch("/api/session-settings", json={"version": version + 1, "hours": {"calendar_id": "nothing"}})
    assert (wrong.status_code, wrong.json()["field"]) == (422, "hours.calendar_id")


def test_the_widget_is_told_when_it_is_closed_next_and_when_it_opens_again(monday: World, clock: Clock) -> None:
    def closed() -> list[str | None]:
        chat = monday.see(open_channel, channel_id=monday.channel)
        return [at and f"{at:%H:%M}" for at in (chat.closed_from, chat.opens_at)]

    assert closed() == [None, None]
    opens(monday)
    assert closed() == ["08:00", "09:00"]
    move(monday, clock, "10:00:00")
    assert closed() == ["12:00", "13:00"]
    move(monday, clock, "13:30:00")
    assert closed() == ["18:00", "09:00"]
