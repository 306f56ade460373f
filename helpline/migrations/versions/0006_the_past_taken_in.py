"""What was taken in from elsewhere, by the id it had there."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "taken_in",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("external_id", sa.String(length=150), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "kind", "external_id", name=op.f("taken_in_key")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("taken_in", schema=None) as batch_op:
        batch_op.create_index("taken_in_by_id", ["workspace_id", "kind", "id"], unique=False)
