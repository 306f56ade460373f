"""Stays in queues."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "visit",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("team_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=True),
        sa.Column("agent_id", sa.String(length=36), nullable=True),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.Column("in_target", sa.Boolean(), nullable=False),
        sa.Column("is_short", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(left_at IS NULL) = (outcome IS NULL)", name=op.f("visit_left")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "conversation_id"],
            ["conversation.workspace_id", "conversation.id"],
            name=op.f("visit_to_conversation_conversation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"], ["team.workspace_id", "team.id"], name=op.f("visit_to_team_team_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "agent_id"], ["agent.workspace_id", "agent.id"], name=op.f("visit_to_agent_agent_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("visit_key")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.create_index("visit_by_conversation", ["workspace_id", "conversation_id"], unique=False)
        batch_op.create_index("visit_by_left", ["workspace_id", "left_at"], unique=False)
        batch_op.create_index(
            "visit_one_open",
            ["workspace_id", "conversation_id"],
            unique=True,
            sqlite_where=sa.text("left_at IS NULL"),
            postgresql_where=sa.text("left_at IS NULL"),
        )
