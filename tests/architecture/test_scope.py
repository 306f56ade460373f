"""Every statement on a workspace's rows names the workspace: seen in what is really sent to the database."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, event

from helpline.app.schema import METADATA
from helpline.core import Actor
from helpline.people.permissions import ROLES
from tests.app.every_route import calls
from tests.app.furnished import furnished, token_for
from tests.make import World
from tests.running import Running

SCOPED = {table.name for table in METADATA.sorted_tables if "workspace_id" in table.columns}
ACROSS = (
    "FROM agent JOIN workspace",
    "WHERE job.due_at <= ",
    "min(job.due_at)",
    "connection.node_id NOT IN",
    "counter.workspace_id IN ",
    "SELECT DISTINCT payload.workspace_id",
    "SELECT DISTINCT channel.workspace_id",
    "SELECT DISTINCT delivery.workspace_id",
    "SELECT DISTINCT file.workspace_id",
    "DELETE FROM lease WHERE lease.holder IN",
)
"""What looks across workspaces on purpose: sign-in, jobs and lines, the sweep after dead nodes, what other nodes committed."""
_NAME = r"[a-z_]+(?: AS \w+)?"
_TABLES = re.compile(rf"\b(?:FROM|JOIN|UPDATE)\s+({_NAME}(?:, {_NAME})*)")
_GIVEN = re.compile(r"workspace_id = (?:\?|%\(|CAST\()")


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
    """Whether some table is read or changed without its workspace: each has to name it, by a value or by another table's."""
    if statement.startswith("INSERT") or any(part in " ".join(statement.split()) for part in ACROSS):
        return False
    named = {name for group in _TABLES.findall(statement) for name in group.split(", ")}
    called = [name.split(" AS ")[-1] for name in named if name.split(" AS ")[0] in SCOPED]
    if not called:
        return False
    bound = [re.search(rf"\b{name}\.workspace_id = |= {name}\.workspace_id\b", statement) for name in called]
    return not all(bound) or _GIVEN.search(statement) is None


@pytest.mark.parametrize(
    ("statement", "is_unscoped"),
    [
        ("SELECT team.id FROM team WHERE team.workspace_id = ? AND team.id = ?", False),
        ("SELECT team.id FROM team WHERE team.id = ?", True),
        ("SELECT a.id FROM team AS a JOIN agent ON agent.id = a.id WHERE a.workspace_id = ?", True),
        (
            "SELECT a.id FROM team AS a JOIN agent ON agent.workspace_id = a.workspace_id WHERE a.workspace_id = ?",
            False,
        ),
        ("SELECT team.id FROM team, agent WHERE team.workspace_id = ?", True),
        ("SELECT team.id FROM team, agent WHERE team.workspace_id = agent.workspace_id", True),
        ("UPDATE team SET name = ? WHERE team.id = ?", True),
    ],
)
def test_a_join_names_the_workspace_of_each_table(statement: str, is_unscoped: bool) -> None:
    assert _unscoped(statement) is is_unscoped


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


def test_every_route_stays_in_its_workspace(running: Running, statements: list[str]) -> None:
    world, rows = furnished(running.app.state.units, "Acme")
    admin = Actor("agent", world.workspace_id, world.admin, "Ada", ROLES["administrator"])
    client = running.client(token_for(world, admin))
    del statements[:]
    for call in calls(running.app):
        if call.permission not in {"", "public", "visitor"}:
            client.request(**call.request(rows))
    assert len(statements) > 300
    assert sorted({statement for statement in statements if _unscoped(statement)}) == []
