"""PostgreSQL: units of several nodes that meet are run again, and nobody who reads the log skips a fact."""

import threading
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from sqlalchemy import select

from helpline.app.settings import Settings
from helpline.contacts import Contact, ContactPoint, actions
from helpline.core import Conflict, Tx, Unavailable
from helpline.core.errors import LostRace
from helpline.core.facts import FactRow
from helpline.core.postgres import ATTEMPTS
from tests.make import World, until_they_wait


@pytest.fixture(autouse=True)
def _server(settings: Settings) -> None:
    if settings.is_embedded:
        pytest.skip("SQLite has one writer; nobody loses a race")


def test_a_unit_that_lost_a_race_is_run_again_from_its_beginning(world: World) -> None:
    begun: list[int] = []

    def unlucky(tx: Tx) -> str:
        begun.append(1)
        contact = actions.add(tx, name=f"try {len(begun)}")
        if len(begun) < 3:
            raise LostRace
        return contact.id

    id = world.do(None, unlucky)
    assert [(row.id, row.name) for row in world.all(Contact)] == [(id, "try 3")]
    assert world.units.lanes.retries == 2


def test_a_unit_that_always_loses_gives_up_and_leaves_nothing(world: World) -> None:
    begun: list[int] = []

    def hopeless(tx: Tx) -> None:
        begun.append(1)
        actions.add(tx, name="never")
        raise LostRace

    with pytest.raises(Unavailable):
        world.do(None, hopeless)
    assert len(begun) == ATTEMPTS
    assert world.all(Contact) == []


def test_a_refusal_is_not_tried_again(world: World) -> None:
    begun: list[int] = []

    def refuse(_tx: Tx) -> None:
        begun.append(1)
        raise Conflict

    with pytest.raises(Conflict):
        world.do(None, refuse)
    assert begun == [1]


def test_two_units_that_lock_each_other_out_both_come_through(world: World) -> None:
    ids = [world.do(None, lambda tx, name=name: actions.add(tx, name=name).id) for name in ("A", "B")]
    meet, first = threading.Barrier(2), threading.local()

    def rename(tx: Tx, one: str, other: str) -> None:
        tx.lock(Contact, one)
        if not getattr(first, "over", False):
            first.over = True
            meet.wait(60)
        (row,) = tx.lock(Contact, other)
        row.notes += "x"

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda pair: world.do(None, rename, *pair), [ids, ids[::-1]]))
    assert [row.notes for row in world.all(Contact)] == ["x", "x"]


def test_two_that_write_the_same_row_first_are_one_row(world: World) -> None:
    meet, first = threading.Barrier(2), threading.local()

    def find_or_add(tx: Tx) -> str:
        there = tx.db.scalar(select(ContactPoint.id).where(ContactPoint.address == "same"))
        if not getattr(first, "over", False):
            first.over = True
            meet.wait(60)
        return there or actions.add_point(tx, channel_id=world.channel, address="same", name="Same").id

    with ThreadPoolExecutor(2) as pool:
        ids = list(pool.map(lambda _: world.do(None, find_or_add), range(2)))
    assert ids[0] == ids[1]
    assert [row.address for row in world.all(ContactPoint)] == ["same"]


def test_a_serialization_failure_is_a_lost_race(world: World) -> None:
    begun: list[int] = []

    def fail_once(tx: Tx) -> str:
        begun.append(1)
        if len(begun) == 1:
            tx.connection.exec_driver_sql("DO $$ BEGIN RAISE serialization_failure; END $$")
        return actions.add(tx, name="Amara").id

    assert world.do(None, fail_once) == world.all(Contact)[0].id
    assert len(begun) == 2


def test_a_lost_connection_is_said_in_words(world: World) -> None:
    def cut(tx: Tx) -> None:
        tx.connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")

    with pytest.raises(Unavailable):
        world.do(None, cut)
    assert world.do(None, lambda tx: actions.add(tx, name="and on").name) == "and on"


def test_a_reader_never_skips_a_fact_that_is_slow_to_commit(world: World, settings: Settings) -> None:
    before = _seen(world)
    with psycopg.connect(settings.url) as slow:
        seq = slow.execute(
            "UPDATE counter SET value = value + 1 WHERE workspace_id = %s AND name = 'fact' RETURNING value",
            [world.workspace_id],
        ).fetchone()
        assert seq == (len(before) + 1,)
        with ThreadPoolExecutor(3) as pool:
            waiting = [pool.submit(world.do, None, lambda tx: actions.add(tx, name="later").id) for _ in range(3)]
            until_they_wait(settings, 3)
            assert _seen(world) == before
            slow.execute(_LATE, [world.workspace_id, *seq])
            assert _seen(world) == before
            slow.commit()
            for one in waiting:
                one.result(60)
    assert _seen(world) == list(range(1, len(before) + 5))
    assert world.see(lambda tx: tx.db.get_one(FactRow, (world.workspace_id, len(before) + 1)).topic) == "test.slow"


_LATE = """INSERT INTO fact (workspace_id, seq, topic, actor_kind, actor_id, at, payload)
           VALUES (%s, %s, 'test.slow', 'system', '', now(), '{}')"""


def _seen(world: World) -> list[int]:
    return sorted(fact.seq for fact in world.all(FactRow))
