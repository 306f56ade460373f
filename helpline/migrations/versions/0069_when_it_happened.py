"""When contacts wrote last, and when they were last said to be reachable, by the clock of their channel's provider.

Revision ID: 0069
Revises: 0068
"""

import sqlalchemy as sa
from alembic import op

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("heard_at", "reachable_at"):
        op.add_column("contact_point", sa.Column(name, sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for name in ("heard_at", "reachable_at"):
        op.drop_column("contact_point", name)
