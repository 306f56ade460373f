"""A service that an agent begins: they speak first, within their limits, and the contact reads it when they are back."""

from typing import Any

import pytest

from helpline.channels import Channel
from helpline.channels import actions as channels
from helpline.contacts import actions as contacts
from helpline.conversations import Conversation, points, serving, starting
from helpline.conversations.receiving import NothingToSay
from helpline.conversations.starting import AlreadyTalking, AtYourLimit, ChannelCannotBegin, NotTheirPoint, StartIn
from helpline.core import Actor, Tx, new_id
from helpline.core.facts import FactRow
from helpline.people.workspace import change_workspace
from helpline.webchat import actions as webchat
from tests.clock import Clock
from tests.make import World
from tests.scenarios.invariants import Invariants


def _known(world: World, name: str = "Amara") -> tuple[str, Actor]:
    """A contact and a visitor of theirs."""
    visitor = world.visitor()
    contact = world.do(None, lambda tx: contacts.add(tx, name=name).id)
    world.do(None, points.join, contact, visitor.id)
    return contact, visitor


def _start(world: World, agent: Actor, contact: str, point: str, text: str = "About your order", **more: Any) -> str:
    said = StartIn(contact_point_id=point, text=text, **{"id": new_id(), **more})
    return world.do(agent, lambda tx: starting.start(tx, contact, said).id)


def test_the_service_begins_with_the_agents_first_message(world: World) -> None:
    agent = world.agent()
    contact, visitor = _known(world)
    id = _start(world, agent, contact, visitor.id)
    row, (record,) = world.conversation(id), world.records()
    assert (row.state, row.agent_id, row.contact_name, row.record_id) == ("active", agent.id, "Amara", record.id)
    assert (record.direction, record.handler_id, record.contact_id, record.waited_seconds) == (
        "outbound",
        agent.id,
        contact,
        0,
    )
    assert record.started_at == row.created_at
    assert world.presence(agent).load == 1
    topics = [fact.topic for fact in world.all(FactRow) if fact.subject_id in {id, record.id}]
    assert topics[0] == "conversation.started"
    assert {"message.sent", "conversation.answered", "record.created"} <= set(topics)
    assert "conversation.assigned" not in topics
    Invariants(world).check()


def test_the_visitor_reads_it_when_they_come_back_and_goes_on_there(world: World) -> None:
    agent = world.agent()
    contact, visitor = _known(world)
    id = _start(world, agent, contact, visitor.id)
    view = world.do(visitor, webchat.view)
    assert view.conversation is not None
    assert (view.conversation.id, view.conversation.agent_name) == (id, agent.name)
    assert [(one.by, one.text) for one in view.messages if one.event is None] == [("agent", "About your order")]
    assert world.write(visitor, "Yes?").conversation_id == id
    assert world.records()[0].direction == "outbound"


def test_who_writes_first_as_a_contact_begins_an_inbound_service(world: World) -> None:
    agent = world.agent()
    _contact, visitor = _known(world)
    world.answer(agent, world.write(visitor).conversation_id)
    assert world.records()[0].direction == "inbound"


def test_it_joins_the_service_that_is_not_completed(world: World) -> None:
    agent = world.agent()
    contact, visitor = _known(world)
    first = str(world.write(visitor).conversation_id)
    world.answer(agent, first)
    world.close(agent, first)
    second = _start(world, agent, contact, visitor.id)
    (record,) = world.records()
    assert (record.state, record.direction) == ("open", "inbound")
    assert {row.record_id for row in world.all(Conversation) if row.id in {first, second}} == {record.id}
    assert world.conversation(second).previous_id == first


def test_said_twice_it_is_one_conversation(world: World) -> None:
    agent, id = world.agent(), new_id()
    contact, visitor = _known(world)
    assert _start(world, agent, contact, visitor.id, id=id) == _start(world, agent, contact, visitor.id, id=id)
    assert len(world.all(Conversation)) == 1


def test_an_agent_at_their_limit_begins_nothing(world: World) -> None:
    agent = world.agent(limit=1)
    world.write(world.visitor())
    contact, visitor = _known(world)
    with pytest.raises(AtYourLimit):
        _start(world, agent, contact, visitor.id)
    other = world.agent(ready=False, teams=[])
    world.do(None, lambda tx: change_workspace(tx, kind_limits={"webchat": 0}).id)
    with pytest.raises(AtYourLimit):
        _start(world, other, contact, visitor.id)
    assert len(world.all(Conversation)) == 1


def test_an_open_conversation_is_gone_on_with_and_not_doubled(world: World) -> None:
    agent = world.agent()
    contact, visitor = _known(world)
    there = world.write(visitor).conversation_id
    with pytest.raises(AlreadyTalking) as refused:
        _start(world, agent, contact, visitor.id)
    assert refused.value.extra == {"conversation_id": there}


def test_who_cannot_be_reached_is_told_clearly(world: World) -> None:
    agent = world.agent()
    contact, visitor = _known(world)
    other, stranger = world.do(None, lambda tx: contacts.add(tx, name="Ben").id), world.visitor()
    for point in (visitor.id, stranger.id, new_id()):
        with pytest.raises(NotTheirPoint):
            _start(world, agent, other, point)
    with pytest.raises(NothingToSay):
        _start(world, agent, contact, visitor.id, text=" ")
    world.do(None, lambda tx: channels.change(tx, tx.get(Channel, world.channel), active=False).id)
    with pytest.raises(ChannelCannotBegin):
        _start(world, agent, contact, visitor.id)
    assert world.all(Conversation) == []
    assert world.presence(agent).load == 0


def test_it_is_handed_on_closed_and_times_out_like_any_other(world: World, clock: Clock) -> None:
    one, other = world.agent(), world.agent(ready=False)
    contact, visitor = _known(world)
    id = _start(world, one, contact, visitor.id)

    def hand_on(tx: Tx) -> str:
        return serving.transfer(tx, id, agent_id=other.id, team_id=None).state

    world.do(one, hand_on)
    assert (world.conversation(id).agent_id, world.presence(one).load) == (other.id, 0)
    world.close(other, id)
    assert world.records()[0].state == "wrap_up"
    clock.advance(60)
    Invariants(world).check()
