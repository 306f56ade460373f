"""Facts that reports begin with are found by their time."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TOPICS = sa.text("topic = 'conversation.opened' OR topic = 'conversation.answered'")


def upgrade() -> None:
    op.create_index(
        "fact_by_time",
        "fact",
        ["workspace_id", "topic", "at", "seq"],
        unique=False,
        sqlite_where=TOPICS,
        postgresql_where=TOPICS,
    )
