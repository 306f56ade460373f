"""Rows by their keys: read once in a unit, true to what the unit changes, and read anew by whoever waited for a lock."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, update

from helpline.conversations import Conversation
from helpline.conversations.messages import advance
from helpline.core import Tx
from helpline.people import Presence
from helpline.people.models import CustomRole
from helpline.people.queries import hold_teams
from tests.make import World


@contextmanager
def overheard(tx: Tx) -> Iterator[list[str]]:
    """What is said to the database meanwhile."""
    heard: list[str] = []

    def note(_connection: Any, _cursor: Any, sql: str, *_more: Any) -> None:
        heard.append(sql)

    event.listen(tx.connection, "before_cursor_execute", note)
    try:
        yield heard
    finally:
        event.remove(tx.connection, "before_cursor_execute", note)


def test_a_row_is_read_once_in_a_unit(world: World) -> None:
    written = world.write(world.visitor())

    def read(tx: Tx) -> int:
        with overheard(tx) as heard:
            for _ in range(3):
                assert tx.get(Conversation, written.conversation_id).last_seq
        return len(heard)

    assert world.see(read) == 1


def test_a_row_that_is_held_is_not_locked_again(world: World) -> None:
    written = world.write(world.visitor())

    def hold(tx: Tx) -> int:
        with overheard(tx) as heard:
            for _ in range(3):
                (row,) = tx.lock(Conversation, written.conversation_id)
                assert row is tx.get(Conversation, written.conversation_id)
        return len(heard)

    assert world.do(None, hold) == 1


def test_what_a_statement_moves_on_is_seen_in_the_row(world: World) -> None:
    written = world.write(world.visitor())

    def move(tx: Tx) -> tuple[int, int]:
        row = tx.get(Conversation, written.conversation_id)
        before = row.last_seq
        moved = advance(tx, row.id, by="event")
        return row.last_seq - before, moved.last_seq - before

    assert world.do(None, move) == (1, 1)


def test_what_is_changed_in_a_row_is_written_before_the_next_statement(world: World) -> None:
    written = world.write(world.visitor())

    def change(tx: Tx) -> str:
        row = tx.get(Conversation, written.conversation_id)
        row.contact_name, row.skills, row.page = "Ann", ["billing"], row.page
        return advance(tx, row.id, by="event").contact_name

    assert world.do(None, change) == "Ann"
    kept = world.conversation(written.conversation_id)
    assert (kept.contact_name, kept.skills) == ("Ann", ["billing"])


def test_a_row_that_was_deleted_is_found_no_more(world: World) -> None:
    role = CustomRole(workspace_id=world.workspace_id, id="r", name="Night", permissions=[])

    def delete(tx: Tx) -> Any:
        role.created_at = tx.now
        tx.db.add(role)
        found = tx.get(CustomRole, "r")
        tx.db.delete(found)
        tx.flush()
        return tx.find(CustomRole, "r")

    assert world.do(None, delete) is None


def test_who_waited_for_a_lock_sees_what_others_did_meanwhile(world: World) -> None:
    agent = world.agent("Bo")

    def wait(tx: Tx) -> tuple[int, int]:
        before = tx.get(Presence, agent.id).capacity
        if tx.connection.dialect.name == "postgresql":
            world.do(None, _widen, agent.id)
        hold_teams(tx, world.team)
        return before, tx.get(Presence, agent.id).capacity

    before, after = world.do(None, wait)
    assert after - before == (1 if world.units.lanes.kind == "postgresql" else 0)


FIRST = """
from collections import namedtuple
from sqlalchemy.orm import Session
from helpline.core.rows import adopt, reading
from helpline.people.models import Team

columns = Team.__table__.columns.keys()
reading(Team, held=False)
row = namedtuple("Row", columns)(**dict.fromkeys(columns) | {"workspace_id": "w", "id": "t", "name": "First"})
print(adopt(Session(), Team, row).name)
"""


def test_the_first_thing_that_a_process_does_may_be_to_read_a_row() -> None:
    done = subprocess.run([sys.executable, "-c", FIRST], check=True, capture_output=True, text=True)
    assert done.stdout == "First\n"


def _widen(tx: Tx, agent_id: str) -> int:
    mine = (Presence.workspace_id == tx.workspace_id, Presence.id == agent_id)
    return tx.execute(update(Presence).where(*mine).values(capacity=Presence.capacity + 1)).rowcount
