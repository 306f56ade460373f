"""A unit that hangs at its very commit while others want to pass it: no reader ever skips it."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from sqlalchemy import Connection, Engine, event

from helpline.app.catching_up import missed_since, newest, next_after
from helpline.app.consequences import CONSEQUENCES
from helpline.app.settings import Settings
from helpline.contacts import actions
from helpline.core import Tx, Units
from tests.listening import Frame, eventually, open_desk, until, upserted
from tests.make import World, make_world
from tests.nodes.conftest import Pair

HELD = "held at its commit"


class Gate:
    """Holds the unit that added the contact ``HELD`` after all it did, right before its commit."""

    def __init__(self) -> None:
        self.reached, self.opened = threading.Event(), threading.Event()

    def add(self, tx: Tx) -> str:
        """The unit that will be held."""
        tx.connection.info["held"] = True
        return actions.add(tx, name=HELD).id

    def before_commit(self, connection: Connection) -> None:
        """Called by SQLAlchemy."""
        if connection.info.pop("held", False):
            self.reached.set()
            assert self.opened.wait(60)


@pytest.fixture
def gate() -> Iterator[Gate]:
    """A gate before every commit."""
    made = Gate()
    event.listen(Engine, "commit", made.before_commit)
    yield made
    made.opened.set()
    event.remove(Engine, "commit", made.before_commit)


@pytest.fixture
def worlds(shared: Settings) -> Iterator[tuple[World, World]]:
    """A workspace by way of two nodes."""
    one, other = (Units(shared.url, CONSEQUENCES) for _ in range(2))
    world = make_world(one)
    yield world, World(other, world.workspace_id, world.admin, world.channel, world.team)
    one.close()
    other.close()


def _wait_until_they_queue_up(settings: Settings, many: int) -> None:
    """Until so many sessions of this database wait for a lock."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with psycopg.connect(settings.database, autocommit=True) as connection:
        eventually(lambda: connection.execute(waiting).fetchone() == (many,))


def test_a_reader_never_sees_what_lies_above_a_hole(shared: Settings, worlds: tuple[World, World], gate: Gate) -> None:
    one, other = worlds
    seen = one.see(newest)
    with ThreadPoolExecutor(4) as pool:
        held = pool.submit(one.do, None, gate.add)
        assert gate.reached.wait(30)
        later = [pool.submit(other.do, None, lambda tx, n=n: actions.add(tx, name=f"later {n}").id) for n in range(3)]
        _wait_until_they_queue_up(shared, 3)
        assert other.see(next_after, seen) == (seen, [], True, ())
        assert other.see(missed_since, seen, frozenset({"everyone"})) == (seen, [], True, ())
        gate.opened.set()
        ids = [held.result(30), *(one.result(30) for one in later)]
    read = other.see(next_after, seen)
    shown = [update.id for update in read.updates if update.kind == "contact"]
    assert (shown[0], set(shown)) == (ids[0], set(ids))
    assert (read.seq, read.is_whole) == (seen + len(read.facts), True)


def test_another_workspace_does_not_wait(shared: Settings, worlds: tuple[World, World], gate: Gate) -> None:
    one, other = worlds
    elsewhere = make_world(other.units)
    with ThreadPoolExecutor(1) as pool:
        held = pool.submit(one.do, None, gate.add)
        assert gate.reached.wait(30)
        assert elsewhere.do(None, lambda tx: actions.add(tx, name="passes").id)
        gate.opened.set()
        held.result(30)


def _names(frame: Frame) -> list[str]:
    return [row["name"] for row in upserted("contact")(frame) or []]


def test_a_desk_on_another_node_misses_nothing(nodes: Pair, gate: Gate) -> None:
    one, other = nodes
    admin = one.set_up()
    workspace_id = admin.get("/api/session").json()["workspace"]["id"]
    here = World(one.app.state.units, workspace_id, "", "", "")
    there = World(other.app.state.units, workspace_id, "", "", "")
    names: list[str] = []
    with open_desk(other, admin) as (desk, _), ThreadPoolExecutor(4) as pool:
        held = pool.submit(here.do, None, gate.add)
        assert gate.reached.wait(30)
        later = [pool.submit(there.do, None, lambda tx, n=n: actions.add(tx, name=f"later {n}").id) for n in range(3)]
        _wait_until_they_queue_up(one.settings, 3)
        gate.opened.set()
        for one_of_them in (held, *later):
            one_of_them.result(30)
        until(desk, lambda frame: names.extend(_names(frame)) or len(names) == 4)
    assert names[0] == HELD
    assert set(names) == {HELD, "later 0", "later 1", "later 2"}
