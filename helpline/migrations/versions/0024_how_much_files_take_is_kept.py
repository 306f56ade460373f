"""How much the files of a workspace take is kept beside it, and no longer added up.

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("workspace", sa.Column("storage_used", sa.BigInteger(), nullable=False, server_default="0"))
    op.execute(
        "UPDATE workspace SET storage_used = "
        "(SELECT COALESCE(SUM(size), 0) FROM file WHERE file.workspace_id = workspace.id)"
    )
    op.drop_index("file_size", "file")
