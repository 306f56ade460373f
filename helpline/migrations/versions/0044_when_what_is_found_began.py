"""The index of words knows when the service of a record began.

Revision ID: 0044
Revises: 0043
"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("findable", sa.Column("at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "UPDATE findable SET at = (SELECT started_at FROM service_record"
        " WHERE service_record.workspace_id = findable.workspace_id AND service_record.id = findable.id)"
    )
    op.drop_index("findable_by_number", "findable")
    op.create_index("findable_by_number", "findable", ["workspace_id", "number", "at", "id"])


def downgrade() -> None:
    op.drop_index("findable_by_number", "findable")
    op.create_index("findable_by_number", "findable", ["workspace_id", "number", "id"])
    op.drop_column("findable", "at")
