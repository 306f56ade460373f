"""The end of a conversation."""

from helpline.conversations import Message, State
from helpline.webchat import actions as webchat
from tests.make import World


def _closings(world: World) -> list[dict[str, object]]:
    return [row.event for row in world.all(Message) if row.event and row.event["name"] == "closed"]


def test_by_the_agent(world: World) -> None:
    agent, id = world.agent("Grace"), world.write(world.visitor()).conversation_id
    world.close(agent, id)
    row = world.conversation(id)
    assert (row.state, row.close_reason, row.unread, row.waiting_since) == (State.CLOSED, "agent_closed", 0, None)
    assert row.closed_at is not None
    assert _closings(world) == [{"name": "closed", "reason": "agent_closed", "by_name": "Grace"}]
    assert world.presence(agent).load == 0


def test_by_the_contact_who_was_served(world: World) -> None:
    world.agent()
    visitor = world.visitor()
    id = world.write(visitor).conversation_id
    view = world.do(visitor, webchat.leave)
    assert (view.conversation.state, world.conversation(id).close_reason) == ("closed", "contact_closed")


def test_by_the_contact_who_still_waited_is_abandoned(world: World) -> None:
    visitor = world.visitor()
    id = world.write(visitor).conversation_id
    world.do(visitor, webchat.leave)
    assert world.conversation(id).close_reason == "abandoned"


def test_again_changes_nothing(world: World) -> None:
    agent, visitor = world.agent(), world.visitor()
    id = world.write(visitor).conversation_id
    world.close(agent, id)
    before = world.conversation(id).version
    world.close(agent, id)
    world.do(visitor, webchat.leave)
    row = world.conversation(id)
    assert (row.version, row.close_reason, len(_closings(world))) == (before, "agent_closed", 1)


def test_a_visitor_without_a_conversation_leaves_nothing_behind(world: World) -> None:
    assert world.do(world.visitor(), webchat.leave).conversation is None


def test_rule_10_the_freed_place_takes_the_next_at_once(world: World) -> None:
    agent = world.agent(limit=1)
    first, second, third = (world.write(world.visitor()).conversation_id for _ in range(3))
    world.close(agent, first)
    assert world.conversation(second).agent_id == agent.id
    assert world.conversation(third).state == State.WAITING
