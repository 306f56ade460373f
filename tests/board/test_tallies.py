"""What is added up once says the same as what is read anew."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpline.board import shapes, tallies
from helpline.board.day import DayOut, day
from helpline.board.shapes import BoardOut
from helpline.conversations import CloseReason, serving
from helpline.core import Actor, Units
from helpline.people import Availability
from helpline.people.permissions import ROLES
from tests.clock import Clock
from tests.interchange.bring import bring, outcomes
from tests.make import World, make_world


def _shown(world: World) -> tuple[BoardOut, DayOut]:
    admin = Actor("agent", world.workspace_id, world.admin, "Ada", ROLES["administrator"])
    return world.units.read_now(admin, shapes.board), world.units.read_now(admin, day, None)


def _anew(world: World) -> tuple[BoardOut, DayOut]:
    tallies._kept.clear()
    return _shown(world)


@given(
    steps=st.lists(st.tuples(st.sampled_from(["write", "give_up", "serve", "look"]), st.integers(1, 4000)), max_size=14)
)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_figures_that_were_counted_on_are_those_of_the_rows(
    units: Units, clock: Clock, steps: list[tuple[str, int]]
) -> None:
    world = make_world(units)
    agent, waiting = world.agent(ready=False, limit=100), []
    for verb, seconds in steps:
        clock.advance(seconds)
        if verb == "write":
            waiting.append(world.write(world.visitor()).conversation_id)
        elif verb == "give_up" and waiting:
            world.do(None, serving.close, waiting.pop(), CloseReason.ABANDONED)
        elif verb == "serve" and waiting:
            world.do(agent, serving.take, waiting.pop())
        else:
            _shown(world)
    now = clock.now
    shown = _shown(world)
    clock.now = now
    anew = _anew(world)
    assert (shown[0].today, shown[0].queues, shown[1].hours, shown[1].waits) == (
        anew[0].today,
        anew[0].queues,
        anew[1].hours,
        anew[1].waits,
    )


def test_what_an_import_puts_behind_what_was_counted_is_counted_too(world: World, clock: Clock) -> None:
    agent = world.agent()
    world.answer(agent, world.write(world.visitor()).conversation_id)
    clock.advance(3600)
    assert _shown(world)[0].today.answered == 1
    began = clock.now.replace(minute=5)
    said = [{"at": began.isoformat(), "text": "Hello?"}]
    past = {"type": "conversation", "id": "p", "channel": "Web chat", "close_reason": "abandoned", "messages": said}
    past["closed_at"] = began.replace(minute=6).isoformat()
    clock.advance(3600)
    _shown(world)
    assert outcomes(bring(world, past)) == ["new"]
    assert (_shown(world)[0].today.answered, _shown(world)[0].today.abandoned) == (1, 1)


def test_a_new_day_begins_with_nothing(world: World, clock: Clock) -> None:
    agent = world.agent()
    world.answer(agent, world.write(world.visitor()).conversation_id)
    world.become(agent, Availability.BUSY)
    clock.advance(600)
    assert _shown(world)[0].today.answered == 1
    clock.advance(24 * 3600)
    assert _shown(world)[0].today.answered == 0
