"""Every statement on a workspace's rows names the workspace: seen in what is really sent to the database."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, event

from helpline.app.schema import METADATA
from tests.make import World

SCOPED = {table.name for table in METADATA.sorted_tables if "workspace_id" in table.columns}
ACROSS = ("FROM agent JOIN workspace", "FROM job", "min(job.due_at)", "FROM connection")
"""What looks across workspaces on purpose: sign-in, the job loop, the sweep after dead nodes."""
_TABLES = re.compile(r"\b(?:FROM|JOIN|UPDATE)\s+([a-z_]+)")


@pytest.fixture
def statements() -> Iterator[list[str]]:
    """Every statement that is sent from now on."""
    sent: list[str] = []

    def keep(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", keep)
    yield sent
    event.remove(Engine, "before_cursor_execute", keep)


def _unscoped(statement: str) -> bool:
    named = set(_TABLES.findall(statement)) & SCOPED
    if not named or statement.startswith("INSERT") or any(part in statement for part in ACROSS):
        return False
    _, _, condition = statement.partition("WHERE")
    return "workspace_id = " not in condition


def test_a_whole_service_stays_in_its_workspace(world: World, statements: list[str]) -> None:
    from helpline.conversations import answering, queries, serving, waiting
    from helpline.conversations.shapes import MessageIn
    from helpline.core import new_id
    from helpline.service_records import actions as records
    from helpline.service_records import listing

    agent, other, visitor = world.agent("Bo"), world.agent("Cy", ready=False), world.visitor()
    message = world.write(visitor)
    said = MessageIn(id=new_id(), text="Hi", seen_up_to=99)
    world.do(agent, lambda tx: answering.send(tx, message.conversation_id, said).seq)
    world.do(agent, lambda tx: serving.transfer(tx, message.conversation_id, agent_id=other.id, team_id=None).id)
    [record] = world.records()
    result, reason = world.choices()
    world.do(other, lambda tx: records.complete(tx, record.id, result_id=result, reason_ids=[reason]).id)
    world.do(agent, lambda tx: queries.in_view(tx, "all", team_id=None, limit=5, after=None)[1])
    world.do(agent, lambda tx: listing.page(tx, listing.Filters(reason_id=(reason,)), 5).next)
    world.do(agent, lambda tx: len(waiting.queues(tx)))
    assert len(statements) > 100
    assert [statement for statement in statements if _unscoped(statement)] == []
