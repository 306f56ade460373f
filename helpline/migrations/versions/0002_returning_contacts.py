"""Returning contacts, the workspace's zone and waiting target, and breaks that are switched off."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("workspace", schema=None) as batch_op:
        batch_op.add_column(sa.Column("last_agent_within", sa.Integer(), nullable=False, server_default="86400"))
        batch_op.add_column(sa.Column("wait_target", sa.Integer(), nullable=False, server_default="60"))
        batch_op.add_column(sa.Column("timezone", sa.String(length=64), nullable=False, server_default="UTC"))
    with op.batch_alter_table("break_reason", schema=None) as batch_op:
        batch_op.add_column(sa.Column("active", sa.Boolean(), nullable=False, server_default=sa.true()))
