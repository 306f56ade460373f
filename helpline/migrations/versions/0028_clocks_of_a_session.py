"""When an agent, and when the supervisors were told that a contact waits for an answer.

Revision ID: 0028
Revises: 0027
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

COLUMNS = ("agent_reminded_at", "escalated_at")


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column("conversation", sa.Column(name, sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for name in COLUMNS:
        op.drop_column("conversation", name)
