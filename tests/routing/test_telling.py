"""Who waits is told where they stand: on coming and when their place changes, not too often, and always rightly."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import groupby, pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from helpline.app.jobs import run_next
from helpline.conversations import CloseReason, needing, serving
from helpline.core import Actor, Units
from helpline.core.jobs import JobRow
from helpline.people import Availability
from helpline.routing.estimating import said_wait
from helpline.routing.telling import AT_ONCE
from tests.clock import Clock
from tests.make import JOB_NAMES, World, make_world
from tests.routing.deciding import decide, talk
from tests.routing.queue_from_facts import places_told, says_places
from tests.routing.test_opening import opens
from tests.session_settings.deciding import told


def leave(world: World, id: str) -> None:
    world.do(None, lambda tx: serving.close(tx, id, CloseReason.CONTACT_CLOSED).state)


def heard(world: World, id: str) -> list[str]:
    """What was said about its place."""
    return [text for text in told(world, id) if text.startswith("Number")]


def test_by_default_nobody_is_told_a_place_and_nothing_is_timed(world: World, clock: Clock) -> None:
    id = talk(world)
    assert world.all(JobRow) == []
    world.wait(clock, 60)
    assert not any("number" in text for text in told(world, id))


def test_rule_11_who_comes_is_told_their_place_and_again_when_it_changes_but_not_too_often(
    world: World, clock: Clock
) -> None:
    decide(world, **says_places(tell_every=60))
    first, second, third = talk(world), talk(world), talk(world)
    world.wait(clock, 1)
    assert heard(world, third) == ["Number 3, 2 ahead, about a few minutes"]
    leave(world, first)
    world.wait(clock, 30)
    leave(world, second)
    world.wait(clock, 28)
    assert len(heard(world, third)) == 1
    world.wait(clock, 2)
    assert heard(world, third)[1:] == ["Number 1, 0 ahead, about a few minutes"]
    world.wait(clock, 600)
    assert len(heard(world, third)) == 2


def test_rule_11_who_is_overtaken_is_told_so_too(world: World, clock: Clock) -> None:
    decide(world, **says_places(tell_every=60))
    first = talk(world)
    world.wait(clock, 1)
    world.wait(clock, 60)
    urgent = talk(world, priority=5)
    world.wait(clock, 2)
    assert heard(world, first)[1:] == ["Number 2, 1 ahead, about a few minutes"]
    assert heard(world, urgent) == ["Number 1, 0 ahead, about a few minutes"]


def test_who_is_taken_at_once_is_told_no_place(world: World, clock: Clock) -> None:
    decide(world, **says_places(tell_every=60))
    world.agent()
    id = talk(world)
    world.wait(clock, 60)
    assert heard(world, id) == []


def test_with_no_pause_between_texts_one_is_told_on_coming_only(world: World, clock: Clock) -> None:
    decide(world, **says_places(tell_every=0))
    first, second = talk(world), talk(world)
    world.wait(clock, 1)
    leave(world, first)
    world.wait(clock, 600)
    assert heard(world, second) == ["Number 2, 1 ahead, about a few minutes"]


def test_a_text_that_is_switched_on_reaches_who_waits_already(world: World, clock: Clock) -> None:
    id = talk(world)
    decide(world, **says_places(tell_every=60))
    world.wait(clock, 1)
    assert heard(world, id) == ["Number 1, 0 ahead, about a few minutes"]


def test_neither_a_message_that_was_left_nor_who_waits_for_the_opening_is_told_a_place(
    world: World, clock: Clock
) -> None:
    decide(world, **says_places(tell_every=60, may_wait="never", when_full="message"))
    left = talk(world)
    world.wait(clock, 1)
    clock.now = clock.now.replace(hour=20)
    opens(world)
    closed = talk(world)
    world.wait(clock, 60)
    assert (heard(world, left), heard(world, closed)) == ([], [])


def test_the_wait_is_told_from_how_services_went_and_how_many_are_there(world: World, clock: Clock) -> None:
    agent = world.agent(limit=1)
    for _ in range(5):
        id = talk(world)
        world.wait(clock, 240)
        world.close(agent, id)
    decide(world, **says_places(tell_every=60))
    talk(world)
    first, second = talk(world), talk(world)
    world.wait(clock, 1)
    assert heard(world, first) == ["Number 1, 0 ahead, about 5 minutes"]
    assert heard(world, second) == ["Number 2, 1 ahead, about 9 minutes"]


def test_a_wait_is_said_in_the_language_of_the_contact() -> None:
    waits = [(1, 30.0), (3, 60.0), (9, 600.0), (1, None)]
    said = [[said_wait(place, each, [language]) for place, each in waits] for language in ("en-GB", "zh-TW")]
    assert said == [
        ["1 minute", "3 minutes", "more than an hour", "a few minutes"],
        ["1 分鐘", "3 分鐘", "一個多小時", "幾分鐘"],
    ]


def test_of_a_long_queue_a_few_are_told_at_a_time_and_each_leaving_writes_no_text(world: World, clock: Clock) -> None:
    decide(world, **says_places(tell_every=60))
    talks = [talk(world) for _ in range(AT_ONCE + 10)]
    world.do(Actor("system", ""), run_next, JOB_NAMES)
    clock.advance(1)
    assert world.do(Actor("system", ""), run_next, JOB_NAMES)
    assert [len(heard(world, id)) for id in talks] == [1] * AT_ONCE + [0] * 10
    before = len(places_told(world))
    for id in talks[:5]:
        leave(world, id)
    assert len(places_told(world)) == before
    assert [row.kind for row in world.all(JobRow)] == ["routing.tell_queue"]


VERBS = ["come", "come", "come", "leave", "leave", "urgent", "ready", "away", "answered", "offer", "wait", "wait"]
Steps = list[tuple[str, int]]


@given(steps=st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 9)), min_size=15, max_size=40))
@settings(
    max_examples=20,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_rule_11_whatever_happens_each_text_says_the_place_that_the_facts_tell(
    units: Units, clock: Clock, steps: Steps
) -> None:
    units.run_now(Actor("system", ""), lambda tx: tx.execute(delete(JobRow)).rowcount)  # of the history before
    world = make_world(units)
    decide(world, **says_places(tell_every=5))
    agent, talks = world.agent(limit=2), list[str]()
    world.become(agent, Availability.BUSY)
    for verb, number in steps:
        waiting = [id for id in talks if world.conversation(id).state in {"waiting", "offered"}]
        served = [id for id in talks if world.conversation(id).state == "active"]
        if verb == "come":
            talks.append(talk(world))
        elif verb == "leave" and waiting:
            leave(world, waiting[number % len(waiting)])
        elif verb == "urgent" and waiting:
            _make_urgent(world, waiting[number % len(waiting)], number)
        elif verb in {"ready", "away"}:
            world.become(agent, Availability.READY if verb == "ready" else Availability.BUSY)
        elif verb == "answered" and served:
            world.close(agent, served[number % len(served)])
        elif verb == "offer":
            decide(world, service_mode={"mode": ("manual", "automatic")[number % 2]})
        elif verb == "wait":
            world.wait(clock, 1 + number)
    world.wait(clock, 10)
    _all_right(world, timedelta(seconds=5))
    still = [id for id in talks if world.conversation(id).state == "waiting"]
    assert {id for id in still if not heard(world, id)} == set()


def test_rule_11_texts_are_right_while_many_come_and_go_at_once(units: Units, clock: Clock) -> None:
    world = make_world(units)
    decide(world, **says_places(tell_every=1))
    visitors = [world.visitor() for _ in range(24)]

    def visit(visitor: Actor) -> None:
        for round in range(3):
            id = str(world.write(visitor).conversation_id)
            if round % 2:
                _make_urgent(world, id, 3)
            leave(world, id)
        world.write(visitor)

    def tell(_: int) -> None:
        for _ in range(40):
            clock.advance(1)
            units.run_now(Actor("system", ""), run_next, JOB_NAMES)

    with ThreadPoolExecutor(10) as pool:
        done = [pool.submit(visit, visitor) for visitor in visitors] + [
            pool.submit(tell, number) for number in range(2)
        ]
        for one in done:
            one.result()
    world.wait(clock, 5)
    assert len(_all_right(world, timedelta(0))) >= len(visitors)


def _make_urgent(world: World, id: str, priority: int) -> None:
    world.do(None, lambda tx: needing.need(tx, id, priority=priority).priority)


def _all_right(world: World, apart: timedelta) -> list[Any]:
    """Each text says what the facts before it tell, and those to one contact are far enough apart."""
    rows = places_told(world)
    for _, place, ahead, by_facts, _ in rows:
        assert (place, ahead) == (by_facts, by_facts - 1)
    for _, mine in groupby(sorted(rows, key=lambda row: row[0]), key=lambda row: row[0]):
        assert all(later[4] - earlier[4] >= apart for earlier, later in pairwise(mine))
    return rows
