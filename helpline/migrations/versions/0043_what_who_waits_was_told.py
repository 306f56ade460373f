"""What a contact who waits was told last: their place in the queue, and until when it is closed.

Revision ID: 0043
Revises: 0042
"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

MOMENTS = ("place_told_at", "closed_told_until")


def upgrade() -> None:
    op.add_column("conversation", sa.Column("place_told", sa.Integer(), nullable=True))
    for name in MOMENTS:
        op.add_column("conversation", sa.Column(name, sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for name in ("place_told", *MOMENTS):
        op.drop_column("conversation", name)
