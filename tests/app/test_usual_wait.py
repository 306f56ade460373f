"""How soon one may expect an answer, as the widget says it before anybody writes."""

from helpline.webchat.actions import open_channel
from tests.clock import Clock
from tests.make import World


def _within(world: World) -> int | None:
    return world.see(open_channel, channel_id=world.channel).answers_within


def test_it_is_the_median_of_what_came_lately_and_nothing_when_that_is_too_little(world: World, clock: Clock) -> None:
    agent = world.agent(limit=20)
    for seconds in (10, 600, 20, 30):
        conversation = world.write(world.visitor()).conversation_id
        clock.advance(seconds)
        world.answer(agent, conversation)
    assert _within(world) is None
    unanswered = world.write(world.visitor()).conversation_id
    assert _within(world) is None
    clock.advance(40)
    world.answer(agent, unanswered)
    assert _within(world) == 30
    clock.advance(8 * 24 * 3600)
    assert _within(world) is None
