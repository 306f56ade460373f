"""Files that were never sent go, and a workspace's files have a limit. What is there stays, and is not limited."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("workspace", sa.Column("storage_limit", sa.BigInteger(), nullable=True))
    op.add_column("file", sa.Column("state", sa.String(length=10), nullable=False, server_default="sent"))
    unsent = sa.text("state <> 'sent'")
    op.create_index(
        "file_not_sent", "file", ["workspace_id", "created_at"], sqlite_where=unsent, postgresql_where=unsent
    )
