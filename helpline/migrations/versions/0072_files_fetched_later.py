"""A file that cannot be fetched for now is fetched later.

Revision ID: 0072
Revises: 0071
"""

import sqlalchemy as sa
from alembic import op

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None

AWAITED = sa.text("state = 'awaited'")


def upgrade() -> None:
    op.add_column("file", sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("file", sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("file", sa.Column("trouble", sa.String(500), nullable=False, server_default=""))
    op.create_index("file_awaited", "file", ["workspace_id", "due_at"], sqlite_where=AWAITED, postgresql_where=AWAITED)
    op.execute(
        "UPDATE workspace SET storage_used = storage_used - COALESCE("
        "(SELECT SUM(size) FROM file WHERE workspace_id = workspace.id AND state IN ('awaited', 'missing')), 0)"
    )
    op.execute("UPDATE file SET due_at = created_at WHERE state = 'awaited'")


def downgrade() -> None:
    op.drop_index("file_awaited", "file")
    for name in ("due_at", "attempts", "trouble"):
        op.drop_column("file", name)
