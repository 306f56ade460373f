"""Skills: who can take what, and who is let in when nobody who can is online."""

from typing import Any

import pytest

from helpline.conversations import needing
from helpline.conversations.needing import AlreadyOver
from helpline.conversations.queries import OnlyMentioned
from helpline.core import NotFound
from helpline.people import Availability
from tests.make import World
from tests.routing.deciding import decide, served_by, talk, teach, waits

RELAXED: dict[str, Any] = {"relaxed_skill": True}


def test_only_who_has_all_the_skills_is_given_it(world: World) -> None:
    one, both = world.agent(), world.agent()
    teach(world, one, "returns")
    teach(world, both, "returns", "language:de")
    assert [served_by(world, talk(world, "returns", "language:de")) for _ in range(2)] == [both.id, both.id]
    assert served_by(world, talk(world, "returns")) == one.id


def test_who_cannot_take_the_first_in_the_queue_takes_the_first_they_can(world: World) -> None:
    hard, easy, late = talk(world, "returns"), talk(world), talk(world)
    agent = world.agent(limit=2)
    assert [served_by(world, id) for id in (hard, easy, late)] == [None, agent.id, agent.id]
    able = world.agent(limit=1, ready=False)
    teach(world, able, "returns")
    world.connect(able)
    world.become(able, Availability.READY)
    assert served_by(world, hard) == able.id


def test_who_learns_a_skill_takes_what_waited_for_it(world: World) -> None:
    agent, id = world.agent(), talk(world, "returns")
    assert waits(world, id)
    teach(world, agent, "returns")
    assert served_by(world, id) == agent.id


def test_what_needs_less_than_before_goes_to_who_is_free(world: World) -> None:
    agent, id = world.agent(), talk(world, "returns", "language:de")
    teach(world, agent, "returns")
    assert waits(world, id)
    world.do(agent, needing.need, id, skills=["returns"])
    assert served_by(world, id) == agent.id


def test_what_is_over_needs_nobody(world: World) -> None:
    agent = world.agent()
    id = talk(world)
    world.close(agent, id)
    with pytest.raises(AlreadyOver):
        world.do(agent, needing.need, id, priority=3)
    stranger = world.agent(teams=[])
    with pytest.raises((NotFound, OnlyMentioned)):
        world.do(stranger, needing.need, talk(world), priority=3)


def test_relaxed_lets_others_in_only_while_nobody_online_has_the_skills(world: World) -> None:
    decide(world, allocation=RELAXED)
    able, other = world.agent(limit=1), world.agent()
    teach(world, able, "returns")
    first, second = talk(world, "returns"), talk(world, "returns")
    assert served_by(world, first) == able.id
    assert waits(world, second)
    world.become(able, Availability.BREAK)
    assert waits(world, second)
    world.become(able, Availability.OFFLINE)
    assert served_by(world, second) == other.id
    assert served_by(world, talk(world, "returns")) == other.id


def test_relaxed_lets_others_in_when_the_last_who_could_unlearns_it_or_leaves_the_team(world: World) -> None:
    decide(world, allocation=RELAXED)
    able, other = world.agent(limit=0), world.agent()
    teach(world, able, "returns")
    id = talk(world, "returns")
    assert waits(world, id)
    teach(world, able)
    assert served_by(world, id) == other.id


def test_not_relaxed_waits_for_who_can(world: World) -> None:
    world.agent()
    assert waits(world, talk(world, "returns"))


def test_relaxed_holds_for_the_category_that_says_so(world: World) -> None:
    agent = world.agent()
    category = world.conversation(talk(world)).category_id
    decide(world, category, allocation=RELAXED)
    assert served_by(world, talk(world, "returns")) == agent.id
    decide(world, category, allocation={"relaxed_skill": None})
    assert waits(world, talk(world, "returns"))
