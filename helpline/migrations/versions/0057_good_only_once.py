"""Whether an attempt went by something that is good only once.

Revision ID: 0057
Revises: 0052
"""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("delivery_attempt", sa.Column("once", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("delivery_attempt", "once")
