"""A lost desk: offline after 30 seconds, the conversations go to others after 60 more; who comes back in time keeps everything."""

import pytest

from helpline.app.jobs import run_next
from helpline.conversations import Message, State
from helpline.core import Actor, new_id
from helpline.core.jobs import JobRow
from helpline.people import Availability, BreakReason, presence
from helpline.people.presence import NotConnected, UnknownBreakReason
from tests.clock import Clock
from tests.make import JOB_NAMES, World


def test_a_lost_agent_is_given_no_new_work_but_keeps_what_they_have(world: World, clock: Clock) -> None:
    agent = world.agent()
    mine = world.write(world.visitor()).conversation_id
    world.lose(agent)
    other = world.write(world.visitor()).conversation_id
    world.wait(clock, 29)
    standing = world.presence(agent)
    assert (standing.state, standing.connected) == ("ready", False)
    assert world.conversation(mine).agent_id == agent.id
    assert world.conversation(other).state == State.WAITING


def test_after_thirty_seconds_they_count_as_offline_and_still_keep_it(world: World, clock: Clock) -> None:
    agent, id = world.agent(), world.write(world.visitor()).conversation_id
    world.lose(agent)
    world.wait(clock, 31)
    assert world.presence(agent).state == "offline"
    world.wait(clock, 58)
    assert world.conversation(id).agent_id == agent.id


def test_after_sixty_more_it_returns_to_the_head_of_the_queue(world: World, clock: Clock) -> None:
    agent, first = world.agent(), world.visitor()
    lost = world.write(first).conversation_id
    world.lose(agent)
    later = world.write(world.visitor()).conversation_id
    world.wait(clock, 31)
    world.wait(clock, 61)
    assert (world.conversation(lost).state, world.conversation(lost).agent_id) == (State.WAITING, None)
    assert world.presence(agent).load == 0
    colleague = world.agent(limit=1)
    assert world.conversation(lost).agent_id == colleague.id
    assert world.conversation(later).state == State.WAITING
    returned = next(row.event for row in world.all(Message) if row.event and row.event["name"] == "returned")
    assert (returned["agent_id"], returned["why"]) == (agent.id, "agent_lost")


def test_a_free_colleague_has_it_at_once(world: World, clock: Clock) -> None:
    agent = world.agent()
    id = world.write(world.visitor()).conversation_id
    colleague = world.agent()
    world.lose(agent)
    world.wait(clock, 31)
    world.wait(clock, 61)
    assert world.conversation(id).agent_id == colleague.id


def test_who_comes_back_within_thirty_seconds_has_missed_nothing(world: World, clock: Clock) -> None:
    agent, id = world.agent(), world.write(world.visitor()).conversation_id
    world.lose(agent)
    waiting = world.write(world.visitor()).conversation_id
    clock.advance(29)
    world.connect(agent)
    assert world.presence(agent).state == "ready"
    assert world.conversation(waiting).agent_id == agent.id
    world.wait(clock, 600)
    assert world.conversation(id).agent_id == agent.id
    assert world.all(JobRow) == []


def test_who_comes_back_within_ninety_seconds_keeps_the_conversations(world: World, clock: Clock) -> None:
    agent, id = world.agent(), world.write(world.visitor()).conversation_id
    world.lose(agent)
    world.wait(clock, 31)
    clock.advance(58)
    world.connect(agent)
    world.wait(clock, 600)
    assert world.conversation(id).agent_id == agent.id
    assert world.all(JobRow) == []


def test_one_of_two_desks_that_goes_away_is_no_loss(world: World, clock: Clock) -> None:
    agent = world.agent()
    second = world.connect(agent)
    world.do(agent, presence.disconnect, second)
    world.do(agent, presence.disconnect, second)
    assert world.presence(agent).connected
    world.wait(clock, 600)
    assert world.presence(agent).state == "ready"


def test_the_timer_is_kept_when_the_server_was_down_meanwhile(world: World, clock: Clock) -> None:
    agent, id = world.agent(), world.write(world.visitor()).conversation_id
    world.lose(agent)
    clock.advance(3600)
    assert world.units.run_now(Actor("system", ""), run_next, JOB_NAMES)
    assert world.presence(agent).state == "offline"
    world.wait(clock, 61)
    assert world.conversation(id).state == State.WAITING


def test_only_who_is_connected_is_ready(world: World) -> None:
    agent = world.agent(ready=False)
    with pytest.raises(NotConnected):
        world.become(agent, Availability.READY)
    world.become(agent, Availability.BUSY)
    assert world.presence(agent).state == "busy"


def test_a_break_has_a_reason_from_the_list_and_nothing_else_has_one(world: World) -> None:
    agent, lunch = world.agent(), world.all(BreakReason)[0]

    def become(state: Availability, reason_id: str) -> str:
        return world.do(agent, lambda tx: presence.set_availability(tx, agent.id, state, reason_id).state)

    for state, reason_id in ((Availability.BREAK, new_id()), (Availability.BUSY, lunch.id)):
        with pytest.raises(UnknownBreakReason):
            become(state, reason_id)
    assert become(Availability.BREAK, lunch.id) == "break"
    assert world.presence(agent).reason_id == lunch.id
    world.become(agent, Availability.READY)
    assert world.presence(agent).reason_id is None
