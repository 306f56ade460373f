"""Visitors whom the site knows."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("contact") as contact:
        contact.add_column(sa.Column("external_id", sa.String(length=200), nullable=True))
    # An index and no constraint: for that SQLite would copy the table, and lose indexes of expressions on the way.
    op.create_index("contact_by_external_id", "contact", ["workspace_id", "external_id"], unique=True)
    with op.batch_alter_table("contact_point") as point:
        point.add_column(sa.Column("claims", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("channel") as channel:
        channel.add_column(sa.Column("identity_version", sa.Integer(), nullable=False, server_default="1"))
