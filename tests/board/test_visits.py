"""A row for each stay in a queue: how it ended, and whether that was in time."""

import pytest

from helpline.board import Outcome, Visit
from helpline.conversations import CloseReason, State, serving
from helpline.core import Actor
from helpline.people import actions
from helpline.people.workspace import change_workspace
from tests.clock import Clock
from tests.make import World


def _visits(world: World) -> list[Visit]:
    return sorted(world.all(Visit), key=lambda row: row.entered_at)


def _outcomes(world: World) -> list[tuple[str, str | None]]:
    return [(row.kind, row.outcome) for row in _visits(world)]


def _transfer(world: World, by: Actor, id: str, **to: str) -> None:
    world.do(by, lambda tx: serving.transfer(tx, id, **{"agent_id": None, "team_id": None, **to}).state)


def test_who_is_answered_at_once_waited_nothing_and_counts_as_in_time(world: World) -> None:
    agent = world.agent()
    world.write(world.visitor())
    (visit,) = _visits(world)
    assert (visit.kind, visit.outcome, visit.agent_id, visit.in_target) == ("new", Outcome.ANSWERED, agent.id, True)
    assert (visit.left_at - visit.entered_at).total_seconds() == 0


@pytest.mark.parametrize(("seconds", "in_time"), [(59.999, True), (60, True), (60.001, False)])
def test_exactly_at_the_target_is_in_time(world: World, clock: Clock, seconds: float, in_time: bool) -> None:
    world.write(world.visitor())
    agent = world.agent(ready=False)
    (visit,) = _visits(world)
    clock.advance(seconds - (clock.now - visit.entered_at).total_seconds() - 0.000002)
    world.do(agent, lambda tx: serving.take(tx, visit.conversation_id).state)
    (visit,) = _visits(world)
    assert (visit.left_at - visit.entered_at).total_seconds() == pytest.approx(seconds, abs=2e-6)
    assert visit.in_target is in_time


def test_a_changed_target_holds_for_who_enters_from_then_on(world: World, clock: Clock) -> None:
    world.write(world.visitor())
    world.do(None, lambda tx: change_workspace(tx, wait_target=10).id)
    world.write(world.visitor())
    clock.advance(30)
    world.agent()
    assert [(row.target, row.in_target) for row in _visits(world)] == [(60, True), (10, False)]


@pytest.mark.parametrize(("seconds", "short"), [(4.9, True), (5.1, False)])
def test_who_leaves_soon_came_by_mistake(world: World, clock: Clock, seconds: float, short: bool) -> None:
    id = world.write(world.visitor()).conversation_id
    clock.advance(seconds)
    world.do(None, lambda tx: serving.close(tx, id, CloseReason.CONTACT_CLOSED).state)
    (visit,) = _visits(world)
    assert (visit.outcome, visit.is_short, visit.in_target) == (Outcome.ABANDONED, short, False)


def test_what_staff_close_while_it_waits_is_withdrawn(world: World) -> None:
    id = world.write(world.visitor()).conversation_id
    world.close(world.agent(ready=False), id)
    assert _outcomes(world) == [("new", Outcome.WITHDRAWN)]


def test_handed_on_while_waiting_it_moved_and_waits_anew_or_not_at_all(world: World) -> None:
    team = world.do(None, lambda tx: actions.add_team(tx, name="Returns").id)
    giver, taker = world.agent(ready=False), world.agent(ready=False)
    first, second = (str(world.write(world.visitor()).conversation_id) for _ in range(2))
    _transfer(world, giver, first, team_id=team)
    assert _outcomes(world) == [("new", Outcome.MOVED), ("new", None), ("transferred", None)]
    _transfer(world, giver, second, agent_id=taker.id)
    assert world.conversation(second).state == State.ACTIVE
    assert [row.outcome for row in _visits(world) if row.conversation_id == second] == [Outcome.MOVED]


def test_what_a_lost_agent_served_waits_once_more(world: World, clock: Clock) -> None:
    agent = world.agent()
    world.write(world.visitor())
    world.lose(agent)
    world.wait(clock, 31)
    world.wait(clock, 61)
    assert _outcomes(world) == [("new", Outcome.ANSWERED), ("returned", None)]
