"""One name once, in the database too. Doubles that are there are renamed; what leads nowhere is switched off."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

MINE, EVERYBODYS = "active AND shared_with = 'me'", "active AND shared_with = 'everybody'"
INDEXES: list[tuple[str, str, list[str], str, int]] = [
    ("break_reason_one_label", "break_reason", ["label"], "", 120),
    ("reason_one_heading", "reason", ["label"], "parent_id IS NULL", 120),
    ("canned_response_one_of_mine", "canned_response", ["shortcut", "agent_id", "language"], MINE, 40),
    ("canned_response_one_of_all", "canned_response", ["shortcut", "language"], EVERYBODYS, 40),
]
"""Name, table, columns after the workspace, for which rows, and how long the first column may be."""


def upgrade() -> None:
    connection = op.get_bind()
    for name, table, columns, rows, longest in INDEXES:
        _rename_doubles(connection, table, columns, rows, longest)
        where = sa.text(rows) if rows else None
        op.create_index(
            name, table, ["workspace_id", *columns], unique=True, sqlite_where=where, postgresql_where=where
        )
    # Since nothing may be on that leads to what is off, there should be none of these; there may be from before.
    of_category = "c.workspace_id = channel.workspace_id AND c.id = channel.category_id AND NOT c.active"
    op.execute(f"UPDATE channel SET active = false WHERE EXISTS (SELECT 1 FROM channel_category c WHERE {of_category})")
    to_team = "c.workspace_id = team.workspace_id AND c.team_id = team.id AND c.active"
    op.execute(f"UPDATE team SET active = true WHERE EXISTS (SELECT 1 FROM channel_category c WHERE {to_team})")


def _rename_doubles(connection: Any, table: str, columns: list[str], rows: str, longest: int) -> None:
    # The oldest keeps its name.
    chosen = f"SELECT workspace_id, id, {', '.join(columns)} FROM {table} WHERE {rows or 'true'} ORDER BY id"
    seen: set[tuple[Any, ...]] = set()
    for workspace_id, id, name, *rest in connection.execute(sa.text(chosen)).all():
        number, free = 1, name
        while (workspace_id, free, *rest) in seen:
            number += 1
            free = f"{name[: longest - 8]}-{number}"
        seen.add((workspace_id, free, *rest))
        if free != name:
            change = f"UPDATE {table} SET {columns[0]} = :name WHERE workspace_id = :workspace AND id = :id"
            connection.execute(sa.text(change), {"name": free, "workspace": workspace_id, "id": id})
