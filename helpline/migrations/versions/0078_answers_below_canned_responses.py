"""Canned responses have answers to choose from.

Revision ID: 0078
Revises: 0076
"""

import sqlalchemy as sa
from alembic import op

revision = "0078"
down_revision = "0076"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("canned_response", sa.Column("choices", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("canned_response", "choices")
