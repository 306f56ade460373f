"""How many may wait and how long, and what becomes of the others; who is given nobody is told so, once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from helpline.board import Visit
from helpline.channels import actions as channels
from helpline.conversations import CloseReason, State, deciding, needing, serving
from helpline.conversations.waiting import position, waiting_in
from helpline.core import Tx
from helpline.core.facts import FactRow
from helpline.people import Availability, Team, actions
from helpline.routing import jobs
from helpline.session_settings.queueing import NoOverflowTeam
from helpline.session_settings.reactions import TeamTakesOver
from helpline.session_settings.references import UnknownSetting
from tests.clock import Clock
from tests.make import World
from tests.routing.deciding import decide, served_by, talk, waits
from tests.routing.test_opening import MONDAY, move, opens
from tests.running import Running
from tests.session_settings.deciding import only_says, told

SORRY, LEAVE, HELLO = "Sorry", "Leave a message", "It is $AgentName"


@pytest.fixture
def quiet(world: World) -> World:
    """Nothing is said but whether somebody was found."""
    only_says(world, connect_failed=SORRY, leave_message=LEAVE, connected=HELLO)
    return world


def team(world: World, name: str = "Orders") -> str:
    """Another team."""
    return world.do(None, lambda tx: actions.add_team(tx, name=name).id)


def ended(world: World, id: str) -> tuple[State, CloseReason | None]:
    row = world.conversation(id)
    return row.state, row.close_reason


def outcomes(world: World, id: str) -> list[str | None]:
    """How its stays in queues ended, in their order."""
    stays = [row for row in world.all(Visit) if row.conversation_id == id]
    return [row.outcome for row in sorted(stays, key=lambda row: row.entered_at)]


def happened(world: World, id: str) -> list[str]:
    rows = [row for row in world.all(FactRow) if row.subject_id == id]
    return [row.topic.removeprefix("conversation.") for row in sorted(rows, key=lambda row: row.seq)]


TURNED_AWAY = (State.CLOSED, CloseReason.NO_AGENT)


def test_rule_3_success_says_connected_and_nothing_else(quiet: World) -> None:
    quiet.agent("Jonas")
    assert told(quiet, talk(quiet)) == ["Hello", "It is Jonas"]


def test_rule_3_who_finds_the_queue_full_is_told_so_once_and_closed(quiet: World) -> None:
    decide(quiet, queue={"max_length": 2})
    first, second, third = talk(quiet), talk(quiet), talk(quiet)
    assert (waits(quiet, first), waits(quiet, second)) == (True, True)
    assert ended(quiet, third) == TURNED_AWAY
    assert told(quiet, third) == ["Hello", SORRY]
    assert outcomes(quiet, third) == ["withdrawn"]
    quiet.agent(limit=1)
    assert waits(quiet, talk(quiet))


def test_rule_3_whoever_a_free_agent_takes_at_once_needs_no_room(quiet: World) -> None:
    decide(quiet, queue={"max_length": 1})
    talk(quiet)
    decide(quiet, queue={"may_wait": "never"})
    quiet.agent(limit=2)
    assert served_by(quiet, talk(quiet))
    assert ended(quiet, talk(quiet)) == TURNED_AWAY


def test_rule_3_with_nobody_online_and_no_waiting_allowed_then_who_comes_is_told_so_once(quiet: World) -> None:
    decide(quiet, queue={"may_wait": "online"})
    alone = talk(quiet)
    assert (ended(quiet, alone), told(quiet, alone)) == (TURNED_AWAY, ["Hello", SORRY])
    agent = quiet.agent()
    quiet.become(agent, Availability.BREAK)
    assert waits(quiet, talk(quiet))


def test_rule_3_outside_of_hours_where_waiting_is_not_allowed_who_comes_is_told_so_once(
    quiet: World, clock: Clock
) -> None:
    clock.now = datetime(2026, 6, 1, 8, tzinfo=UTC)
    opens(quiet, queue_while_closed=False)
    id = talk(quiet)
    assert ended(quiet, id) == (State.CLOSED, CloseReason.OUT_OF_HOURS)
    assert told(quiet, id) == ["Hello", SORRY]


def test_rule_3_who_has_waited_too_long_is_told_so_once_and_closed(quiet: World, clock: Clock) -> None:
    decide(quiet, queue={"max_wait": 60})
    id = talk(quiet)
    quiet.wait(clock, 59)
    assert waits(quiet, id)
    quiet.wait(clock, 1)
    assert (ended(quiet, id), told(quiet, id)) == (TURNED_AWAY, ["Hello", SORRY])
    quiet.wait(clock, 600)
    assert happened(quiet, id).count("closed") == 1


def test_who_was_found_in_time_is_not_sent_away_later_not_even_from_the_queue(quiet: World, clock: Clock) -> None:
    decide(quiet, queue={"max_wait": 60, "max_length": 1})
    id, agent = talk(quiet), quiet.agent()
    quiet.wait(clock, 61)
    assert served_by(quiet, id) == agent.id
    quiet.become(agent, Availability.BUSY)
    talk(quiet)
    quiet.do(agent, lambda tx: serving.give_back(tx, id))
    quiet.wait(clock, 30)
    assert waits(quiet, id)
    assert told(quiet, id).count(SORRY) == 0


def test_a_longer_wait_that_was_decided_meanwhile_holds_and_none_at_all_too(quiet: World, clock: Clock) -> None:
    decide(quiet, queue={"max_wait": 60})
    longer, ever = talk(quiet), talk(quiet)
    decide(quiet, queue={"max_wait": 90})
    quiet.wait(clock, 61)
    assert (waits(quiet, longer), waits(quiet, ever)) == (True, True)
    quiet.do(None, lambda tx: serving.close(tx, longer, CloseReason.ABANDONED).state)
    decide(quiet, queue={"max_wait": None})
    quiet.wait(clock, 600)
    assert waits(quiet, ever)


def test_a_shorter_wait_holds_for_those_who_wait_already(quiet: World, clock: Clock) -> None:
    decide(quiet, queue={"max_wait": 600})
    id = talk(quiet)
    quiet.wait(clock, 30)
    later = talk(quiet)
    decide(quiet, queue={"max_wait": 60})
    quiet.wait(clock, 29)
    assert waits(quiet, id)
    quiet.wait(clock, 1)
    assert (ended(quiet, id), waits(quiet, later)) == (TURNED_AWAY, True)
    quiet.wait(clock, 30)
    assert ended(quiet, later) == TURNED_AWAY


def test_a_longest_wait_where_there_was_none_counts_from_when_they_came(
    quiet: World, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "MANY", 2)
    some = [talk(quiet) for _ in range(5)]
    quiet.wait(clock, 100)
    decide(quiet, queue={"max_wait": 90})
    quiet.wait(clock, 0)
    assert {ended(quiet, id) for id in some} == {TURNED_AWAY}


def test_a_shorter_wait_of_one_category_is_not_that_of_others(quiet: World, clock: Clock) -> None:
    id = talk(quiet)
    other = quiet.do(None, lambda tx: channels.add_category(tx, name="Other", team_id=quiet.team).id)
    decide(quiet, other, queue={"max_wait": 10})
    quiet.wait(clock, 60)
    assert waits(quiet, id)


def test_only_working_hours_count_as_waiting_too_long(quiet: World, clock: Clock) -> None:
    clock.now = datetime(2026, 6, 1, 8, tzinfo=UTC)
    opens(quiet, "09:00-18:00")
    decide(quiet, queue={"max_wait": 600, "max_length": 1})
    early, too = talk(quiet), talk(quiet)
    move(quiet, clock, "09:09:59")
    assert (waits(quiet, early), waits(quiet, too)) == (True, True)
    move(quiet, clock, "09:10:00")
    assert (ended(quiet, early), ended(quiet, too)) == (TURNED_AWAY, TURNED_AWAY)
    move(quiet, clock, "17:55:00")
    late = talk(quiet)
    move(quiet, clock, "09:04:59", MONDAY + timedelta(days=1))
    assert waits(quiet, late)
    move(quiet, clock, "09:05:01", MONDAY + timedelta(days=1))
    assert ended(quiet, late) == TURNED_AWAY


def test_who_is_just_being_offered_to_somebody_is_not_sent_away_before_they_let_it_go_by(
    quiet: World, clock: Clock
) -> None:
    decide(quiet, queue={"max_wait": 60}, service_mode={"mode": "manual", "connect_within": 30})
    id = talk(quiet)
    quiet.wait(clock, 50)
    quiet.agent()
    quiet.wait(clock, 20)
    assert quiet.conversation(id).state == State.OFFERED
    decide(quiet, service_mode={"break_after_miss": True})
    quiet.wait(clock, 10)
    assert waits(quiet, id)
    quiet.wait(clock, 1)
    assert ended(quiet, id) == TURNED_AWAY


def test_who_finds_no_room_is_sent_on_to_another_team_at_once(quiet: World, clock: Clock) -> None:
    orders = team(quiet)
    decide(quiet, queue={"max_length": 1, "when_full": "overflow", "full_team": orders})
    first = talk(quiet)
    helper = quiet.agent(teams=[orders], limit=1)
    second, third = talk(quiet), talk(quiet)
    assert (served_by(quiet, second), waits(quiet, third)) == (helper.id, True)
    assert (quiet.conversation(first).team_id, quiet.conversation(third).team_id) == (quiet.team, orders)
    assert outcomes(quiet, second) == ["moved", "answered"]
    assert SORRY not in told(quiet, second)
    quiet.close(helper, second)
    assert served_by(quiet, third) == helper.id


def test_who_waited_too_long_is_sent_on_with_the_time_they_waited_and_once_only(quiet: World, clock: Clock) -> None:
    orders = team(quiet)
    decide(quiet, queue={"max_wait": 60, "when_late": "overflow", "late_team": orders})
    id = talk(quiet)
    came = quiet.conversation(id).queued_at
    quiet.wait(clock, 60)
    row = quiet.conversation(id)
    assert (row.state, row.team_id, row.queued_at) == (State.WAITING, orders, came)
    quiet.wait(clock, 59)
    assert waits(quiet, id)
    quiet.wait(clock, 1)
    assert (ended(quiet, id), told(quiet, id)) == (TURNED_AWAY, ["Hello", SORRY])
    assert happened(quiet, id).count("overflowed") == 1


def test_a_message_that_was_left_waits_behind_all_who_are_there_until_somebody_has_time(
    quiet: World, clock: Clock
) -> None:
    decide(quiet, queue={"max_length": 1, "when_full": "message"})
    first, left = talk(quiet), talk(quiet)
    assert told(quiet, left) == ["Hello", SORRY, LEAVE]
    row = quiet.conversation(left)
    assert (row.state, row.message_left_at is not None, outcomes(quiet, left)) == (State.WAITING, True, ["message"])
    assert [id for id, _ in quiet.see(waiting_in, quiet.team)] == [first]
    assert quiet.see(lambda tx: position(tx, tx.get(type(row), left))) is None
    quiet.do(None, lambda tx: needing.need(tx, left, priority=5).priority)
    quiet.agent("Jonas", limit=1)
    later = talk(quiet)
    assert (bool(served_by(quiet, first)), waits(quiet, later)) == (True, True)
    quiet.agent("Mia", limit=1)
    assert (bool(served_by(quiet, later)), served_by(quiet, left)) == (True, None)
    kim = quiet.agent("Kim")
    assert served_by(quiet, left) == kim.id
    assert (quiet.conversation(left).message_left_at, told(quiet, left)[-1]) == (None, "It is Kim")
    quiet.answer(kim, left)
    assert quiet.conversation(left).record_id is not None


def test_messages_that_were_left_neither_fill_the_queue_nor_run_out_of_time(quiet: World, clock: Clock) -> None:
    decide(quiet, queue={"max_length": 1, "when_full": "message", "max_wait": 60, "when_late": "message"})
    first, second = talk(quiet), talk(quiet)
    quiet.wait(clock, 60)
    assert told(quiet, first) == ["Hello", SORRY, LEAVE]
    assert quiet.conversation(first).message_left_at is not None
    third = talk(quiet)
    assert quiet.conversation(third).message_left_at is None
    quiet.wait(clock, 3600)
    assert [told(quiet, id).count(SORRY) for id in (first, second, third)] == [1, 1, 1]


def test_the_board_counts_messages_apart_from_who_waits(running: Running) -> None:
    admin = running.set_up()
    version = admin.get("/api/session-settings").json()["version"]
    queue = {"may_wait": "never", "when_full": "message"}
    admin.patch("/api/session-settings", json={"version": version, "queue": queue}).raise_for_status()
    key = admin.get("/api/channels").json()[0]["public_key"]
    token = running.client().post(f"/api/webchat/{key}/visitors", json={}).json()["token"]
    visitor = running.client(token)
    visitor.post("/api/webchat/messages", json={"id": "message-1", "text": "Hi"}).raise_for_status()
    assert visitor.get("/api/webchat/conversation").json()["conversation"]["message_left"] is True
    queue_out = admin.get("/api/board").json()["queues"][0]
    assert (queue_out["waiting"], queue_out["messages"], queue_out["oldest"]) == (0, 1, None)


def test_a_category_may_have_limits_of_its_own_in_a_queue_that_it_shares(quiet: World) -> None:
    decide(quiet, queue={"max_length": 1})
    first = talk(quiet)
    decide(quiet, quiet.conversation(first).category_id, queue={"max_length": 2})
    assert waits(quiet, talk(quiet))
    assert ended(quiet, talk(quiet)) == TURNED_AWAY


def test_sending_on_needs_a_team_that_is_there_and_in_use(world: World) -> None:
    orders = team(world)
    wrong: list[tuple[type[Exception], dict[str, Any]]] = [
        (NoOverflowTeam, {"when_full": "overflow"}),
        (NoOverflowTeam, {"when_late": "overflow"}),
        (UnknownSetting, {"full_team": "nothing"}),
    ]
    for error, queue in wrong:
        with pytest.raises(error):
            decide(world, queue=queue)
    decide(world, queue={"when_late": "overflow", "late_team": orders})

    def switch_off(tx: Tx) -> bool:
        return actions.change_team(tx, tx.get(Team, orders), active=False).active

    with pytest.raises(TeamTakesOver):
        world.do(None, switch_off)
    decide(world, queue={"when_late": None, "late_team": None})
    assert not world.do(None, switch_off)
    with pytest.raises(NoOverflowTeam):
        decide(world, queue={"when_late": "overflow", "late_team": orders})


def test_a_left_message_that_is_handed_to_another_team_waits_there_like_anybody(quiet: World) -> None:
    orders = team(quiet)
    decide(quiet, queue={"may_wait": "never", "when_full": "message"})
    id, boss = talk(quiet), quiet.agent(role="supervisor", ready=False)
    quiet.do(boss, lambda tx: serving.transfer(tx, id, agent_id=None, team_id=orders).state)
    assert [waiting for waiting, _ in quiet.see(waiting_in, orders)] == [id]
    assert outcomes(quiet, id) == ["message", None]


def test_a_contact_who_left_a_message_and_ends_it_did_not_abandon_the_queue(quiet: World) -> None:
    decide(quiet, queue={"may_wait": "never", "when_full": "message"})
    id = talk(quiet)
    quiet.do(None, lambda tx: serving.close(tx, id, CloseReason.CONTACT_CLOSED).state)
    assert ended(quiet, id) == (State.CLOSED, CloseReason.CONTACT_CLOSED)


def test_rule_6_whoever_chose_a_team_that_is_full_leaves_it_a_message(quiet: World) -> None:
    orders, returns = team(quiet), team(quiet, "Returns")
    decide(quiet, queue={"max_length": 1, "when_full": "overflow", "full_team": returns})
    decide(quiet, allocation={"policy": "contact_chooses_team", "card": [orders, returns]})
    first, second = talk(quiet), talk(quiet)
    for id in (first, second):
        quiet.do(None, lambda tx, id=id: deciding.choose(tx, id, orders))
    assert [quiet.conversation(id).team_id for id in (first, second)] == [orders, orders]
    assert told(quiet, second)[-2:] == [SORRY, LEAVE]
