"""Roles that a workspace makes itself."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "role",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("permissions", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("role_key")),
        sa.UniqueConstraint("workspace_id", "name", name=op.f("role_one_workspace_id_name")),
        sqlite_with_rowid=False,
    )
    # An agent's role may be the id of such a row now. SQLite does not look at the length of a text.
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("agent", "role", type_=sa.String(length=36), existing_nullable=False)
