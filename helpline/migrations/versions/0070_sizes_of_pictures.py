"""How large pictures are, so that a page leaves room for them.

Revision ID: 0070
Revises: 0069
"""

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0069"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("file", sa.Column("width", sa.Integer(), nullable=True))
    op.add_column("file", sa.Column("height", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("file", "height")
    op.drop_column("file", "width")
