"""Whose turn it is: which agent a conversation goes to, and which conversation a free agent gets."""

import pytest

from helpline.channels.reactions import TeamInUse
from helpline.conversations import State, needing, queries, serving
from helpline.core import Actor
from helpline.people import Agent, Availability, Team, actions
from tests.make import World


def _talk(world: World) -> str:
    return str(world.write(world.visitor()).conversation_id)


def _who(world: World) -> str | None:
    return world.conversation(_talk(world)).agent_id


def _switch(world: World, team_id: str, *, active: bool) -> None:
    world.do(None, lambda tx: actions.change_team(tx, tx.get(Team, team_id), active=active).id)


def _limit(world: World, agent: Actor, limit: int | None) -> None:
    world.do(None, lambda tx: actions.change_agent(tx, tx.get(Agent, agent.id), limit=limit).limit)


def _prioritise(world: World, id: str, priority: int) -> None:
    world.do(None, lambda tx: needing.need(tx, id, priority=priority).priority)


def test_rule_5_who_has_never_served_comes_before_who_has(world: World) -> None:
    first = world.agent()
    world.close(first, _talk(world))
    second = world.agent()
    assert [_who(world), _who(world)] == [second.id, first.id]


def test_rule_5_of_the_idle_the_one_idle_longest_comes_first(world: World) -> None:
    agents = [world.agent() for _ in range(3)]
    talks = [_talk(world) for _ in range(3)]
    order = [world.conversation(id).agent_id for id in talks]
    by_id = {agent.id: agent for agent in agents}
    for number in (2, 0, 1):
        world.close(by_id[str(order[number])], talks[number])
    assert [_who(world) for _ in range(3)] == [order[2], order[0], order[1]]


def test_who_serves_nobody_comes_before_who_serves(world: World) -> None:
    busy = world.agent()
    _talk(world)
    idle = world.agent()
    world.close(idle, _talk(world))
    assert world.presence(busy).served_at < world.presence(idle).served_at
    assert _who(world) == idle.id


def test_rule_9_nobody_is_given_more_than_their_limit(world: World) -> None:
    agent = world.agent(limit=2)
    assert [_who(world) for _ in range(3)] == [agent.id, agent.id, None]


def test_rule_15_the_limit_is_ones_own_else_the_largest_of_ones_teams_else_the_workspaces(world: World) -> None:
    agent = world.agent(ready=False)
    assert world.presence(agent).capacity == 5
    world.do(None, lambda tx: actions.change_team(tx, tx.get(Team, world.team), limit=3).id)
    assert world.presence(agent).capacity == 3
    world.do(None, lambda tx: actions.add_team(tx, name="Large", limit=7, member_ids=[agent.id]).id)
    assert world.presence(agent).capacity == 7
    _limit(world, agent, 1)
    assert world.presence(agent).capacity == 1


def test_rule_9_only_the_ready_of_the_team_are_given_work(world: World) -> None:
    world.agent(teams=[])
    world.become(world.agent(), Availability.BUSY)
    world.become(world.agent(), Availability.BREAK)
    world.agent(ready=False)
    assert _who(world) is None


def test_the_queue_is_served_in_its_order(world: World) -> None:
    talks = [_talk(world) for _ in range(3)]
    agent = world.agent(limit=1)
    served = []
    for _ in talks:
        (now,) = world.see(queries.served_by, agent.id)
        served.append(now)
        world.close(agent, now)
    assert served == talks


def test_priority_goes_before_time(world: World) -> None:
    first, urgent, second = (_talk(world) for _ in range(3))
    _prioritise(world, urgent, 1)
    agent = world.agent(limit=2)
    assert {urgent, first} == set(world.see(queries.served_by, agent.id))
    assert world.conversation(second).state == State.WAITING


def test_becoming_ready_fills_all_places_at_once(world: World) -> None:
    talks = [_talk(world) for _ in range(3)]
    agent = world.agent(limit=2)
    assert [world.conversation(id).agent_id for id in talks] == [agent.id, agent.id, None]


def test_a_raised_limit_is_used_at_once(world: World) -> None:
    agent = world.agent(limit=1)
    talks = [_talk(world) for _ in range(3)]
    _limit(world, agent, 3)
    assert [world.conversation(id).agent_id for id in talks] == [agent.id] * 3


def test_a_new_member_serves_the_teams_queue_at_once(world: World) -> None:
    agent, id = world.agent(teams=[]), _talk(world)
    world.do(None, lambda tx: actions.change_agent(tx, tx.get(Agent, agent.id), team_ids=[world.team]).id)
    assert world.conversation(id).agent_id == agent.id


def test_a_member_added_on_the_teams_side_does_too(world: World) -> None:
    agent, id = world.agent(teams=[]), _talk(world)
    world.do(None, lambda tx: actions.change_team(tx, tx.get(Team, world.team), member_ids=[agent.id]).id)
    assert world.conversation(id).agent_id == agent.id


def test_a_team_that_is_put_to_work_again_is_served(world: World) -> None:
    team = world.do(None, lambda tx: actions.add_team(tx, name="Returns").id)
    agent, giver = world.agent(limit=1, teams=[team]), world.agent(role="supervisor", ready=False)
    served, waiting = _talk(world), _talk(world)
    for id in (served, waiting):
        world.do(giver, lambda tx, id=id: serving.transfer(tx, id, agent_id=None, team_id=team).state)
    world.do(None, lambda tx: setattr(tx.get(Team, team), "active", False))  # as earlier versions allowed
    world.close(agent, served)
    assert world.conversation(waiting).state == State.WAITING
    _switch(world, team, active=True)
    assert world.conversation(waiting).agent_id == agent.id


def test_a_team_that_conversations_come_to_is_not_switched_off(world: World) -> None:
    with pytest.raises(TeamInUse, match="General"):
        _switch(world, world.team, active=False)
    assert _who(world) is None


def test_somebody_made_inactive_is_given_nothing_and_what_they_served_goes_to_others(world: World) -> None:
    agent = world.agent()
    id = _talk(world)
    world.do(None, lambda tx: actions.change_agent(tx, tx.get(Agent, agent.id), active=False).id)
    assert (world.conversation(id).state, world.presence(agent).state) == (State.WAITING, "offline")
    assert _who(world) is None
    colleague = world.agent()
    assert world.conversation(id).agent_id == colleague.id
