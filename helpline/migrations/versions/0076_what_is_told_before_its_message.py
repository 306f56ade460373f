"""What is told of a message before the message waits for it.

Revision ID: 0076
Revises: 0075
"""

import sqlalchemy as sa
from alembic import op

revision = "0076"
down_revision = "0075"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "foretold",
        sa.Column("workspace_id", sa.String(36), nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("channel_id", sa.String(36), nullable=False),
        sa.Column("external_id", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("event", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "channel_id"],
            ["channel.workspace_id", "channel.id"],
            name="foretold_to_channel_channel_id",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="foretold_key"),
        sqlite_with_rowid=False,
    )
    op.create_index("foretold_by_message", "foretold", ["workspace_id", "channel_id", "external_id"])


def downgrade() -> None:
    op.drop_table("foretold")
