"""Filters under a name."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_view",
        sa.Column("workspace_id", sa.String(36), nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("agent_id", sa.String(36), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "agent_id"], ["agent.workspace_id", "agent.id"], name="saved_view_to_agent_agent_id"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="saved_view_key"),
        sqlite_with_rowid=False,
    )
    op.create_index("saved_view_by_agent", "saved_view", ["workspace_id", "agent_id", "name"])
