"""What agents have begun to write is kept on the server."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("agent_id", sa.String(length=36), nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("visibility", sa.String(length=10), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("empty", sa.Boolean(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "agent_id"], ["agent.workspace_id", "agent.id"], name=op.f("draft_to_agent_agent_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "conversation_id"],
            ["conversation.workspace_id", "conversation.id"],
            name=op.f("draft_to_conversation_conversation_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("draft_key")),
        sa.UniqueConstraint(
            "workspace_id",
            "agent_id",
            "conversation_id",
            name=op.f("draft_one_workspace_id_agent_id_conversation_id"),
        ),
        sqlite_with_rowid=False,
    )
