"""Contacts that are one person are merged, and that can be undone.

Revision ID: 0040
Revises: 0033
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("contact", sa.Column("merged_into_id", sa.String(length=36), nullable=True))
    op.create_table(
        "contact_merge",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("contact_id", sa.String(length=36), nullable=False),
        sa.Column("merged", sa.JSON(), nullable=False),
        sa.Column("filled", sa.JSON(), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.String(length=36), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contact.workspace_id", "contact.id"],
            name=op.f("contact_merge_to_contact_contact_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("contact_merge_key")),
        sqlite_with_rowid=False,
    )
    op.create_index("contact_merge_by_contact", "contact_merge", ["workspace_id", "contact_id", "at"])


def downgrade() -> None:
    op.drop_table("contact_merge")
    op.drop_column("contact", "merged_into_id")
