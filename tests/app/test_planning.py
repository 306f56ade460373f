"""SQLite finds rows by the index that was made for them, in an empty database as in a full one."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpline.app.planning import statistics

BY_INDEX = {
    "SELECT * FROM fact WHERE workspace_id = ? AND subject_id = ? ORDER BY seq LIMIT 100": "fact_by_subject",
    "SELECT at FROM fact WHERE workspace_id = ? AND subject_id = ? AND topic = ?": "fact_by_subject",
    "SELECT at FROM fact WHERE workspace_id = ? AND topic = 'conversation.answered' ORDER BY at, seq": "fact_by_time",
    "SELECT * FROM message WHERE workspace_id = ? AND conversation_id = ?": "sqlite_autoindex_message",
    "SELECT id FROM message WHERE workspace_id = ? AND channel_id = ? AND external_id = ?": "sqlite_autoindex_message",
    "SELECT * FROM conversation WHERE workspace_id = ? AND record_id = ? ORDER BY created_at": "conversation_by_record",
    "SELECT id FROM conversation WHERE workspace_id = ? AND contact_point_id = ? AND created_at < ? "
    "ORDER BY created_at DESC LIMIT 1": "conversation_by_contact_point",
    "SELECT * FROM conversation WHERE workspace_id = ? AND state = ? ORDER BY last_at DESC, id DESC LIMIT 50": (
        "conversation_by_time"
    ),
    "SELECT * FROM conversation WHERE workspace_id = ? AND agent_id = ? AND state != 'closed' ORDER BY last_at DESC": (
        "conversation_by_agent"
    ),
    "SELECT * FROM conversation WHERE workspace_id = ? AND (agent_id = ? OR team_id IN (?)) AND state != 'closed' "
    "ORDER BY last_at DESC, id DESC LIMIT 50": "conversation_one_open",
    "SELECT * FROM service_record WHERE workspace_id = ? AND contact_id = ? ORDER BY started_at DESC, id DESC LIMIT 50": (
        "service_record_by_contact"
    ),
    "SELECT * FROM contact_point WHERE workspace_id = ? AND contact_id = ?": "contact_point_by_contact",
}


@pytest.fixture
def connection(sqlite_template: Path) -> Iterator[sqlite3.Connection]:
    """A migrated, empty database."""
    opened = sqlite3.connect(f"file:{sqlite_template}?mode=ro", uri=True)
    yield opened
    opened.close()


@pytest.mark.parametrize("statement", BY_INDEX)
def test_a_question_is_answered_by_the_index_that_was_made_for_it(
    connection: sqlite3.Connection, statement: str
) -> None:
    plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}", ("x",) * statement.count("?")).fetchall()
    assert BY_INDEX[statement] in plan[0][3], plan


def test_a_row_is_found_by_its_key(connection: sqlite3.Connection) -> None:
    plan = connection.execute("EXPLAIN QUERY PLAN SELECT * FROM agent WHERE workspace_id = ? AND id = ?", ("x", "y"))
    assert "PRIMARY KEY (workspace_id=? AND id=?)" in plan.fetchall()[0][3]


def test_the_workspace_narrows_nothing_and_what_follows_it_does() -> None:
    assert statistics(["workspace_id", "id"], is_unique=True) == "1000000 1000000 1"
    assert statistics(["workspace_id", "subject_id", "seq"], is_unique=False) == "1000000 1000000 30 1"
    assert statistics(["workspace_id", "state", "at", "id"], is_unique=False) == "1000000 1000000 250000 30 1"
