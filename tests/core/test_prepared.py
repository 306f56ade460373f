"""A prepared statement is like any other, only quicker."""

from typing import Any

import pytest
from sqlalchemy import Engine, bindparam, event, insert, select, update
from sqlalchemy.exc import IntegrityError, ProgrammingError

from helpline.conversations import Conversation, Message
from helpline.core import Prepared, Tx
from helpline.core.facts import Counter
from tests.make import World

_TABLE: Any = Conversation.__table__
_READ = select(_TABLE).where(_TABLE.c.workspace_id == bindparam("workspace"), _TABLE.c.id == bindparam("sought"))


def test_it_gives_the_rows_that_sqlalchemy_gives(world: World) -> None:
    written = world.write(world.visitor())
    both = Prepared(_READ)

    def read(tx: Tx) -> tuple[Any, Any]:
        given = {"workspace": tx.workspace_id, "sought": written.conversation_id}
        return tx.say(both, **given), tx.execute(_READ, given).one()

    quick, usual = world.do(world.agent("Bo"), read)
    assert tuple(quick) == tuple(usual)
    assert quick.created_at == usual.created_at
    assert quick._fields == tuple(usual._fields)


def test_there_may_be_no_row(world: World) -> None:
    assert world.do(world.agent("Bo"), lambda tx: tx.say(Prepared(_READ), workspace="?", sought="?")) is None


def test_what_breaks_a_rule_of_the_database_is_said_as_ever(world: World) -> None:
    again = Prepared(insert(Counter))

    def twice(tx: Tx) -> None:
        tx.say(again, workspace_id=tx.workspace_id, name="mine", value=1)
        with pytest.raises(IntegrityError, match=r"(?i)unique"):
            tx.say(again, workspace_id=tx.workspace_id, name="mine", value=1)

    world.do(world.agent("Bo"), twice)


def test_a_value_that_is_not_given_is_missed(world: World) -> None:
    with pytest.raises((KeyError, ProgrammingError), match="value"):
        world.do(world.agent("Bo"), lambda tx: tx.say(Prepared(insert(Counter)), workspace_id="w", name="mine"))


def test_a_default_that_python_makes_is_refused(world: World) -> None:
    table: Any = Message.__table__
    some = Prepared(insert(table).values(workspace_id=bindparam("workspace"), seq=bindparam("seq")))
    with pytest.raises(ValueError, match="default"):
        world.do(world.agent("Bo"), lambda tx: tx.say(some, workspace=tx.workspace_id, seq=1))


def test_whoever_listens_to_the_engine_hears_it(world: World) -> None:
    heard: list[str] = []
    mine = update(Counter).where(Counter.workspace_id == bindparam("workspace")).values(value=Counter.value)
    agent = world.agent("Bo")

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        heard.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        world.do(agent, lambda tx: tx.say(Prepared(mine), workspace=tx.workspace_id))
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert any(statement.startswith("UPDATE counter") for statement in heard)
