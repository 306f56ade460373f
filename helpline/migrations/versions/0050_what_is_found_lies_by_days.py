"""The index of words goes by days. It is emptied here, and the server makes it anew beside its work.

Revision ID: 0050
Revises: 0045
"""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _empty()
    if op.get_bind().dialect.name != "sqlite":  # where an integer is as long as it is
        op.alter_column("findable", "number", type_=sa.BigInteger())


def downgrade() -> None:
    _empty()
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column("findable", "number", type_=sa.Integer())


def _empty() -> None:
    op.execute("DELETE FROM posting")
    op.execute("DELETE FROM findable")
    op.execute("UPDATE counter SET value = 0 WHERE name = 'searched'")
