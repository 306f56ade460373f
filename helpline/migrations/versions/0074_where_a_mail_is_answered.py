"""Another address at which the author of a mail wants to be answered.

Revision ID: 0074
Revises: 0073
"""

import sqlalchemy as sa
from alembic import op

revision = "0074"
down_revision = "0073"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mail", sa.Column("answer_to", sa.String(254), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("mail", "answer_to")
