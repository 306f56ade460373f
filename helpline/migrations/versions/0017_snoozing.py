"""Conversations can be put aside.

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

COLUMNS = ("snoozed_at", "snoozed_until", "woken_at")


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column("conversation", sa.Column(name, sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for name in COLUMNS:
        op.drop_column("conversation", name)
