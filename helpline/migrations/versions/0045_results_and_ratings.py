"""Results that are given by themselves or on some services only, records by their rating, and words that are gone from notes.

Revision ID: 0045
Revises: 0044
"""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

AUTOMATIC = sa.text("automatic")
RATED = sa.text("rating IS NOT NULL")


def upgrade() -> None:
    op.add_column("result", sa.Column("applies_to", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("result", sa.Column("automatic", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(
        "result_one_automatic",
        "result",
        ["workspace_id"],
        unique=True,
        sqlite_where=AUTOMATIC,
        postgresql_where=AUTOMATIC,
    )
    op.create_index(
        "service_record_by_rating",
        "service_record",
        ["workspace_id", "rating", "started_at", "id"],
        sqlite_where=RATED,
        postgresql_where=RATED,
    )
    op.add_column("findable", sa.Column("noted", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("findable", "noted")
    op.drop_index("service_record_by_rating", "service_record")
    op.drop_index("result_one_automatic", "result")
    op.drop_column("result", "automatic")
    op.drop_column("result", "applies_to")
