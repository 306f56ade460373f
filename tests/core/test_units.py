"""Units of work: all or nothing each, whatever happens to the others that are written with them."""

import asyncio
import threading
from concurrent.futures import Future
from typing import Any

import pytest
from sqlalchemy import insert

from helpline.contacts import Contact, actions
from helpline.contacts.events import ContactAdded
from helpline.contacts.shapes import contact_update
from helpline.core import Actor, Fact, Tx, Unavailable
from helpline.core import postgres as server_lanes
from helpline.core import sqlite as embedded_lanes
from helpline.core.committed import Committed
from helpline.core.facts import FactRow
from helpline.core.unit import Unit
from tests.make import World


def _add(tx: Tx, name: str) -> str:
    return actions.add(tx, name=name).id


def _add_and_fail(tx: Tx, name: str) -> str:
    _add(tx, name)
    raise ValueError(name)


def _numbers(world: World) -> list[int]:
    return sorted(fact.seq for fact in world.all(FactRow))


def test_a_failed_unit_of_a_group_leaves_nothing_and_the_others_stay(world: World) -> None:
    gate = threading.Event()
    held = threading.Thread(target=world.do, args=(None, lambda _tx: gate.wait(60)))
    held.start()
    outcomes: dict[int, Any] = {}

    def one(number: int) -> None:
        try:
            outcomes[number] = world.do(None, _add_and_fail if number % 3 == 0 else _add, f"C{number}")
        except ValueError as error:
            outcomes[number] = error

    threads = [threading.Thread(target=one, args=(number,)) for number in range(30)]
    for thread in threads:
        thread.start()
    gate.set()
    for thread in [held, *threads]:
        thread.join()
    assert {row.name for row in world.all(Contact)} == {f"C{number}" for number in range(30) if number % 3}
    assert all(isinstance(outcomes[number], ValueError) == (number % 3 == 0) for number in range(30))
    assert _numbers(world) == list(range(1, len(_numbers(world)) + 1))


def test_a_hundred_units_at_once_are_all_written_and_all_answered(world: World) -> None:
    async def all_at_once() -> list[str]:
        actor = world.agent(ready=False)
        return await asyncio.gather(*(world.units.run(actor, _add, f"C{number}") for number in range(100)))

    ids = asyncio.run(all_at_once())
    assert {row.id for row in world.all(Contact)} == set(ids)
    assert len(set(ids)) == 100
    assert _numbers(world) == list(range(1, len(_numbers(world)) + 1))


def test_a_reading_unit_cannot_write(world: World) -> None:
    row = {"workspace_id": world.workspace_id, "id": "x", "name": "No", "created_at": None}
    with pytest.raises(Exception, match=r"(?i)read-?only"):
        world.see(lambda tx: tx.execute(insert(Contact), row))
    assert world.all(Contact) == []


def test_what_was_answered_is_there_for_the_next_reader(world: World) -> None:
    for number in range(20):
        id = world.do(None, _add, f"C{number}")
        assert world.see(lambda tx, id=id: tx.get(Contact, id).name) == f"C{number}"


def test_a_unit_runs_to_its_end_although_its_caller_went_away(world: World) -> None:
    gate, done = threading.Event(), threading.Event()

    def slow(tx: Tx) -> str:
        gate.wait(60)
        return _add(tx, "kept")

    def heard(committed: list[Committed]) -> None:
        if any(isinstance(fact, ContactAdded) for unit in committed for fact in unit.facts):
            done.set()

    async def go_away() -> None:
        asking = asyncio.ensure_future(world.units.run(world.agent(ready=False), slow))
        await asyncio.sleep(0)
        asking.cancel()
        gate.set()
        await asyncio.gather(asking, return_exceptions=True)

    world.units.told.append(heard)
    asyncio.run(go_away())
    assert done.wait(60)
    assert [row.name for row in world.all(Contact)] == ["kept"]


def test_listeners_hear_of_what_was_committed_and_of_nothing_else(world: World) -> None:
    heard: list[Fact] = []
    world.units.told.append(lambda committed: heard.extend(fact for unit in committed for fact in unit.facts))
    id = world.do(None, _add, "kept")
    with pytest.raises(ValueError, match="lost"):
        world.do(None, _add_and_fail, "lost")
    assert heard == [ContactAdded(contact_id=id)]


def test_consequences_that_cause_themselves_are_stopped(world: World) -> None:
    def forever(tx: Tx) -> None:
        tx.consequences = {ContactAdded: [lambda tx, fact: tx.emit(fact)]}
        _add(tx, "endless")

    with pytest.raises(RuntimeError, match="do not settle"):
        world.do(None, forever)
    assert world.all(Contact) == []


def test_clients_are_not_told_what_no_fact_explains(world: World) -> None:
    id = world.do(None, _add, "Amara")
    with pytest.raises(RuntimeError, match="no fact explains"):
        world.do(None, lambda tx: tx.touch(contact_update, id))


def test_too_much_waiting_work_is_refused_rather_than_answered_too_late(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded_lanes, "MOST_WAITING", 2)
    monkeypatch.setattr(server_lanes, "MOST_WAITING", 2)
    gate = threading.Event()
    units: list[Unit] = []
    with pytest.raises(Unavailable):
        _submit_many(world, gate, units)
    gate.set()
    for unit in units:
        assert unit.answer.result(60)  # type: ignore[call-arg]


def test_each_commit_on_sqlite_reaches_the_disk(world: World) -> None:
    if world.units.lanes.kind != "sqlite":
        pytest.skip("a setting of SQLite")
    full = 2
    assert world.do(None, lambda tx: tx.connection.exec_driver_sql("PRAGMA synchronous").scalar()) == full


def _submit_many(world: World, gate: threading.Event, kept: list[Unit]) -> None:
    for _ in range(100):
        unit = Unit(Actor.system(world.workspace_id), lambda _tx: gate.wait(60), (), {}, Future())
        world.units.lanes.write(unit)
        kept.append(unit)
