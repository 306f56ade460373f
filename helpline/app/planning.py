"""What SQLite's planner is told of our tables.

Every key begins with the workspace, and an installation has few: so the workspace alone finds nearly everything, and the column
after it nearly nothing. Without being told, SQLite takes the first column of a key for a good one, and reads the whole workspace
where an index has the very rows. Told once and for all, plans are the same on the first day and after a million rows.
"""

from sqlalchemy import Connection

ROWS = 1_000_000
FEW = 1000
"""Rows of an index over some only: what is open, waits, or was not sent."""
FEW_VALUES = {"state", "topic", "kind", "connected", "active"}
"""Columns that narrow down little."""
A_QUARTER = 4
SOME = 30
"""Rows that share what other columns hold: an agent, a conversation, an address."""


def tell_planner(connection: Connection) -> None:
    """Write the planner's statistics for all tables that there are now; read when a connection is opened."""
    connection.exec_driver_sql("ANALYZE sqlite_master")  # makes the table of statistics
    connection.exec_driver_sql("DELETE FROM sqlite_stat1")
    tables = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    for (table,) in tables.all():
        for _, index, is_unique, origin, is_partial in connection.exec_driver_sql(
            f"PRAGMA index_list('{table}')"
        ).all():
            columns = [row[2] for row in connection.exec_driver_sql(f"PRAGMA index_info('{index}')").all()]
            if columns[0] == "workspace_id":
                # The key of a table without row numbers is the table itself, and is spoken of by its name.
                row = (
                    table,
                    table if origin == "pk" else index,
                    statistics(columns, is_unique=bool(is_unique), rows=FEW if is_partial else ROWS),
                )
                connection.exec_driver_sql("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?, ?, ?)", row)


def statistics(columns: list[str | None], *, is_unique: bool, rows: int = ROWS) -> str:
    """How many rows there are, and how many on average share the first column, the first two, and so on."""
    shared, told = rows, [rows]
    for column in columns:
        if column in FEW_VALUES:
            shared = max(shared // A_QUARTER, 1)
        elif column != "workspace_id":
            shared = SOME if shared > SOME else 1
        told.append(shared)
    if is_unique:
        told[-1] = 1
    return " ".join(map(str, told))
