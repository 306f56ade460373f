"""The index of the full-text search. What is there already is noted by the server once it runs, step by step.

Revision ID: 0027
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    embedded = op.get_bind().dialect.name == "sqlite"
    op.create_table(
        "posting",
        sa.Column("workspace_id", sa.String(36), nullable=False),
        sa.Column("word", sa.String(40, collation=None if embedded else "C"), nullable=False),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.Column("numbers", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "word", "block", name="posting_key"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "findable",
        sa.Column("workspace_id", sa.String(36), nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="findable_key"),
        sqlite_with_rowid=False,
    )
    op.create_index("findable_by_number", "findable", ["workspace_id", "number", "id"])
