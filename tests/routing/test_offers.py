"""Manual service mode: rule 8, and what may happen to a conversation while it is offered."""

from typing import Any

import pytest

from helpline.board.models import Visit
from helpline.conversations import CloseReason, State, offering, queries, serving
from helpline.conversations.answering import NotYours
from helpline.conversations.offering import OfferGone
from helpline.core import Actor
from helpline.people import Availability, Presence
from helpline.people.models import BreakReason
from helpline.session_settings import actions as session_settings
from helpline.webchat import actions as webchat
from tests.clock import Clock
from tests.make import World


def _manual(world: World, **more: Any) -> None:
    wanted = {"service_mode": {"mode": "manual", "connect_within": 20, **more}}
    world.do(None, lambda tx: session_settings.change(tx, None, wanted).version)


def _talk(world: World) -> str:
    return str(world.write(world.visitor()).conversation_id)


def _offered_to(world: World, id: str) -> str | None:
    row = world.conversation(id)
    assert row.state == State.OFFERED
    return row.agent_id


def _connect(world: World, agent: Actor, id: str) -> Any:
    return world.do(agent, lambda tx: offering.connect(tx, id).state)


def _facts(world: World, id: str) -> list[tuple[str, str | None]]:
    rows = world.see(lambda tx: [(row.topic, row.payload) for row in queries.history(tx, id, limit=100)])
    return [(topic.removeprefix("conversation."), payload.get("why")) for topic, payload in rows]


def test_rule_8_not_connected_in_time_it_goes_to_the_next_and_never_to_the_same_one_first(
    world: World, clock: Clock
) -> None:
    _manual(world)
    agents = {agent.id: agent for agent in (world.agent() for _ in range(3))}
    id = _talk(world)
    asked = [_offered_to(world, id)]
    for _ in range(5):
        world.wait(clock, 21)
        asked.append(_offered_to(world, id))
    assert set(asked[:3]) == set(agents)
    assert asked[3:] == asked[:3]
    world.wait(clock, 5)
    assert _offered_to(world, id) == asked[5]
    _connect(world, agents[str(asked[5])], id)
    told = _facts(world, id)
    assert [why for what, why in told if what == "offer_ended"] == ["missed"] * 5
    assert ("assigned", "connected") in told[-2:]
    world.wait(clock, 60)
    assert world.conversation(id).state == State.ACTIVE


def test_rule_8_break_after_a_missed_offer_on_and_off(world: World, clock: Clock) -> None:
    _manual(world)
    mei = world.agent()
    id = _talk(world)
    world.wait(clock, 21)
    assert world.presence(mei).state == Availability.READY
    assert _offered_to(world, id) == mei.id
    _manual(world, break_after_miss=True)
    world.wait(clock, 21)
    standing = world.presence(mei)
    assert (standing.state, standing.reason_id, standing.cause) == (Availability.BREAK, None, "missed_offer")
    assert world.conversation(id).state == State.WAITING
    world.become(mei, Availability.READY)
    assert world.presence(mei).cause is None
    assert _offered_to(world, id) == mei.id


def test_a_break_that_began_by_itself_can_be_given_a_reason(world: World, clock: Clock) -> None:
    _manual(world, break_after_miss=True)
    mei = world.agent()
    _talk(world)
    world.wait(clock, 21)
    lunch = world.all(BreakReason)[0].id
    world.do(mei, lambda tx: _break(tx, mei.id, lunch))
    assert (world.presence(mei).reason_id, world.presence(mei).cause) == (lunch, None)


def _break(tx: Any, agent_id: str, reason_id: str) -> str:
    from helpline.people import presence

    return presence.set_availability(tx, agent_id, Availability.BREAK, reason_id).id


def test_an_offer_counts_toward_the_limit_and_not_as_service(world: World, clock: Clock) -> None:
    _manual(world)
    mei = world.agent(limit=1)
    first, second = _talk(world), _talk(world)
    assert _offered_to(world, first) == mei.id
    assert (world.presence(mei).load, world.presence(mei).served_at) == (1, None)
    assert world.conversation(second).state == State.WAITING
    world.wait(clock, 21)
    assert world.presence(mei).load == 1
    assert sorted([world.conversation(first).state, world.conversation(second).state]) == ["offered", "waiting"]


def test_to_connect_begins_the_service_and_again_changes_nothing(world: World, clock: Clock) -> None:
    _manual(world)
    mei = world.agent()
    id = _talk(world)
    with pytest.raises(NotYours):
        world.answer(mei, id)
    clock.advance(8)
    assert [_connect(world, mei, id), _connect(world, mei, id)] == [State.ACTIVE] * 2
    row = world.conversation(id)
    assert (row.agent_id, row.offered_until, row.missed_by) == (mei.id, None, [])
    assert world.presence(mei).load == 1
    (visit,) = world.all(Visit)
    assert (visit.outcome, round((visit.left_at - visit.entered_at).total_seconds())) == ("answered", 8)
    world.answer(mei, id)
    assert len(world.records()) == 1


def test_an_offer_that_went_to_the_next_cannot_be_connected_any_more(world: World, clock: Clock) -> None:
    _manual(world)
    agents = {agent.id: agent for agent in (world.agent(), world.agent())}
    id = _talk(world)
    first = agents.pop(str(_offered_to(world, id)))
    (second,) = agents.values()
    with pytest.raises(OfferGone):
        _connect(world, second, id)
    world.wait(clock, 21)
    for gone in (offering.connect, offering.decline):
        with pytest.raises(OfferGone):
            world.do(first, lambda tx, gone=gone: gone(tx, id).id)
    assert _connect(world, second, id) == State.ACTIVE


def test_declined_it_goes_on_at_once_and_the_agent_stays_ready(world: World) -> None:
    _manual(world, break_after_miss=True)
    agents = {agent.id: agent for agent in (world.agent(), world.agent())}
    id = _talk(world)
    first = agents.pop(str(_offered_to(world, id)))
    world.do(first, lambda tx: offering.decline(tx, id).id)
    assert _offered_to(world, id) in agents
    assert world.presence(first).state == Availability.READY
    assert ("offer_ended", "declined") in _facts(world, id)


@pytest.mark.parametrize("away", [Availability.BREAK, Availability.OFFLINE])
def test_whoever_goes_away_while_it_rings_leaves_it_to_the_next_one_at_once(
    world: World, clock: Clock, away: Availability
) -> None:
    _manual(world)
    agents = {agent.id: agent for agent in (world.agent(), world.agent())}
    id = _talk(world)
    first = agents.pop(str(_offered_to(world, id)))
    world.become(first, away)
    world.wait(clock, 0)
    assert _offered_to(world, id) in agents
    assert (world.presence(first).load, world.presence(first).cause) == (0, None)


def test_whoever_is_back_before_their_offers_were_withdrawn_keeps_them(world: World, clock: Clock) -> None:
    _manual(world)
    mei = world.agent()
    id = _talk(world)
    world.become(mei, Availability.BREAK)
    world.become(mei, Availability.READY)
    world.wait(clock, 0)
    assert _offered_to(world, id) == mei.id


def test_whose_desk_is_gone_loses_the_offer_without_a_break(world: World, clock: Clock) -> None:
    _manual(world, break_after_miss=True)
    agents = {agent.id: agent for agent in (world.agent(), world.agent())}
    id = _talk(world)
    lost = agents.pop(str(_offered_to(world, id)))
    world.lose(lost)
    world.wait(clock, 21)
    assert _offered_to(world, id) in agents
    assert world.presence(lost).cause is None
    assert ("offer_ended", "lost") in _facts(world, id)


def test_a_lost_agent_is_given_up_on_while_an_offer_still_runs(world: World, clock: Clock) -> None:
    _manual(world, connect_within=300)
    mei = world.agent()
    id = _talk(world)
    world.lose(mei)
    world.wait(clock, 31)
    world.wait(clock, 61)
    assert world.conversation(id).state == State.WAITING
    assert world.presence(mei).load == 0
    assert world.presence(mei).returned == []
    world.wait(clock, 300)
    assert [what for what, _ in _facts(world, id)].count("offer_ended") == 1


def test_the_contact_leaves_while_it_rings(world: World, clock: Clock) -> None:
    _manual(world)
    mei = world.agent(limit=1)
    visitor = world.visitor()
    id = str(world.write(visitor).conversation_id)
    other = _talk(world)
    world.do(visitor, webchat.leave)
    row = world.conversation(id)
    assert (row.state, row.close_reason, row.offered_until) == (State.CLOSED, CloseReason.ABANDONED, None)
    assert _offered_to(world, other) == mei.id
    assert {visit.outcome for visit in world.all(Visit)} == {"abandoned", None}
    world.wait(clock, 21)
    assert ("offer_ended", "missed") not in _facts(world, id)


def test_what_is_offered_can_be_handed_on(world: World, clock: Clock) -> None:
    _manual(world)
    mei, jonas = world.agent(), world.agent(ready=False)
    id = _talk(world)
    chief = world.agent(role="supervisor", ready=False)
    world.do(chief, lambda tx: serving.transfer(tx, id, agent_id=jonas.id, team_id=None).id)
    row = world.conversation(id)
    assert (row.state, row.agent_id, row.offered_until) == (State.ACTIVE, jonas.id, None)
    assert world.presence(mei).load == 0
    world.wait(clock, 21)
    assert world.conversation(id).agent_id == jonas.id


def test_a_category_may_offer_while_the_others_give(world: World) -> None:
    mei = world.agent()
    category = world.conversation(_talk(world)).category_id
    wanted = {"service_mode": {"mode": "manual"}}
    world.do(None, lambda tx: session_settings.change(tx, category, wanted).version)
    assert _offered_to(world, _talk(world)) == mei.id


def test_loads_stay_right(world: World, clock: Clock) -> None:
    _manual(world)
    for _ in range(3):
        world.agent(limit=2)
    for _ in range(8):
        _talk(world)
    for _ in range(4):
        world.wait(clock, 21)
        for row in world.all(Presence):
            mine = world.see(queries.served_by, row.id)
            assert row.load == len(mine) <= 2
