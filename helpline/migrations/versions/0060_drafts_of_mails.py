"""A draft keeps what was decided of the mail that it becomes.

Revision ID: 0060
Revises: 0059
"""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("draft", sa.Column("mail", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("draft", "mail")
