"""Channels of other kinds: what they are told, what came in, what goes out, and what messages hold on them.

Revision ID: 0051
Revises: 0050
"""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

RECEIVED = sa.text("state = 'received'")
UNDER_WAY = sa.text("state IN ('queued', 'sending')")
COLUMNS = {
    "channel": [("settings", sa.JSON(), "{}"), ("sealed", sa.JSON(), "{}")],
    "contact_point": [("unreachable", sa.String(20), ""), ("reply_with", sa.JSON(), "{}")],
    "file": [("source", sa.JSON(), "{}")],
}


def _scoped(*columns: sa.Column[object]) -> list[sa.Column[object]]:
    return [
        sa.Column("workspace_id", sa.String(36), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        *columns,
    ]


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _text(name: str, length: int | None = None, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.String(length) if length else sa.Text(), nullable=nullable)


def _to(table: str, referred: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", column], [f"{referred}.workspace_id", f"{referred}.id"], name=f"{table}_to_{referred}_{column}"
    )


def upgrade() -> None:
    for table, columns in COLUMNS.items():
        for name, kind, default in columns:
            op.add_column(table, sa.Column(name, kind, nullable=False, server_default=default))
    op.add_column("message", sa.Column("details", sa.JSON(), nullable=True))
    op.add_column("conversation", _moment("reply_until", nullable=True))
    op.create_table(
        "channel_health",
        *_scoped(sa.Column("ok", sa.Boolean(), nullable=False), _text("detail"), _text("account", 200)),
        _moment("since"),
        _moment("heard_at", nullable=True),
        _to("channel_health", "channel", "id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="channel_health_key"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "payload",
        *_scoped(_text("channel_id", 36), _text("state", 12)),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("query", sa.JSON(), nullable=False),
        _text("url", 2000),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        _moment("at"),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        _text("error"),
        _to("payload", "channel", "channel_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="payload_key"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "payload_to_do",
        "payload",
        ["workspace_id", "channel_id", "id"],
        sqlite_where=RECEIVED,
        postgresql_where=RECEIVED,
    )
    op.create_index("payload_by_state", "payload", ["workspace_id", "state", "at", "id"])
    op.create_table(
        "delivery",
        *_scoped(_text("message_id", 36), sa.Column("part", sa.Integer(), nullable=False)),
        _text("conversation_id", 36),
        _text("channel_id", 36),
        _text("contact_point_id", 36),
        sa.Column("seq", sa.Integer(), nullable=False),
        _text("text"),
        sa.Column("file_ids", sa.JSON(), nullable=False),
        _text("state", 10),
        _moment("due_at"),
        sa.Column("attempts", sa.Integer(), nullable=False),
        _text("external_id", 200, nullable=True),
        _text("failure", 20),
        _text("detail"),
        _moment("created_at"),
        _moment("moved_at"),
        _to("delivery", "message", "message_id"),
        _to("delivery", "channel", "channel_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="delivery_key"),
        sa.UniqueConstraint("workspace_id", "message_id", "part", name="delivery_one_workspace_id"),
        sa.CheckConstraint(
            "state IN ('queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'unknown')", name="delivery_state"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "delivery_to_do",
        "delivery",
        ["workspace_id", "channel_id", "conversation_id", "seq", "part"],
        sqlite_where=UNDER_WAY,
        postgresql_where=UNDER_WAY,
    )
    op.create_index("delivery_by_external_id", "delivery", ["workspace_id", "channel_id", "external_id"])
    op.create_index("delivery_by_contact_point", "delivery", ["workspace_id", "contact_point_id", "state"])
    op.create_table(
        "delivery_attempt",
        *_scoped(_text("delivery_id", 36), sa.Column("number", sa.Integer(), nullable=False)),
        _moment("at"),
        _moment("ended_at", nullable=True),
        _text("outcome", 10),
        _text("failure", 20),
        _text("code", 60),
        _text("detail"),
        _to("delivery_attempt", "delivery", "delivery_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="delivery_attempt_key"),
        sa.UniqueConstraint("workspace_id", "delivery_id", "number", name="delivery_attempt_one_workspace_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "lease",
        sa.Column("workspace_id", sa.String(36), primary_key=True),
        sa.Column("name", sa.String(60), primary_key=True),
        _text("holder", 36),
        sa.PrimaryKeyConstraint("workspace_id", "name", name="lease_key"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for table in ("lease", "delivery_attempt", "delivery", "payload", "channel_health"):
        op.drop_table(table)
    op.drop_column("conversation", "reply_until")
    op.drop_column("message", "details")
    for table, columns in COLUMNS.items():
        for name, _, _ in columns:
            op.drop_column(table, name)
