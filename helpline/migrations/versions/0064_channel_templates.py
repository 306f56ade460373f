"""The texts that the provider of a channel approved, so that agents can send them when the window is closed.

Revision ID: 0064
Revises: 0063
"""

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "channel_templates",
        sa.Column("workspace_id", sa.String(36), nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "id"], ["channel.workspace_id", "channel.id"], name="channel_templates_to_channel_id"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="channel_templates_key"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("channel_templates")
