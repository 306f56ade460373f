"""Offers: for whom a conversation is reserved and until when, who let it go by, and breaks that began by that.

Revision ID: 0029
Revises: 0028
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversation", sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("conversation", sa.Column("offered_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("conversation", sa.Column("missed_by", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("presence", sa.Column("cause", sa.String(length=20), nullable=True))


def downgrade() -> None:
    op.drop_column("presence", "cause")
    op.drop_column("conversation", "missed_by")
    op.drop_column("conversation", "offered_until")
    op.drop_column("conversation", "offered_at")
