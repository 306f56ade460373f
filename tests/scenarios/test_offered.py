"""Generated histories in manual service mode: whatever happens while it rings, the invariants hold and the facts explain it all."""

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpline.conversations import CloseReason, Conversation, State, offering, serving
from helpline.conversations.offering import OfferGone
from helpline.core import Units
from helpline.people import Availability
from helpline.people.presence import NotConnected
from helpline.session_settings import actions as session_settings
from helpline.webchat import actions as webchat
from tests.clock import Clock
from tests.make import World, make_world
from tests.scenarios.invariants import Invariants

VERBS = ["write", "write", "write", "connect", "connect", "decline", "leave", "close", "hand_on", "to_team", "become"]
VERBS += ["lose", "open_desk", "wait", "wait", "wait"]
steps = st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 11), st.integers(0, 11)), min_size=20, max_size=40)
STATES = list(Availability)


class Ringing:
    """Three agents of one team, who are offered what six visitors want; a second team overlaps."""

    def __init__(self, world: World, clock: Clock, *, takes_break: bool) -> None:
        self.world, self.clock, self.invariants = world, clock, Invariants(world)
        self.visitors = [world.visitor() for _ in range(6)]
        self.agents = [world.agent(limit=limit) for limit in (1, 2, 2)]
        wanted = {"service_mode": {"mode": "manual", "connect_within": 20, "break_after_miss": takes_break}}
        world.do(None, lambda tx: session_settings.change(tx, None, wanted).version)

    def pick(self, number: int, *states: State) -> Any:
        rows = [row for row in self.world.all(Conversation) if row.state in states]
        return rows[number % len(rows)] if rows else None

    def act(self, who: str, action: Callable[..., Any], id: str, **more: Any) -> None:
        actor = next(one for one in self.agents if one.id == who)
        self.world.do(actor, lambda tx: action(tx, id, **more).id)

    def write(self, a: int, _: int) -> None:
        self.world.write(self.visitors[a % 6])

    def connect(self, a: int, b: int) -> None:
        if row := self.pick(a, State.OFFERED):
            try:
                self.act(row.agent_id if b % 4 else self.agents[b % 3].id, offering.connect, row.id)
            except OfferGone:
                assert self.world.conversation(row.id).agent_id == row.agent_id

    def decline(self, a: int, _: int) -> None:
        if row := self.pick(a, State.OFFERED):
            self.act(row.agent_id, offering.decline, row.id)

    def leave(self, a: int, _: int) -> None:
        self.world.do(self.visitors[a % 6], webchat.leave)

    def close(self, a: int, b: int) -> None:
        if row := self.pick(a, State.WAITING, State.OFFERED, State.ACTIVE):
            self.act(self.agents[b % 3].id, serving.close, row.id, reason=CloseReason.AGENT_CLOSED)

    def hand_on(self, a: int, b: int) -> None:
        if row := self.pick(a, State.OFFERED, State.ACTIVE):
            to = self.agents[b % 3].id
            self.act(self.agents[a % 3].id, serving.transfer, row.id, agent_id=to, team_id=None)

    def to_team(self, a: int, b: int) -> None:
        if row := self.pick(a, State.WAITING, State.OFFERED, State.ACTIVE):
            self.act(self.agents[b % 3].id, serving.transfer, row.id, agent_id=None, team_id=self.world.team)

    def become(self, a: int, b: int) -> None:
        try:
            self.world.become(self.agents[a % 3], STATES[b % len(STATES)])
        except NotConnected:
            assert not self.world.presence(self.agents[a % 3]).connected

    def lose(self, a: int, _: int) -> None:
        self.world.lose(self.agents[a % 3])

    def open_desk(self, a: int, _: int) -> None:
        self.world.connect(self.agents[a % 3])

    def wait(self, a: int, _: int) -> None:
        self.world.wait(self.clock, 7 * (a + 1))


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps, takes_break=st.booleans())
def test_whatever_happens_while_it_rings(
    units: Units, clock: Clock, steps: list[tuple[str, int, int]], *, takes_break: bool
) -> None:
    ringing = Ringing(make_world(units), clock, takes_break=takes_break)
    for verb, a, b in steps:
        getattr(ringing, verb)(a, b)
        ringing.invariants.check()
    # In the end nobody rings for ever: each offer is connected, missed or gone.
    ringing.world.wait(clock, 400)
    rows = ringing.invariants.check()["conversations"]
    assert all(row.offered_until > clock.now for row in rows if row.state == "offered")
