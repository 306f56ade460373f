"""Why a message did not reach its contact, in a word of ours beside the provider's.

Revision ID: 0068
Revises: 0067
"""

import sqlalchemy as sa
from alembic import op

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("delivery", sa.Column("reason", sa.String(30), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("delivery", "reason")
