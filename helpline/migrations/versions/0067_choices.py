"""Answers that are offered to choose from: what stands in drafts, and which message asks.

Revision ID: 0067
Revises: 0064
"""

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0064"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversation", sa.Column("asked_seq", sa.Integer(), nullable=True))
    op.add_column("draft", sa.Column("choices", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("draft", "choices")
    op.drop_column("conversation", "asked_seq")
