"""Generated histories: whatever people do in whatever order, the invariants hold and the reference agrees."""

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from helpline.core import Actor, Units
from helpline.core.jobs import JobRow
from tests.clock import Clock
from tests.make import make_world
from tests.scenarios.history import History

OFTEN = ["write", "write", "write", "answer", "close", "become", "hand_to_agent", "hand_to_team", "take", "wait"]
SELDOM = [
    "join",
    "join",
    "start",
    "start",
    "part",
    "merge",
    "merge",
    "unmerge",
    "catch_up",
    "answer_unread",
    "note",
    "leave",
    "deliver_again",
    "complete",
    "reopen",
    "edit",
    "limit",
    "prioritise",
    "need",
    "teach",
    "teach",
    "ask_for",
    "decide",
    "decide",
]
PEOPLE = ["join", "join", "part", "catch_up"]
DESKS = ["open_desk", "lose_desk", "lose_desk"]

Steps = list[tuple[str, int, int]]
steps = st.lists(
    st.tuples(st.sampled_from(OFTEN + SELDOM + PEOPLE + DESKS), st.integers(0, 11), st.integers(0, 11)),
    min_size=20,
    max_size=45,
)

OFFLINE, READY = 0, 1
URGENT_FIRST = [("become", 2, OFFLINE), ("limit", 0, 3), ("write", 0, 0), ("write", 2, 0), ("prioritise", 1, 2)]
URGENT_FIRST += [("limit", 1, 1), ("open_desk", 1, 0), ("lose_desk", 0, 0), ("become", 1, READY), ("wait", 10, 0)]
URGENT_FIRST += [("wait", 10, 0)]
"""Two conversations of a lost agent come back to a colleague with one place."""


ACROSS_VISITS = [
    ("write", 0, 0),
    ("join", 0, 0),
    ("join", 2, 0),
    ("close", 0, 0),
    ("open_desk", 1, 0),
    ("become", 1, READY),
]
ACROSS_VISITS += [
    ("write", 2, 0),
    ("close", 0, 0),
    ("part", 2, 0),
    ("write", 2, 1),
    ("lose_desk", 0, 0),
    ("wait", 10, 0),
]
ACROSS_VISITS += [
    ("wait", 10, 0),
    ("open_desk", 0, 0),
    ("catch_up", 0, 0),
    ("write", 0, 0),
    ("close", 0, 0),
    ("write", 0, 1),
]
"""A known contact returns by another visit; an agent is lost, comes back and is told what left."""


WRITTEN_TO_FIRST = [("join", 0, 0), ("join", 2, 0), ("join", 4, 1), ("start", 0, 0), ("start", 0, 1), ("start", 1, 0)]
WRITTEN_TO_FIRST += [
    ("start", 1, 3),
    ("write", 0, 0),
    ("write", 2, 0),
    ("write", 4, 0),
    ("close", 0, 0),
    ("start", 0, 2),
]
WRITTEN_TO_FIRST += [("hand_to_team", 1, 1), ("lose_desk", 0, 0), ("wait", 10, 0), ("wait", 10, 0)]
"""Agents begin services: one is refused where somebody talks already, one above a limit; the others go on as any."""


@given(steps=steps)
@example(steps=URGENT_FIRST)
@example(steps=ACROSS_VISITS)
@example(steps=WRITTEN_TO_FIRST)
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_whatever_happens_the_invariants_hold(units: Units, clock: Clock, steps: Steps) -> None:
    units.run_now(Actor("system", ""), lambda tx: tx.execute(delete(JobRow)).rowcount)  # of the history before
    history = History(make_world(units), clock)
    for verb, a, b in steps:
        history.step(verb, a, b)
