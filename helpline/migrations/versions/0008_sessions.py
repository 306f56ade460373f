"""When a signed-in browser was last used, and passwords that were chosen by somebody else."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("agent", schema=None) as batch_op:
        batch_op.add_column(sa.Column("password_due", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        never = sa.text("'1970-01-01 00:00:00'")
        batch_op.add_column(sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False, server_default=never))
    op.execute("UPDATE sign_in SET seen_at = created_at")
