"""Locks are taken in one order, as they are really asked for: read from the statements that hold rows."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from helpline.contacts import actions as contacts
from helpline.core import Actor
from helpline.people import Agent, Team, actions, jobs, queries, workspace
from helpline.service_records import actions as records
from tests.make import World

ORDER = ["contact_point", "team", "conversation", "presence", "service_record"]
_FROM = re.compile(r"FROM (\w+)")


@contextmanager
def _locks() -> Iterator[list[tuple[int, frozenset[str]]]]:
    """What is held meanwhile that was not held before: the kind's place in the order, and which rows."""
    taken: list[tuple[int, frozenset[str]]] = []
    held: set[tuple[int, str]] = set()

    def note(_c: Any, _u: Any, statement: str, parameters: Any, *_: Any) -> None:
        table = _FROM.search(statement)
        if "FOR NO KEY UPDATE" not in statement or table is None or table[1] not in ORDER:
            return
        kind = ORDER.index(table[1])
        given = parameters.values() if isinstance(parameters, dict) else parameters
        new = {str(one) for one in given} - {id for of, id in held if of == kind}
        if new:
            taken.append((kind, frozenset(new)))
            held.update((kind, id) for id in new)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield taken
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def _in_order(world: World, actor: Actor | None, action: Callable[..., Any]) -> None:
    with _locks() as taken:
        world.do(actor, action)
    kinds = [kind for kind, _ in taken]
    assert kinds == sorted(kinds), [ORDER[kind] for kind in kinds]
    assert kinds.count(ORDER.index("team")) <= 1, "teams are held all at once, in the order of their ids"


@pytest.fixture(autouse=True)
def _where_there_are_locks(database: str) -> None:
    if database == "sqlite":
        pytest.skip("SQLite has one writer and no locks of rows.")


def _begun(world: World, agent: Actor) -> str:
    world.answer(agent, world.write(world.visitor()).conversation_id)
    return str(world.records()[0].id)


def test_a_records_contact_is_set(world: World) -> None:
    agent = world.agent()
    record = _begun(world, agent)
    contact = world.do(None, lambda tx: contacts.add(tx, name="Amara").id)
    _in_order(world, agent, lambda tx: records.edit(tx, record, None, contact_id=contact).id)


def test_a_record_is_completed_while_its_conversation_runs(world: World) -> None:
    agent, (result, reason) = world.agent(), world.choices()
    record = _begun(world, agent)
    contact = world.do(None, lambda tx: contacts.add(tx, name="Amara").id)
    given = {"contact_id": contact, "result_id": result, "reason_ids": [reason]}
    _in_order(world, agent, lambda tx: records.complete(tx, record, **given).id)


def test_a_lost_agent_is_given_up_on(world: World) -> None:
    agent = world.agent()
    for _ in range(2):
        world.write(world.visitor())
    world.lose(agent)
    with _locks() as taken:
        world.do(None, jobs.give_up_on, agent.id)
    kinds = [ORDER[kind] for kind, _ in taken]
    assert kinds == ["team", "conversation", "presence"]


def test_teams_and_limits_are_changed(world: World) -> None:
    second = world.do(None, lambda tx: actions.add_team(tx, name="Second").id)
    third = world.do(None, lambda tx: actions.add_team(tx, name="Third").id)
    one, two = world.agent(teams=[world.team, second]), world.agent(teams=[world.team, third])
    members = [one.id, two.id]
    _in_order(world, None, lambda tx: actions.change_team(tx, tx.get(Team, world.team), limit=9).id)
    _in_order(world, None, lambda tx: actions.change_team(tx, tx.get(Team, second), member_ids=members).id)
    _in_order(world, None, lambda tx: actions.change_agent(tx, tx.get(Agent, one.id), team_ids=[third]).id)
    _in_order(world, None, lambda tx: actions.change_agent(tx, tx.get(Agent, two.id), limit=1).id)
    _in_order(world, None, lambda tx: workspace.change_workspace(tx, limit=7).id)
    assert world.see(lambda tx: queries.teams_of(tx, one.id)) == [third]
