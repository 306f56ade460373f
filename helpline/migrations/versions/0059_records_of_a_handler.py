"""What is asked for along with a handler lies beside it.

Revision ID: 0059
Revises: 0058
"""

from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

NAME, TABLE = "service_record_by_handler", "service_record"
BEFORE = ["workspace_id", "handler_id", "started_at", "id"]


def upgrade() -> None:
    op.drop_index(NAME, TABLE)
    op.create_index(NAME, TABLE, [*BEFORE, "team_id", "result_id"])


def downgrade() -> None:
    op.drop_index(NAME, TABLE)
    op.create_index(NAME, TABLE, BEFORE)
