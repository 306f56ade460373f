"""Putting a conversation aside: until a time, or until the contact writes."""

from datetime import datetime, timedelta

import pytest

from helpline.conversations import State, answering, serving, snoozing
from helpline.conversations.shapes import ConversationOut, conversation_out
from helpline.conversations.snoozing import NoTimeToCome, NotInCharge
from helpline.core import Actor
from helpline.core.jobs import JobRow
from tests.clock import Clock
from tests.make import World
from tests.running import Running

HOUR = 3600


def _snooze(world: World, agent: Actor, id: str, until: datetime | None = None) -> ConversationOut:
    return world.do(agent, lambda tx: conversation_out(snoozing.snooze(tx, id, until)))


def _standing(world: World, id: str) -> tuple[bool, bool, bool]:
    """Put aside, until a time, woken."""
    row = world.conversation(id)
    return row.snoozed_at is not None, row.snoozed_until is not None, row.woken_at is not None


def test_it_wakes_when_its_time_is_up_and_stays_marked_until_it_is_looked_at(world: World, clock: Clock) -> None:
    agent, id = world.agent(), world.write(world.visitor()).conversation_id
    world.answer(agent, id)
    until = clock.now + timedelta(hours=3)
    assert _snooze(world, agent, id, until).snoozed_until == until
    assert world.presence(agent).load == 1
    world.wait(clock, 2 * HOUR)
    assert _standing(world, id) == (True, True, False)
    world.wait(clock, HOUR)
    assert _standing(world, id) == (False, False, True)
    seq = world.conversation(id).last_seq
    world.do(agent, lambda tx: answering.mark_seen(tx, id, seq).version)
    assert _standing(world, id) == (False, False, False)


def test_it_wakes_when_the_contact_writes_and_the_timer_then_changes_nothing(world: World, clock: Clock) -> None:
    agent, visitor = world.agent(), world.visitor()
    id = world.write(visitor).conversation_id
    _snooze(world, agent, id, clock.now + timedelta(hours=1))
    world.write(visitor, "One more thing")
    assert _standing(world, id) == (False, False, False)
    version = world.conversation(id).version
    world.wait(clock, HOUR)
    assert world.conversation(id).version == version
    assert world.all(JobRow) == []


def test_without_a_time_only_the_contact_wakes_it(world: World, clock: Clock) -> None:
    agent, visitor = world.agent(), world.visitor()
    id = world.write(visitor).conversation_id
    _snooze(world, agent, id)
    world.wait(clock, 1000 * HOUR)
    assert _standing(world, id) == (True, False, False)
    world.write(visitor, "Hello again")
    assert _standing(world, id) == (False, False, False)


def test_said_again_the_later_time_holds_and_taking_it_up_forgets_it(world: World, clock: Clock) -> None:
    agent, id = world.agent(), world.write(world.visitor()).conversation_id
    _snooze(world, agent, id, clock.now + timedelta(hours=1))
    _snooze(world, agent, id, clock.now + timedelta(hours=5))
    world.wait(clock, 2 * HOUR)
    assert _standing(world, id) == (True, True, False)
    world.do(agent, lambda tx: snoozing.unsnooze(tx, id).version)
    version = world.conversation(id).version
    world.do(agent, lambda tx: snoozing.unsnooze(tx, id).version)
    world.wait(clock, 4 * HOUR)
    assert _standing(world, id) == (False, False, False)
    assert world.conversation(id).version == version


def test_handed_on_or_ended_it_is_put_aside_no_longer(world: World, clock: Clock) -> None:
    agent, other = world.agent(), world.agent(limit=0)
    first, second = (world.write(world.visitor()).conversation_id for _ in range(2))
    for id in (first, second):
        _snooze(world, agent, id, clock.now + timedelta(hours=1))
    world.do(agent, lambda tx: serving.transfer(tx, first, agent_id=other.id, team_id=None).version)
    world.close(agent, second)
    assert _standing(world, first) == _standing(world, second) == (False, False, False)
    world.wait(clock, HOUR)
    assert _standing(world, first) == (False, False, False)


def test_only_who_serves_it_puts_it_aside_and_only_until_a_time_to_come(world: World, clock: Clock) -> None:
    agent, other = world.agent(), world.agent(limit=0)
    id = world.write(world.visitor()).conversation_id
    with pytest.raises(NotInCharge):
        _snooze(world, other, id)
    for until in (clock.now - timedelta(seconds=1), clock.now + timedelta(days=400)):
        with pytest.raises(NoTimeToCome) as refused:
            _snooze(world, agent, id, until)
        assert refused.value.field == "until"
    world.close(agent, id)
    with pytest.raises(NotInCharge):
        _snooze(world, agent, id)
    assert world.conversation(id).state == State.CLOSED


def test_a_time_without_its_zone_is_refused_by_name(running: Running) -> None:
    refused = running.set_up().post("/api/conversations/any/snooze", json={"until": "2030-01-01T09:00:00"})
    assert refused.status_code == 400
    assert "until" in refused.text
