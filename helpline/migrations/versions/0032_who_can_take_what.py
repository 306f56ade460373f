"""What agents can do and conversations need; the order of a queue with a priority that grows; whose contacts are whose.

Revision ID: 0032
Revises: 0031
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

_WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    op.create_table(
        "agent_skill",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("agent_id", sa.String(length=36), nullable=False),
        sa.Column("skill", sa.String(length=50), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "agent_id"], ["agent.workspace_id", "agent.id"], name=op.f("agent_skill_to_agent_agent_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "agent_id", "skill", name=op.f("agent_skill_key")),
        sqlite_with_rowid=False,
    )
    op.add_column("membership", sa.Column("priority", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("workspace", sa.Column("kind_limits", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("channel_category", sa.Column("skills", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("contact", sa.Column("agent_id", sa.String(length=36), nullable=True))
    op.add_column("owner", sa.Column("agent_id", sa.String(length=36), nullable=True))
    op.add_column("conversation", sa.Column("skills", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("conversation", sa.Column("lane", sa.String(length=560), nullable=False, server_default=""))
    op.add_column("conversation", sa.Column("urgency", sa.Float(), nullable=False, server_default="0"))
    op.execute("UPDATE conversation SET urgency = priority, lane = channel_kind || ':' WHERE state = 'waiting'")
    op.drop_index("conversation_queue", "conversation", if_exists=True)
    columns = ["workspace_id", "team_id", sa.text("urgency DESC"), "queued_at", "id"]
    op.create_index("conversation_queue", "conversation", columns, sqlite_where=_WAITING, postgresql_where=_WAITING)
    columns.insert(2, "lane")
    op.create_index("conversation_lane", "conversation", columns, sqlite_where=_WAITING, postgresql_where=_WAITING)
