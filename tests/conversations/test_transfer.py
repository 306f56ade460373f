"""Handing a conversation on."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from helpline.app.settings import Settings
from helpline.conversations import Message, State, serving
from helpline.conversations.serving import AlreadyClosed, TransferToNobody, UnknownTarget
from helpline.core import Actor, NotFound, Tx, new_id
from helpline.people import Agent, Availability, Team, actions
from helpline.people.access import NotSignedIn
from tests.make import World, until_they_wait


def _transfer(world: World, by: Actor, id: str, *, agent: str | None = None, team: str | None = None) -> None:
    world.do(by, lambda tx: serving.transfer(tx, id, agent_id=agent, team_id=team, note="please").state)


def _team(world: World, *members: Actor) -> str:
    ids = [member.id for member in members]
    return world.do(None, lambda tx: actions.add_team(tx, name=f"Team {new_id()}", member_ids=ids).id)


def test_to_an_agent_whatever_their_state_and_limit(world: World) -> None:
    agent, away = world.agent(), world.agent(limit=0, ready=False)
    id = world.write(world.visitor()).conversation_id
    _transfer(world, agent, id, agent=away.id)
    row = world.conversation(id)
    assert (row.state, row.agent_id) == (State.ACTIVE, away.id)
    assert (world.presence(agent).load, world.presence(away).load) == (0, 1)


def test_to_a_team_it_waits_in_that_teams_queue_from_now(world: World) -> None:
    agent = world.agent()
    id, team = world.write(world.visitor()).conversation_id, _team(world)
    before = world.conversation(id).queued_at
    _transfer(world, agent, id, team=team)
    row = world.conversation(id)
    assert (row.state, row.team_id, row.agent_id) == (State.WAITING, team, None)
    assert row.queued_at > before


def test_to_a_team_with_a_free_agent_they_have_it(world: World) -> None:
    agent, specialist = world.agent(), world.agent(teams=[])
    id = world.write(world.visitor()).conversation_id
    _transfer(world, agent, id, team=_team(world, specialist))
    assert world.conversation(id).agent_id == specialist.id


def test_it_does_not_fall_back_to_the_giver_while_there_are_others(world: World) -> None:
    giver, other = world.agent(), world.agent(ready=False)
    id = world.write(world.visitor()).conversation_id
    _transfer(world, giver, id, team=world.team)
    assert (world.conversation(id).state, world.conversation(id).avoid_agent_id) == (State.WAITING, giver.id)
    world.connect(other)
    world.become(other, Availability.READY)
    assert (world.conversation(id).agent_id, world.conversation(id).avoid_agent_id) == (other.id, None)


def test_it_comes_back_to_the_giver_who_is_alone_in_the_team(world: World) -> None:
    giver = world.agent(teams=[])
    team = _team(world, giver)
    id = world.write(world.visitor()).conversation_id
    _transfer(world, world.agent(ready=False), id, agent=giver.id)
    _transfer(world, giver, id, team=team)
    assert world.conversation(id).agent_id == giver.id


def test_the_freed_place_takes_the_next_who_waits(world: World) -> None:
    agent, colleague = world.agent(limit=1), world.agent(ready=False)
    first, second = (world.write(world.visitor()).conversation_id for _ in range(2))
    _transfer(world, agent, first, agent=colleague.id)
    assert world.conversation(second).agent_id == agent.id


def test_the_transfer_is_told_inside_and_the_new_agent_to_the_contact(world: World) -> None:
    agent, colleague = world.agent(), world.agent("Grace")
    id = world.write(world.visitor()).conversation_id
    _transfer(world, agent, id, agent=colleague.id)
    events = {row.event["name"]: row for row in world.all(Message) if row.event and row.seq > 3}
    assert events["transferred"].visibility == "internal"
    assert events["transferred"].event["note"] == "please"
    assert (events["assigned"].visibility, events["assigned"].event["agent_name"]) == ("public", "Grace")


def test_to_who_has_it_already_changes_nothing(world: World) -> None:
    agent, id = world.agent(), world.write(world.visitor()).conversation_id
    before = world.conversation(id).version
    _transfer(world, agent, id, agent=agent.id)
    assert world.conversation(id).version == before


def test_it_goes_to_one_agent_or_one_team(world: World) -> None:
    agent, id = world.agent(), world.write(world.visitor()).conversation_id
    for to in ({}, {"agent": agent.id, "team": world.team}):
        with pytest.raises(TransferToNobody):
            _transfer(world, agent, id, **to)


def test_unknown_and_inactive_targets_are_refused(world: World) -> None:
    agent, gone = world.agent(), world.agent(ready=False)
    id, closed_team = world.write(world.visitor()).conversation_id, _team(world)
    world.do(None, lambda tx: actions.change_agent(tx, tx.get(Agent, gone.id), active=False).id)
    world.do(None, lambda tx: actions.change_team(tx, tx.get(Team, closed_team), active=False).id)
    for to in ({"agent": new_id()}, {"agent": gone.id}, {"team": new_id()}, {"team": closed_team}):
        with pytest.raises(UnknownTarget):
            _transfer(world, agent, id, **to)


def test_a_closed_conversation_stays_where_it_was(world: World) -> None:
    agent, id = world.agent(), world.write(world.visitor()).conversation_id
    world.close(agent, id)
    with pytest.raises(AlreadyClosed):
        _transfer(world, agent, id, team=world.team)


def test_what_one_may_not_see_one_cannot_hand_on(world: World) -> None:
    outsider, id = world.agent(teams=[], ready=False), world.write(world.visitor()).conversation_id
    with pytest.raises(NotFound):
        _transfer(world, outsider, id, agent=outsider.id)


@pytest.mark.parametrize("act", ["transfer", "take"])
def test_nobody_is_given_anything_who_is_switched_off_meanwhile(world: World, settings: Settings, act: str) -> None:
    if settings.is_embedded:
        pytest.skip("SQLite has one writer; nobody meets")
    giver, leaver = world.agent(ready=act == "transfer"), world.agent(ready=False)
    id = world.write(world.visitor()).conversation_id
    held, may_commit = threading.Event(), threading.Event()

    def switch_off(tx: Tx) -> None:
        actions.change_agent(tx, tx.get(Agent, leaver.id), active=False)
        tx.settle()
        held.set()
        may_commit.wait(60)

    def give() -> None:
        if act == "take":
            world.do(leaver, lambda tx: serving.take(tx, id).state)
        else:
            _transfer(world, giver, id, agent=leaver.id)

    with ThreadPoolExecutor(2) as pool:
        leaving = pool.submit(world.do, None, switch_off)
        held.wait(60)
        giving = pool.submit(give)
        until_they_wait(settings, 1)
        may_commit.set()
        leaving.result(60)
        assert isinstance(giving.exception(20), NotSignedIn if act == "take" else UnknownTarget)
    assert world.conversation(id).agent_id != leaver.id
    assert world.presence(leaver).load == 0
