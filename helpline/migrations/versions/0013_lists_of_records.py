"""An index in the order of time for each filter of the list of service records."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

BY = {
    "team": "team_id",
    "result": "result_id",
    "category": "category_id",
    "owner": "owner_id",
    "channel_kind": "channel_kind",
}


def upgrade() -> None:
    op.create_index("service_record_by_end", "service_record", ["workspace_id", "ended_at", "id"])
    for name, column in BY.items():
        columns = ["workspace_id", column, "started_at", "id"]
        op.create_index(f"service_record_by_{name}", "service_record", columns)
