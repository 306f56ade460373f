"""In which order agents are asked, who comes before all others, and how a queue ages."""

import pytest

from helpline.channels import Category, Channel, Owner
from helpline.channels import actions as channels
from helpline.contacts import actions as contacts
from helpline.contacts.actions import UnknownResponsible
from helpline.conversations import points
from helpline.core import Tx
from helpline.people import Agent, actions
from helpline.people.belonging import UnknownAgent
from helpline.people.workspace import change_workspace
from helpline.session_settings.queueing import SameForAllCategories
from tests.clock import Clock
from tests.make import World
from tests.routing.deciding import decide, rank, served_by, talk, waits


def test_the_least_loaded_comes_first_and_among_equals_the_longest_idle(world: World) -> None:
    decide(world, allocation={"order": "least_loaded"})
    one, two = world.agent(), world.agent()
    assert [served_by(world, talk(world)) for _ in range(4)] == [one.id, two.id, one.id, two.id]
    three = world.agent()
    assert [served_by(world, talk(world)) for _ in range(3)] == [three.id, three.id, one.id]


def test_the_highest_priority_in_the_team_comes_first_until_the_limit(world: World) -> None:
    decide(world, allocation={"order": "agent_priority"})
    usual, first, last = world.agent(limit=1), world.agent(limit=2), world.agent()
    rank(world, world.team, {first.id: 5, last.id: -1})
    got = [served_by(world, talk(world)) for _ in range(5)]
    assert got == [first.id, first.id, usual.id, last.id, last.id]
    with pytest.raises(UnknownAgent):
        rank(world, world.team, {world.agent(teams=[]).id: 1})


def test_priorities_stay_when_members_come_and_go(world: World) -> None:
    one, two = world.agent(), world.agent()
    rank(world, world.team, {one.id: 5})
    other = world.agent(teams=[])
    world.do(None, lambda tx: actions.change_agent(tx, tx.get(Agent, other.id), team_ids=[world.team]).id)
    decide(world, allocation={"order": "agent_priority"})
    assert [served_by(world, talk(world)) for _ in range(2)] == [one.id, one.id]
    assert two.id != one.id


def test_the_order_is_the_categorys_own_where_it_says_so(world: World) -> None:
    one, two = world.agent(), world.agent()
    category = world.conversation(talk(world)).category_id
    decide(world, category, allocation={"order": "agent_priority"})
    rank(world, world.team, {one.id: 1})
    assert [served_by(world, talk(world)) for _ in range(2)] == [one.id, one.id]
    assert two.id


def _known_visitor(world: World, agent_id: str | None) -> tuple[str, str]:
    visitor = world.visitor()

    def know(tx: Tx) -> str:
        return contacts.add(tx, name="Amara", agent_id=agent_id).id

    contact = world.do(None, know)
    world.do(None, points.join, contact, visitor.id)
    return str(world.write(visitor).conversation_id), contact


def test_who_is_responsible_for_the_contact_comes_first_if_free_and_switched_on(world: World) -> None:
    longest_idle, theirs = world.agent(), world.agent(limit=1)
    id, _ = _known_visitor(world, theirs.id)
    assert served_by(world, id) == longest_idle.id
    decide(world, allocation={"responsible_agent": True})
    assert served_by(world, _known_visitor(world, theirs.id)[0]) == theirs.id
    assert served_by(world, _known_visitor(world, theirs.id)[0]) == longest_idle.id


def test_who_is_responsible_for_the_owner_comes_first_where_the_contact_has_nobody(world: World) -> None:
    decide(world, allocation={"responsible_agent": True})
    world.agent()
    theirs = world.agent()

    def own(tx: Tx) -> None:
        owner: Owner = channels.add_owner(tx, name="Kestrel", agent_id=theirs.id)
        channels.change(tx, tx.get(Category, tx.get(Channel, world.channel).category_id), owner_id=owner.id)

    world.do(None, own)
    assert [served_by(world, talk(world)) for _ in range(2)] == [theirs.id, theirs.id]


def test_nobody_who_is_not_here_is_responsible(world: World) -> None:
    with pytest.raises(UnknownResponsible):
        world.do(None, lambda tx: contacts.add(tx, name="Amara", agent_id="nobody").id)


def test_a_kind_of_channel_has_a_limit_of_its_own_within_the_agents(world: World) -> None:
    agent = world.agent(limit=3)
    world.do(None, lambda tx: change_workspace(tx, kind_limits={"webchat": 1, "phone": 1}).name)
    served, first, second = talk(world), talk(world), talk(world)
    assert [served_by(world, id) for id in (served, first, second)] == [agent.id, None, None]
    world.close(agent, served)
    assert [served_by(world, id) for id in (first, second)] == [agent.id, None]
    world.do(None, lambda tx: change_workspace(tx, kind_limits={}).name)
    assert served_by(world, second) == agent.id


def test_priority_that_grows_with_waiting_lets_the_patient_overtake(world: World, clock: Clock) -> None:
    decide(world, queue={"points_per_second": 0.5})
    early = talk(world)
    clock.advance(90)
    urgent = talk(world, priority=40)
    clock.advance(1)
    most_urgent = talk(world, priority=60)
    agent = world.agent(limit=1)
    order = []
    for _ in range(3):
        (id,) = [one for one in (early, urgent, most_urgent) if served_by(world, one) and one not in order]
        order.append(id)
        world.close(agent, id)
    assert order == [most_urgent, early, urgent]


def test_who_waits_already_is_ranked_anew_when_the_ageing_changes(world: World, clock: Clock) -> None:
    early = talk(world)
    clock.advance(100)
    urgent = talk(world, priority=5)
    decide(world, queue={"points_per_second": 1.0})
    agent = world.agent(limit=1)
    assert served_by(world, early) == agent.id
    decide(world, queue={"points_per_second": 0.0})
    later = talk(world)
    world.close(agent, early)
    assert served_by(world, urgent) == agent.id
    assert waits(world, later)


def test_ageing_is_the_same_everywhere(world: World) -> None:
    category = world.conversation(talk(world)).category_id
    with pytest.raises(SameForAllCategories):
        decide(world, category, queue={"points_per_second": 1.0})
