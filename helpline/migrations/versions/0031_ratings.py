"""What contacts thought of a service.

Revision ID: 0031
Revises: 0030
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rating",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("agent_id", sa.String(length=36), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stars", sa.Integer(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "id"],
            ["conversation.workspace_id", "conversation.id"],
            name=op.f("rating_to_conversation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "agent_id"],
            ["agent.workspace_id", "agent.id"],
            name=op.f("rating_to_agent_agent_id"),
        ),
        sa.CheckConstraint("stars BETWEEN 1 AND 5", name=op.f("rating_stars")),
        sa.CheckConstraint("(stars IS NULL) = (rated_at IS NULL)", name=op.f("rating_rated")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("rating_key")),
        sqlite_with_rowid=False,
    )
    op.create_index("rating_by_time", "rating", ["workspace_id", "asked_at"])
    op.add_column("conversation", sa.Column("rating_asked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("service_record", sa.Column("rating", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("service_record", "rating")
    op.drop_column("conversation", "rating_asked_at")
    op.drop_table("rating")
