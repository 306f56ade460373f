"""What keeps a mailbox from being read, beside how its channel stands otherwise.

Revision ID: 0075
Revises: 0074
"""

import sqlalchemy as sa
from alembic import op

revision = "0075"
down_revision = "0074"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("channel_health", sa.Column("unread", sa.Text(), nullable=False, server_default=""))
    op.add_column("channel_health", sa.Column("unread_since", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column("channel_health", "unread_since")
    op.drop_column("channel_health", "unread")
