"""Texts that are written once and said often."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "canned_response",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("shortcut", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("shared_with", sa.String(length=10), nullable=False),
        sa.Column("agent_id", sa.String(length=36), nullable=False),
        sa.Column("team_ids", sa.JSON(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.CheckConstraint("shared_with IN ('me', 'teams', 'everybody')", name=op.f("canned_response_shared_with")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "agent_id"],
            ["agent.workspace_id", "agent.id"],
            name=op.f("canned_response_to_agent_agent_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("canned_response_key")),
        sqlite_with_rowid=False,
    )
    op.create_index("canned_response_by_shortcut", "canned_response", ["workspace_id", "shortcut"])
