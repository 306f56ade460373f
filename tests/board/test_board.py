"""The board: queues and agents as they are, and how today goes."""

from datetime import UTC, datetime

import httpx
import pytest

from helpline.board.day import DayOut, day
from helpline.board.rules import Counts, day_began
from helpline.board.shapes import BoardOut, board
from helpline.conversations import CloseReason, serving
from helpline.core import Actor
from helpline.core.facts import FactRow
from helpline.people import Availability, actions, presence
from helpline.people.workspace import change_workspace
from tests.clock import Clock
from tests.make import World
from tests.running import PASSWORD, Running


def _board(world: World, actor: Actor) -> BoardOut:
    return world.units.read_now(actor, board)


def _day(world: World, actor: Actor) -> DayOut:
    return world.units.read_now(actor, day, None)


def _leave(world: World, id: str) -> None:
    world.do(None, lambda tx: serving.close(tx, id, CloseReason.CONTACT_CLOSED).state)


def _serve(world: World, agent: Actor) -> None:
    id = world.write(world.visitor()).conversation_id
    world.do(agent, lambda tx: serving.take(tx, id).state)


def test_a_queue_shows_who_waits_since_when_and_where_its_agents_stand(world: World, clock: Clock) -> None:
    boss = world.agent(role="supervisor", ready=False)
    serves, ready, busy = world.agent(limit=1), world.agent(limit=3), world.agent()
    world.become(busy, Availability.BUSY)
    world.become(ready, Availability.BREAK)
    world.write(world.visitor())
    waits = world.write(world.visitor("Amara")).conversation_id
    clock.advance(90)
    (queue,) = _board(world, boss).queues
    assert (queue.waiting, queue.serving, queue.offered) == (1, 1, 0)
    assert queue.oldest == world.conversation(waits).queued_at
    agents = queue.agents
    assert (agents.ready, agents.serving, agents.busy, agents.on_break, agents.offline) == (0, 1, 1, 1, 2)
    world.become(ready, Availability.READY)
    now = _board(world, boss)
    assert (now.queues[0].waiting, now.queues[0].agents.free) == (0, 2)
    shown = {talk.id: (talk.contact_name, talk.agent_id) for talk in now.conversations}
    assert shown[waits] == ("Amara", ready.id)
    assert set(shown.values()) == {("Amara", ready.id), (shown[next(iter(shown.keys() - {waits}))][0], serves.id)}


def test_the_service_level_is_what_was_answered_in_time_of_all_but_the_mistaken(world: World, clock: Clock) -> None:
    boss = world.agent(role="supervisor", ready=False)
    assert (_board(world, boss).today.service_level, _board(world, boss).today.abandon_rate) == (None, None)
    late, gone, mistaken = (world.write(world.visitor()).conversation_id for _ in range(3))
    clock.advance(3)
    _leave(world, mistaken)
    clock.advance(60)
    _leave(world, gone)
    world.do(boss, lambda tx: serving.take(tx, late).state)
    for _ in range(3):
        _serve(world, boss)
    today = _board(world, boss).today
    assert (today.answered, today.in_target, today.abandoned, today.short) == (4, 3, 2, 1)
    assert (today.service_level, today.abandon_rate) == (60.0, 20.0)
    assert _board(world, boss).queues[0].today == today


def test_today_begins_at_midnight_of_the_workspaces_zone(world: World, clock: Clock) -> None:
    boss = world.agent(role="supervisor", ready=False)
    _serve(world, boss)
    assert clock.now.hour == 9
    clock.advance(8 * 3600)
    assert _board(world, boss).today.answered == 1
    world.do(None, lambda tx: change_workspace(tx, timezone="Asia/Taipei").id)
    assert (_board(world, boss).today.answered, _board(world, boss).timezone) == (0, "Asia/Taipei")


@pytest.mark.parametrize(
    ("now", "zone", "began"),
    [
        ("2026-03-29T12:00", "Europe/Berlin", "2026-03-28T23:00"),
        ("2026-10-25T12:00", "Europe/Berlin", "2026-10-24T22:00"),
        ("2026-09-06T12:00", "America/Santiago", "2026-09-06T04:00"),
        ("2026-03-02T23:30", "Asia/Kathmandu", "2026-03-02T18:15"),
    ],
)
def test_a_day_begins_also_where_clocks_are_moved(now: str, zone: str, began: str) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert day_began(moment, zone) == datetime.fromisoformat(began).replace(tzinfo=UTC)


def test_rates_of_nothing_are_nothing() -> None:
    assert (Counts().service_level, Counts().abandon_rate) == (None, None)
    assert Counts(abandoned=2, short=2).service_level is None


def test_the_day_tells_arrivals_answers_waits_and_who_waited_over_the_last_hour(world: World, clock: Clock) -> None:
    boss = world.agent(role="supervisor", ready=False)
    ids = [world.write(world.visitor()).conversation_id for _ in range(2)]
    clock.advance(30)
    world.do(boss, lambda tx: serving.take(tx, ids[0]).state)
    clock.advance(3600)
    world.do(boss, lambda tx: serving.take(tx, ids[1]).state)
    told = _day(world, boss)
    assert [(hour.at.hour, hour.arrived, hour.answered) for hour in told.hours] == [(9, 2, 1), (10, 0, 1)]
    assert [hour.service_level for hour in told.hours] == [100.0, 0.0]
    assert (told.bounds, told.waits) == ([20, 60, 180, 300], [0, 1, 0, 0, 1])
    assert [hour.abandon_rate for hour in told.hours] == [0.0, 0.0]
    (trend,) = told.trends
    assert (trend.waiting[0], trend.waiting[-2], trend.waiting[-1], len(trend.waiting)) == (1, 1, 0, 31)
    assert (trend.longest[0], trend.longest[-2], trend.longest[-1]) == (30, 3630 - 120, 0)


def test_a_stay_that_began_by_a_clock_that_is_ahead_counts_for_the_hour_there_is(world: World, clock: Clock) -> None:
    boss = world.agent(role="supervisor", ready=False)
    turn = 3600 - clock().minute * 60
    clock.advance(turn)
    world.write(world.visitor())
    clock.advance(-1)
    assert [hour.arrived for hour in _day(world, boss).hours] == [1]


def test_without_the_right_to_read_all_one_sees_ones_own_queues(world: World) -> None:
    other = world.do(None, lambda tx: actions.add_team(tx, name="Returns").id)
    world.write(world.visitor())
    lead = world.agent(ready=False, teams=[other])
    own = Actor("agent", world.workspace_id, lead.id, "Lead", lead.permissions | {"board.read"})
    seen = _board(world, own)
    assert ([queue.team_id for queue in seen.queues], seen.conversations) == ([other], [])
    assert [trend.team_id for trend in _day(world, own).trends] == [other]
    boss = world.agent(role="supervisor", ready=False, teams=[])
    assert len(_board(world, boss).queues) == 2


def test_a_supervisor_sets_who_forgot_to_offline_and_the_fact_says_who(world: World) -> None:
    boss, forgot = world.agent(role="supervisor", ready=False), world.agent()
    id = world.write(world.visitor()).conversation_id
    world.do(boss, lambda tx: presence.set_availability(tx, forgot.id, Availability.OFFLINE).state)
    assert world.presence(forgot).state == "offline"
    assert world.conversation(id).agent_id == forgot.id
    told = [row for row in world.all(FactRow) if row.topic == "availability.changed" and row.subject_id == forgot.id]
    last = max(told, key=lambda row: row.seq)
    assert (last.payload["state"], last.actor_kind, last.actor_id) == ("offline", "agent", boss.id)


def _hire(running: Running, admin: httpx.Client, name: str, role: str) -> tuple[httpx.Client, str]:
    given = {"name": name, "email": f"{name.lower()}@example.com", "password": PASSWORD, "role": role}
    id = admin.post("/api/agents", json=given).json()["id"]
    client = running.client()
    answer = client.post("/api/session", json={"email": given["email"], "password": PASSWORD}).json()
    client.headers["x-csrf-token"] = answer["csrf"]
    return client, id


def test_by_api_supervisors_have_the_board_and_agents_do_not(running: Running) -> None:
    admin = running.set_up()
    boss, _ = _hire(running, admin, "Boss", "supervisor")
    agent, agent_id = _hire(running, admin, "Amy", "agent")
    assert boss.get("/api/board").json()["queues"][0]["name"] == "Support"
    assert boss.get("/api/board/day").status_code == 200
    set_to = f"/api/agents/{agent_id}/availability"
    assert boss.put(set_to, json={"state": "busy"}).json()["availability"]["state"] == "busy"
    refused = boss.put(set_to, json={"state": "ready"})
    assert (refused.status_code, refused.json()["code"]) == (409, "not_connected")
    for answer in (agent.get("/api/board"), agent.get("/api/board/day"), agent.put(set_to, json={"state": "offline"})):
        assert answer.status_code == 403
    assert boss.put("/api/agents/nobody/availability", json={"state": "busy"}).status_code == 404
