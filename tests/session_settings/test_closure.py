"""The clocks of a session: on a silent contact, on a silent agent, and on the length of a service."""

import pytest

from helpline.conversations import State, snoozing
from helpline.conversations.clock_events import (
    AgentReminded,
    ContactReminded,
    ConversationEscalated,
    ServiceLimitNear,
    ServiceLimitReached,
)
from helpline.conversations.models import Conversation
from helpline.core import Actor, Fact
from helpline.core.facts import FactRow
from helpline.core.jobs import JobRow
from tests.clock import Clock
from tests.make import World
from tests.session_settings.deciding import decide, only_says, told


def _facts(world: World, *kinds: type[Fact]) -> list[str]:
    topics = {kind.topic(): kind.__name__ for kind in kinds}
    return [topics[row.topic] for row in sorted(world.all(FactRow), key=lambda row: row.seq) if row.topic in topics]


@pytest.fixture
def silent_contact(world: World) -> tuple[Actor, Actor, str]:
    """An agent, a contact, and their conversation; the contact is reminded after a minute and closed on after two."""
    only_says(world, idle_reminder="Still there?", idle_close="Closed for now", closed="Bye")
    decide(world, closure={"contact_reminder": 60, "contact_timeout": 120})
    agent, visitor = world.agent("Bo"), world.visitor("Amara")
    return agent, visitor, world.write(visitor, "Hello").conversation_id


def _state(world: World, id: str) -> tuple[State, str | None]:
    row: Conversation = world.conversation(id)
    return row.state, row.close_reason


def test_rule_12_a_silent_contact_is_reminded_and_closed_on_when_the_agent_wrote_last(
    world: World, clock: Clock, silent_contact: tuple[Actor, Actor, str]
) -> None:
    agent, _, id = silent_contact
    world.wait(clock, 500)
    assert _state(world, id) == (State.ACTIVE, None)  # the contact wrote last
    world.answer(agent, id, "Which order?")
    world.wait(clock, 59)
    assert told(world, id) == ["Hello", "Which order?"]
    world.wait(clock, 1)
    world.wait(clock, 59)
    assert told(world, id) == ["Hello", "Which order?", "Still there?"]
    world.wait(clock, 1)
    assert _state(world, id) == (State.CLOSED, "contact_timeout")
    assert told(world, id) == ["Hello", "Which order?", "Still there?", "Closed for now"]
    assert _facts(world, ContactReminded) == ["ContactReminded"]
    assert world.presence(agent).load == 0


def test_rule_12_the_message_of_the_contact_stops_the_clock_and_the_next_answer_starts_it_anew(
    world: World, clock: Clock, silent_contact: tuple[Actor, Actor, str]
) -> None:
    agent, visitor, id = silent_contact
    world.answer(agent, id)
    world.wait(clock, 100)
    world.write(visitor, "Here I am")
    world.wait(clock, 1000)
    assert _state(world, id)[0] == State.ACTIVE
    world.answer(agent, id)
    world.wait(clock, 60)
    world.answer(agent, id, "Take your time")
    world.wait(clock, 119)
    assert _state(world, id)[0] == State.ACTIVE
    world.wait(clock, 1)
    assert _state(world, id) == (State.CLOSED, "contact_timeout")


def test_rule_12_the_texts_are_sent_only_if_they_are_switched_on(
    world: World, clock: Clock, silent_contact: tuple[Actor, Actor, str]
) -> None:
    agent, _, id = silent_contact
    only_says(world, closed="Bye")
    world.answer(agent, id)
    world.wait(clock, 60)
    world.wait(clock, 60)
    assert _state(world, id) == (State.CLOSED, "contact_timeout")
    assert told(world, id) == ["Hello", "Hello!"]


def test_a_note_is_no_word_to_the_contact(world: World, clock: Clock, silent_contact: tuple[Actor, Actor, str]) -> None:
    agent, _, id = silent_contact
    world.answer(agent, id, "To do", visibility="internal")
    world.wait(clock, 500)
    assert _state(world, id)[0] == State.ACTIVE
    world.answer(agent, id)
    world.wait(clock, 60)
    world.answer(agent, id, "Hm", visibility="internal")
    world.wait(clock, 30)
    assert told(world, id).count("Still there?") == 1
    world.wait(clock, 30)
    assert _state(world, id)[0] == State.CLOSED


def test_what_was_put_aside_is_not_closed_on(
    world: World, clock: Clock, silent_contact: tuple[Actor, Actor, str]
) -> None:
    agent, _, id = silent_contact
    world.answer(agent, id)
    world.do(agent, lambda tx: snoozing.snooze(tx, id, None).id)
    world.wait(clock, 500)
    assert _state(world, id)[0] == State.ACTIVE


def test_a_clock_that_runs_goes_by_the_settings_of_the_moment_it_rings(
    world: World, clock: Clock, silent_contact: tuple[Actor, Actor, str]
) -> None:
    agent, _, id = silent_contact
    world.answer(agent, id)
    decide(world, closure={"contact_timeout": 300})
    world.wait(clock, 120)
    assert _state(world, id)[0] == State.ACTIVE
    decide(world, closure={"contact_timeout": 0, "contact_reminder": 0})
    world.wait(clock, 500)
    assert _state(world, id)[0] == State.ACTIVE
    assert [row.kind for row in world.all(JobRow) if row.kind.startswith("conversations.")] == []


def test_a_contact_who_waits_too_long_for_the_agent_is_told_to_agent_then_supervisors_then_goes_to_the_queue(
    world: World, clock: Clock
) -> None:
    only_says(world)
    decide(world, closure={"agent_reminder": 60, "agent_escalation": 120, "agent_return": 180})
    agent = world.agent("Bo")
    id = world.write(world.visitor(), "Hello").conversation_id
    other = world.agent("Cy")
    world.wait(clock, 60)
    assert world.conversation(id).agent_reminded_at is not None
    world.wait(clock, 60)
    assert world.conversation(id).escalated_at is not None
    assert world.conversation(id).agent_id == agent.id
    world.wait(clock, 60)
    assert world.conversation(id).agent_id == other.id
    assert _facts(world, AgentReminded, ConversationEscalated) == ["AgentReminded", "ConversationEscalated"]
    assert told(world, id, events=True)[-5:] == [
        "[agent_reminded]",
        "[escalated]",
        "[returned]",
        "[queued]",
        "[assigned]",
    ]
    assert (world.presence(agent).load, world.presence(other).load, world.presence(agent).returned) == (0, 1, [])


def test_who_answers_in_time_is_not_reminded(world: World, clock: Clock) -> None:
    decide(world, closure={"agent_reminder": 60})
    agent, visitor = world.agent("Bo"), world.visitor()
    id = world.write(visitor).conversation_id
    world.wait(clock, 59)
    world.answer(agent, id)
    world.wait(clock, 500)
    assert _facts(world, AgentReminded) == []
    world.write(visitor, "And?")
    world.wait(clock, 30)
    world.write(visitor, "Hello?")
    world.wait(clock, 30)  # since the first of them
    assert _facts(world, AgentReminded) == ["AgentReminded"]
    world.wait(clock, 500)
    assert _facts(world, AgentReminded) == ["AgentReminded"]


def test_what_a_contact_waited_in_the_queue_is_not_put_to_the_agent(world: World, clock: Clock) -> None:
    decide(world, closure={"agent_reminder": 60})
    id = world.write(world.visitor()).conversation_id
    world.wait(clock, 300)
    world.agent()
    world.wait(clock, 59)
    assert world.conversation(id).agent_reminded_at is None
    world.wait(clock, 1)
    assert world.conversation(id).agent_reminded_at is not None


def test_a_service_at_its_limit_is_warned_of_and_closed_and_both_sides_are_told(world: World, clock: Clock) -> None:
    only_says(world, closed="Bye")
    limits = {"service_limit": 1500, "service_warning": 300, "service_end": "close"}
    decide(world, closure={**limits, "continue_while_nobody_waits": False})
    world.agent(limit=1)
    id = world.write(world.visitor(), "Hello").conversation_id
    world.wait(clock, 1200)
    assert told(world, id, events=True)[-1] == "[limit_near]"
    world.wait(clock, 299)
    assert _state(world, id)[0] == State.ACTIVE
    world.wait(clock, 1)
    assert _state(world, id) == (State.CLOSED, "service_limit")
    assert told(world, id, events=True)[-3:] == ["[limit_reached]", "Bye", "[closed]"]
    assert _facts(world, ServiceLimitNear, ServiceLimitReached) == ["ServiceLimitNear", "ServiceLimitReached"]


def test_a_soft_limit_only_tells_the_agent_once(world: World, clock: Clock) -> None:
    decide(world, closure={"service_limit": 600, "continue_while_nobody_waits": False})
    world.agent()
    id = world.write(world.visitor()).conversation_id
    world.wait(clock, 600)
    world.wait(clock, 6000)
    assert _state(world, id)[0] == State.ACTIVE
    assert _facts(world, ServiceLimitReached) == ["ServiceLimitReached"]


def test_a_service_goes_on_beyond_its_limit_until_somebody_waits(world: World, clock: Clock) -> None:
    decide(world, closure={"service_limit": 600, "service_end": "close"})
    world.agent(limit=1)
    id = world.write(world.visitor()).conversation_id
    world.wait(clock, 600)
    world.wait(clock, 300)
    assert _state(world, id)[0] == State.ACTIVE
    next_one = world.write(world.visitor()).conversation_id
    world.wait(clock, 30)
    assert _state(world, id) == (State.CLOSED, "service_limit")
    assert _state(world, next_one)[0] == State.ACTIVE
