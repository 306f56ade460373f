"""A contact who returns goes to the agent they were with, if that is not too long ago and the agent has a place."""

from helpline.contacts import actions as contacts
from helpline.conversations import Conversation, Message, State, identifying, serving
from helpline.core import Actor, Tx
from helpline.core.facts import FactRow
from helpline.people import Availability, Team, Workspace, actions
from tests.clock import Clock
from tests.make import World

DAY = 86_400


def _served(world: World, visitor: Actor, agent: Actor) -> str:
    """A conversation that this agent served to its end."""
    id = str(world.write(visitor).conversation_id)
    if world.conversation(id).agent_id != agent.id:
        world.do(agent, lambda tx: serving.take(tx, id).state)
    world.close(agent, id)
    return id


def _back(world: World, visitor: Actor) -> Conversation:
    return world.conversation(world.write(visitor, "me again").conversation_id)


def _set_window(world: World, seconds: int) -> None:
    def change(tx: Tx) -> int:
        tx.db.get_one(Workspace, tx.workspace_id).last_agent_within = seconds
        return seconds

    world.do(None, change)


def test_who_returns_goes_to_the_agent_they_were_with_not_to_the_longest_idle(world: World) -> None:
    visitor, last = world.visitor(), world.agent()
    before = _served(world, visitor, last)
    world.agent()
    again = _back(world, visitor)
    assert (again.agent_id, again.previous_id) == (last.id, before)
    told = next(row.payload for row in world.all(FactRow) if row.topic == "conversation.assigned" and _of(row, again))
    assert (told["why"], told["agent_id"], told["team_id"]) == ("last_agent", last.id, world.team)
    line = next(row.event for row in world.all(Message) if row.conversation_id == again.id and _is_assigned(row))
    assert line["why"] == "last_agent"


def test_the_way_back_is_open_up_to_the_last_second_of_the_window(world: World, clock: Clock) -> None:
    visitor, last = world.visitor(), world.agent()
    _served(world, visitor, last)
    other = world.agent()
    clock.advance(DAY - 1)
    id = _back(world, visitor)
    assert id.agent_id == last.id
    world.close(last, id.id)
    clock.advance(DAY)
    assert _back(world, visitor).agent_id == other.id


def test_a_window_of_nothing_switches_it_off(world: World) -> None:
    _set_window(world, 0)
    visitor, last = world.visitor(), world.agent()
    _served(world, visitor, last)
    other = world.agent()
    assert _back(world, visitor).agent_id == other.id


def test_an_agent_who_is_not_ready_or_gone_or_full_gets_nothing(world: World) -> None:
    visitor, last, other = world.visitor(), world.agent(limit=1), world.agent(ready=False)
    for prevent, allow in (
        (lambda: world.become(last, Availability.BREAK), lambda: world.become(last, Availability.READY)),
        (lambda: world.lose(last), lambda: world.connect(last)),
        (lambda: world.write(world.visitor()), lambda: None),
    ):
        _served(world, visitor, last)
        prevent()
        again = _back(world, visitor)
        assert (again.state, again.agent_id) == (State.WAITING, None)
        world.do(other, lambda tx, id=again.id: serving.take(tx, id).state)
        world.close(other, again.id)
        allow()


def test_one_who_left_while_waiting_still_returns_to_who_served_them(world: World) -> None:
    visitor, last = world.visitor(), world.agent()
    _served(world, visitor, last)
    world.become(last, Availability.BREAK)
    waited = _back(world, visitor)
    world.do(visitor, lambda tx: serving.close(tx, waited.id, serving.CloseReason.CONTACT_CLOSED).state)
    world.become(last, Availability.READY)
    again = _back(world, visitor)
    assert (again.agent_id, again.previous_id) == (last.id, waited.id)


def test_the_last_agent_may_be_of_another_team(world: World) -> None:
    team = world.do(None, lambda tx: actions.add_team(tx, name="Technical").id)
    visitor, giver, last = world.visitor(), world.agent(), world.agent(teams=[team])
    id = str(world.write(visitor).conversation_id)
    world.do(giver, lambda tx: serving.transfer(tx, id, agent_id=None, team_id=team).state)
    world.close(last, id)
    again = _back(world, visitor)
    assert (again.agent_id, again.team_id) == (last.id, world.team)
    assert len(world.all(Team)) == 2


def test_a_known_contact_returns_by_another_browser_to_the_agent_they_were_with(world: World) -> None:
    first, second, before, last = world.visitor(), world.visitor(), world.agent(), world.agent()
    older, newer = _served(world, first, before), _served(world, second, last)
    amara = world.do(before, lambda tx: contacts.add(tx, name="Amara").id)
    for id in (older, newer):
        world.do(None, _is, id, amara)
    again = _back(world, first)
    assert (again.agent_id, again.previous_id, again.contact_name) == (last.id, newer, "Amara")


def _is(tx: Tx, conversation_id: str, contact_id: str) -> str | None:
    return identifying.identify(tx, conversation_id, tx.get(contacts.Contact, contact_id)).contact_id


def _of(row: FactRow, conversation: Conversation) -> bool:
    return row.subject_id == conversation.id


def _is_assigned(row: Message) -> bool:
    return bool(row.event and row.event["name"] == "assigned")
