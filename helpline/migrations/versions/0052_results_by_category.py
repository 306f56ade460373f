"""Results that are given by themselves in some channel categories only.

Revision ID: 0052
Revises: 0051
"""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("result", sa.Column("automatic_in", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("result", "automatic_in")
