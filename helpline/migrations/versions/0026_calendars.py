"""When somebody is there: calendars, their special days, closures and extensions."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("week", sa.JSON(), nullable=False),
        sa.Column("last_intake", sa.Integer(), nullable=False),
        sa.Column("queue_while_closed", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("last_intake >= 0", name=op.f("calendar_last_intake")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("calendar_key")),
        sa.UniqueConstraint("workspace_id", "name", name=op.f("calendar_one_workspace_id_name")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "special_day",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("calendar_id", sa.String(length=36), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("like", sa.Integer(), nullable=True),
        sa.Column("periods", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.CheckConstraint("kind IN ('holiday', 'working', 'other')", name=op.f("special_day_kind")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "calendar_id"],
            ["calendar.workspace_id", "calendar.id"],
            name=op.f("special_day_to_calendar_calendar_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("special_day_key")),
        sa.UniqueConstraint(
            "workspace_id", "calendar_id", "date", name=op.f("special_day_one_workspace_id_calendar_id_date")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "hours_switch",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("category_ids", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by_name", sa.String(length=200), nullable=False),
        sa.CheckConstraint("kind IN ('close', 'extend')", name=op.f("hours_switch_kind")),
        sa.CheckConstraint("kind = 'close' OR ends_at IS NOT NULL", name=op.f("hours_switch_extension_ends")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("hours_switch_key")),
        sqlite_with_rowid=False,
    )
    op.create_index("hours_switch_by_end", "hours_switch", ["workspace_id", "ends_at"])
