"""Who is asked which team a conversation goes to.

Revision ID: 0041
Revises: 0040
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversation", sa.Column("decider", sa.String(length=10), nullable=True))
    op.add_column("conversation", sa.Column("choices", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("workspace", sa.Column("secret_version", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("workspace", "secret_version")
    op.drop_column("conversation", "choices")
    op.drop_column("conversation", "decider")
