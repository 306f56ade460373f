"""Taking a conversation out of the queue."""

import pytest

from helpline.conversations import State, serving
from helpline.conversations.serving import AlreadyClosed, AlreadyServed
from helpline.core import Actor, NotFound
from tests.make import World


def _take(world: World, agent: Actor, id: str) -> str | None:
    return world.do(agent, lambda tx: serving.take(tx, id).agent_id)


def test_who_takes_it_has_it_also_above_their_limit(world: World) -> None:
    agent, id = world.agent(limit=0), world.write(world.visitor()).conversation_id
    assert _take(world, agent, id) == agent.id
    assert (world.presence(agent).load, world.presence(agent).capacity) == (1, 0)


def test_taking_it_twice_changes_nothing(world: World) -> None:
    agent, id = world.agent(ready=False), world.write(world.visitor()).conversation_id
    _take(world, agent, id)
    version = world.conversation(id).version
    _take(world, agent, id)
    assert (world.conversation(id).version, world.presence(agent).load) == (version, 1)


def test_what_somebody_serves_cannot_be_taken(world: World) -> None:
    world.agent()
    late, id = world.agent(ready=False), world.write(world.visitor()).conversation_id
    with pytest.raises(AlreadyServed):
        _take(world, late, id)


def test_a_closed_one_cannot_be_taken(world: World) -> None:
    agent, id = world.agent(ready=False), world.write(world.visitor()).conversation_id
    world.close(agent, id)
    assert world.conversation(id).state == State.CLOSED
    with pytest.raises(AlreadyClosed):
        _take(world, agent, id)


def test_one_takes_only_what_one_may_see(world: World) -> None:
    outsider, supervisor = world.agent(teams=[], ready=False), world.agent(teams=[], ready=False, role="supervisor")
    id = world.write(world.visitor()).conversation_id
    with pytest.raises(NotFound):
        _take(world, outsider, id)
    assert _take(world, supervisor, id) == supervisor.id
