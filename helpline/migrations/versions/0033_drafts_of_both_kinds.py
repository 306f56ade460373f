"""A reply and a note may both be begun in a conversation.

Revision ID: 0033
Revises: 0032
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("draft", sa.Column("aside", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("draft", "aside")
