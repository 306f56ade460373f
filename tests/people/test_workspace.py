"""What an administrator sets for the whole workspace holds from the next event on."""

import pytest

from helpline.core import Tx
from helpline.core.facts import FactRow
from helpline.people import Agent, Availability, BreakReason, Workspace, actions, presence
from helpline.people.actions import UnknownZone
from helpline.people.presence import UnknownBreakReason
from helpline.people.workspace import (
    BreakReasonTaken,
    add_break_reason,
    change_break_reason,
    change_workspace,
)
from tests.clock import Clock
from tests.make import World
from tests.running import Running


def _set(world: World, **changes: object) -> None:
    world.do(None, lambda tx: change_workspace(tx, **changes).id)


def _break(world: World, id: str, **changes: object) -> None:
    world.do(None, lambda tx: change_break_reason(tx, tx.get(BreakReason, id), **changes).id)


def _told(world: World, topic: str) -> list[dict[str, object]]:
    return [row.payload for row in world.all(FactRow) if row.topic == topic]


def test_a_fact_says_which_settings_were_changed_and_only_those_that_differ(world: World) -> None:
    _set(world, name="Acme", limit=7, wait_target=90)
    [told] = _told(world, "workspace.changed")
    assert told["fields"] == ["limit", "wait_target"]
    assert told["changes"] == {"limit": [5, 7], "wait_target": [60, 90]}
    _set(world, limit=7)
    assert len(_told(world, "workspace.changed")) == 1


def test_a_new_limit_holds_at_once_where_neither_team_nor_agent_has_one(world: World) -> None:
    waits, own = world.agent(), world.agent(limit=2)
    for _ in range(12):
        world.write(world.visitor())
    assert [world.presence(who).load for who in (waits, own)] == [5, 2]
    _set(world, limit=7)
    assert [world.presence(who).load for who in (waits, own)] == [7, 2]
    team = world.do(None, lambda tx: actions.add_team(tx, name="Small", limit=3).id)
    world.do(None, lambda tx: actions.change_agent(tx, tx.get(Agent, own.id), limit=None, team_ids=[team]).id)
    _set(world, limit=9)
    assert [world.presence(who).capacity for who in (waits, own)] == [9, 3]


def test_grace_times_hold_for_the_next_loss_and_leave_a_timer_that_runs(world: World, clock: Clock) -> None:
    first, second = world.agent(), world.agent()
    world.lose(first)
    _set(world, offline_after=5, return_after=10)
    world.lose(second)
    world.wait(clock, 6)
    assert [world.presence(who).state for who in (first, second)] == ["ready", "offline"]
    world.wait(clock, 25)
    assert world.presence(first).state == "offline"


def test_a_zone_has_to_exist(world: World) -> None:
    _set(world, timezone="Asia/Taipei")
    assert world.see(lambda tx: tx.db.get_one(Workspace, tx.workspace_id).timezone) == "Asia/Taipei"
    for wrong in ("Atlantis", "", "../etc/passwd"):
        with pytest.raises(UnknownZone):
            _set(world, timezone=wrong)


def test_a_reason_that_is_switched_off_cannot_be_chosen_and_keeps_its_words_where_it_was(world: World) -> None:
    agent = world.agent()
    lunch = world.do(None, lambda tx: add_break_reason(tx, label="Siesta").id)

    def rest(tx: Tx) -> str:
        return presence.set_availability(tx, agent.id, Availability.BREAK, lunch).state

    world.do(agent, rest)
    _break(world, lunch, label="Nap", active=False)
    assert [row["reason"] for row in _told(world, "availability.changed") if row["state"] == "break"] == ["Siesta"]
    assert world.presence(agent).reason_id == lunch
    world.become(agent, Availability.READY)
    with pytest.raises(UnknownBreakReason):
        world.do(agent, rest)


def test_two_reasons_do_not_have_one_name(world: World) -> None:
    first, second = world.all(BreakReason)[:2]
    with pytest.raises(BreakReasonTaken):
        _break(world, first.id, label=second.label)
    _break(world, first.id, label=first.label, position=8)
    assert {"fields": ["position"]} in [{"fields": row["fields"]} for row in _told(world, "break.reason_set")]


def test_the_settings_are_read_changed_and_refused_by_api(running: Running) -> None:
    admin = running.set_up()
    before = admin.get("/api/workspace").json()
    assert (before["limit"], before["offline_after"], before["return_after"]) == (5, 30, 60)
    assert admin.get("/api/session").json()["workspace"] == before
    changed = admin.patch("/api/workspace", json={"name": "Acme & Söhne", "last_agent_within": 0}).json()
    assert (changed["name"], changed["last_agent_within"]) == ("Acme & Söhne", 0)
    for wrong in ({"limit": 0}, {"offline_after": -1}, {"wait_target": "x"}, {"name": ""}, {"locale": "xx"}):
        refused = admin.patch("/api/workspace", json=wrong)
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, next(iter(wrong)))
    assert admin.patch("/api/workspace", json={"timezone": "Mars"}).json()["field"] == "timezone"
    assert admin.get("/api/workspace").json() == changed
