"""What the browser of a visitor tells.

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

COLUMNS = {"time_zone": 64, "browser": 100}


def upgrade() -> None:
    for name, length in COLUMNS.items():
        op.add_column("contact_point", sa.Column(name, sa.String(length=length), nullable=False, server_default=""))


def downgrade() -> None:
    for name in COLUMNS:
        op.drop_column("contact_point", name)
