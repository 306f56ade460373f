"""Messages that go out later, so that they can be taken back, or at a time that somebody chose.

Revision ID: 0063
Revises: 0062
"""

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None


def _to(referred: str) -> sa.ForeignKeyConstraint:
    here, there = ["workspace_id", f"{referred}_id"], [f"{referred}.workspace_id", f"{referred}.id"]
    return sa.ForeignKeyConstraint(here, there, name=f"scheduled_message_to_{referred}_{referred}_id")


def upgrade() -> None:
    with op.batch_alter_table("workspace") as batch_op:
        batch_op.add_column(sa.Column("undo_mail", sa.Integer(), nullable=False, server_default="10"))
        batch_op.add_column(sa.Column("undo_chat", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "scheduled_message",
        sa.Column("workspace_id", sa.String(36), nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("conversation_id", sa.String(36), nullable=False),
        sa.Column("agent_id", sa.String(36), nullable=False),
        sa.Column("client_id", sa.String(64), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("after_seq", sa.Integer(), nullable=False),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("message_id", sa.String(36), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'sent', 'taken_back', 'discarded')", name=op.f("scheduled_message_state")
        ),
        _to("conversation"),
        _to("agent"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="scheduled_message_key"),
        sa.UniqueConstraint(
            "workspace_id", "agent_id", "client_id", name="scheduled_message_one_workspace_id_agent_id_client_id"
        ),
        sqlite_with_rowid=False,
    )
    waiting = sa.text("state = 'waiting'")
    op.create_index(
        "scheduled_message_waiting",
        "scheduled_message",
        ["workspace_id", "conversation_id", "due_at"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )


def downgrade() -> None:
    op.drop_table("scheduled_message")
    with op.batch_alter_table("workspace") as batch_op:
        batch_op.drop_column("undo_chat")
        batch_op.drop_column("undo_mail")
