"""Many at once, on two nodes where the database allows it: whatever races happen, the invariants hold afterwards."""

import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select, update

from helpline.app.consequences import CONSEQUENCES
from helpline.app.jobs import JOBS, JobFailed, run_next
from helpline.app.settings import Settings
from helpline.conversations import CloseReason, Conversation, Message, answering, needing, queries, serving
from helpline.conversations.serving import AlreadyServed
from helpline.conversations.shapes import MessageIn
from helpline.conversations.waiting import waiting_in
from helpline.core import Actor, DomainError, Tx, Unavailable, Units, new_id
from helpline.core.facts import FactRow
from helpline.core.jobs import kind_of
from helpline.people import Availability, Workspace, presence
from helpline.people.models import Connection
from helpline.webchat import actions as webchat
from tests.make import World, make_world
from tests.routing.deciding import decide, teach
from tests.scenarios.invariants import Invariants, limits_hold

THREADS = 12
Work = Callable[[], Any]


@pytest.fixture
def nodes(settings: Settings) -> Iterator[list[World]]:
    """The same workspace seen from one process on SQLite, from two on PostgreSQL."""
    units = [Units(settings.url, CONSEQUENCES, threads=4) for _ in range(1 if settings.is_embedded else 2)]
    world = make_world(units[0])
    yield [replace(world, units=each) for each in units]
    for each in units:
        each.close()


def at_once(*work: Work) -> list[Any]:
    """Start all together; what each returned, or the domain's refusal. Anything else fails the test."""
    gate = threading.Barrier(min(len(work), THREADS))

    def go(number: int, one: Work) -> Any:
        if number < THREADS:
            gate.wait(60)
        try:
            return one()
        except Unavailable:
            raise
        except DomainError as refused:
            return refused

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(go, range(len(work)), work))


def spread(nodes: list[World], count: int) -> list[World]:
    """The nodes in turn."""
    return [nodes[number % len(nodes)] for number in range(count)]


def test_a_burst_of_first_messages_opens_one_conversation(nodes: list[World]) -> None:
    visitors = [nodes[0].visitor() for _ in range(3)]
    said = at_once(*[partial(node.write, visitor) for visitor in visitors for node in spread(nodes, 20)])
    for place, _visitor in enumerate(visitors):
        mine = said[place * 20 : place * 20 + 20]
        assert len({message.conversation_id for message in mine}) == 1
        assert len({message.seq for message in mine}) == 20
    assert len(nodes[0].all(Conversation)) == 3
    Invariants(nodes[0]).check()


def test_a_message_delivered_many_times_at_once_is_one_message(nodes: list[World]) -> None:
    visitor, id = nodes[0].visitor(), new_id()
    said = at_once(*[partial(node.write, visitor, "Hello?", id) for node in spread(nodes, 20)])
    assert all(message == said[0] for message in said)
    agent = nodes[0].agent()
    answer = MessageIn(id=new_id(), text="Hello!", seen_up_to=99)
    sent = (agent, answering.send, said[0].conversation_id, answer)
    answered = at_once(*[partial(node.do, *sent) for node in spread(nodes, 20)])
    assert all(message == answered[0] for message in answered)
    assert sorted(row.author_kind for row in nodes[0].all(Message) if row.author_id) == ["agent", "contact"]
    assert len(nodes[0].records()) == 1
    Invariants(nodes[0]).check()


def test_of_many_who_take_a_conversation_one_has_it(nodes: list[World]) -> None:
    agents = [nodes[0].agent(ready=False) for _ in range(8)]
    id = nodes[0].write(nodes[0].visitor()).conversation_id
    took = at_once(*[partial(node.do, agent, _take, id) for node, agent in zip(spread(nodes, 8), agents, strict=True)])
    assert len([one for one in took if isinstance(one, AlreadyServed)]) == 7
    assert nodes[0].conversation(id).agent_id in took
    Invariants(nodes[0]).check()


def test_a_conversation_closed_by_many_at_once_is_closed_once(nodes: list[World]) -> None:
    agent, visitor = nodes[0].agent(limit=1), nodes[0].visitor()
    id = nodes[0].write(visitor).conversation_id
    at_once(
        *[partial(node.do, agent, _close, id) for node in spread(nodes, 6)],
        *[partial(node.do, visitor, webchat.leave) for node in spread(nodes, 6)],
    )
    closed = [fact for fact in _facts(nodes[0]) if fact.topic == "conversation.closed"]
    assert len(closed) == 1
    rows = Invariants(nodes[0]).check()
    assert [row.load for row in rows["presences"] if row.id == agent.id] == [0]


@pytest.mark.parametrize("seed", [1, 2])
def test_arrivals_closes_and_flips_leave_nobody_waiting_beside_a_free_agent(nodes: list[World], seed: int) -> None:
    turmoil = Turmoil(nodes, seed)
    at_once(*turmoil.work(240, by_hand=False))
    rows = Invariants(nodes[0]).check()
    limits_hold(rows["conversations"], rows["presences"], by_hand=set())
    never_above_the_limit(_facts(nodes[0]), {row.id: row.capacity for row in rows["presences"]})


@pytest.mark.parametrize("seed", [4, 5])
def test_with_skills_that_are_learnt_and_relaxed_nobody_waits_beside_who_could(nodes: list[World], seed: int) -> None:
    decide(nodes[0], allocation={"relaxed_skill": True, "order": "least_loaded"}, queue={"points_per_second": 0.1})
    turmoil = Turmoil(nodes, seed)
    at_once(*turmoil.work(240, by_hand=False, skills=True))
    rows = Invariants(nodes[0]).check()
    limits_hold(rows["conversations"], rows["presences"], by_hand=set())
    never_above_the_limit(_facts(nodes[0]), {row.id: row.capacity for row in rows["presences"]})


@pytest.mark.parametrize("seed", [3])
def test_takes_and_transfers_in_the_midst_keep_the_invariants(nodes: list[World], seed: int) -> None:
    turmoil = Turmoil(nodes, seed)
    at_once(*turmoil.work(240, by_hand=True))
    rows = Invariants(nodes[0]).check()
    never_above_the_limit(_facts(nodes[0]), {row.id: row.capacity for row in rows["presences"]})


class Turmoil:
    """Five agents with two places each, thirty visitors, desks that come and go, timers that are due at once."""

    def __init__(self, nodes: list[World], seed: int) -> None:
        self._nodes, self._random = nodes, random.Random(seed)
        self._agents = [nodes[0].agent(limit=2, role="supervisor") for _ in range(5)]
        self._visitors = [nodes[0].visitor() for _ in range(30)]
        self._jobs = {kind_of(job): job for job in JOBS}
        nodes[0].do(None, lambda tx: tx.execute(_NO_GRACE.where(Workspace.id == tx.workspace_id)).rowcount)

    def work(self, count: int, *, by_hand: bool, skills: bool = False) -> list[Work]:
        """That many things to do, in some order."""
        kinds = [self._arrive] * 6 + [self._close] * 4 + [self._flip] * 2 + [self._leave, self._drop, self._tick]
        kinds += [self._take, self._pass_on, self._pass_on] if by_hand else []
        kinds += [self._teach, self._need, self._need] if skills else []
        return [self._some(kinds) for _ in range(count)]

    def _some(self, kinds: list[Any]) -> Work:
        random_number, node = self._random.random(), self._random.choice(self._nodes)
        agent, visitor = self._random.choice(self._agents), self._random.choice(self._visitors)
        kind = self._random.choice(kinds)
        return lambda: kind(node, agent, visitor, random_number)

    def _arrive(self, node: World, _agent: Actor, visitor: Actor, number: float) -> None:
        node.write(visitor, f"text {number}")

    def _leave(self, node: World, _agent: Actor, visitor: Actor, _number: float) -> None:
        node.do(visitor, webchat.leave)

    def _close(self, node: World, agent: Actor, _visitor: Actor, number: float) -> None:
        for id in node.see(queries.served_by, agent.id)[: 1 + int(number * 2)]:
            node.do(agent, answering.send, id, MessageIn(id=new_id(), text="Bye", anyway=True))
            node.do(agent, _close, id)

    def _flip(self, node: World, agent: Actor, _visitor: Actor, number: float) -> None:
        state = Availability.READY if number < 0.7 else Availability.BUSY
        node.do(agent, lambda tx: presence.set_availability(tx, agent.id, state).state)

    def _drop(self, node: World, agent: Actor, _visitor: Actor, _number: float) -> None:
        desk = new_id()
        node.do(agent, presence.connect, agent.id, desk, "node")
        node.do(agent, presence.disconnect, desk)

    def _tick(self, node: World, agent: Actor, _visitor: Actor, number: float) -> None:
        if number < 0.5:
            desks = node.see(_desks_of, agent.id)
            for desk in desks:
                node.do(agent, presence.disconnect, desk)
            if number < 0.3:
                node.do(agent, presence.connect, agent.id, new_id(), "node")
        try:
            while node.units.run_now(Actor("system", ""), run_next, self._jobs):
                pass
        except JobFailed as failed:
            raise AssertionError("a timer lost a race and was not run again") from failed.__cause__

    def _teach(self, node: World, agent: Actor, _visitor: Actor, number: float) -> None:
        teach(node, agent, *(["a"] if number < 0.3 else ["a", "b"] if number < 0.6 else []))

    def _need(self, node: World, _agent: Actor, _visitor: Actor, number: float) -> None:
        waiting = node.see(waiting_in, node.team)
        if waiting:
            wanted = {"skills": ["a"] if number < 0.5 else ["a", "b"], "priority": int(number * 5)}
            node.do(None, _need, waiting[int(number * len(waiting))][0], wanted)

    def _take(self, node: World, agent: Actor, _visitor: Actor, number: float) -> None:
        waiting = node.see(waiting_in, node.team)
        if waiting:
            node.do(agent, _take, waiting[int(number * len(waiting))][0])

    def _pass_on(self, node: World, agent: Actor, _visitor: Actor, number: float) -> None:
        to: dict[str, Any] = {"agent_id": None, "team_id": node.team}
        if number < 0.5:
            to = {"agent_id": self._agents[int(number * 10)].id, "team_id": None}
        for id in node.see(queries.served_by, agent.id)[:1]:
            node.do(agent, _transfer, id, to)


def never_above_the_limit(facts: list[FactRow], capacity: dict[str, int]) -> None:
    """At no moment of the log did routing give an agent more than the limit."""
    load: Counter[str] = Counter()
    for fact in facts:
        if fact.topic == "conversation.assigned":
            agent_id = fact.payload["agent_id"]
            load[agent_id] += 1
            assert fact.payload["why"] in {"taken", "transferred"} or load[agent_id] <= capacity[agent_id], fact.seq
        elif fact.topic == "conversation.released":
            load[fact.payload["agent_id"]] -= 1


_NO_GRACE = update(Workspace).values(offline_after=0, return_after=0)


def _take(tx: Tx, id: str) -> str | None:
    return serving.take(tx, id).agent_id


def _need(tx: Tx, id: str, wanted: dict[str, Any]) -> str:
    return needing.need(tx, id, **wanted).state


def _transfer(tx: Tx, id: str, to: dict[str, Any]) -> str:
    return serving.transfer(tx, id, **to).state


def _close(tx: Tx, id: str) -> str:
    return serving.close(tx, id, CloseReason.AGENT_CLOSED).state


def _desks_of(tx: Tx, agent_id: str) -> list[str]:
    mine = (Connection.workspace_id == tx.workspace_id, Connection.agent_id == agent_id)
    return list(tx.db.scalars(select(Connection.id).where(*mine)))


def _facts(world: World) -> list[FactRow]:
    return sorted(world.all(FactRow), key=lambda fact: fact.seq)
