"""Mails: what is known of each, in which mailboxes it lies, and how far these are read.

Revision ID: 0058
Revises: 0057
"""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

TABLES = ("mail_reply_key", "mail_folder", "mail_placement", "mail")


def _text(name: str, length: int | None = None) -> sa.Column[object]:
    return sa.Column(name, sa.String(length) if length else sa.Text(), nullable=False)


def _to(table: str, referred: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", column], [f"{referred}.workspace_id", f"{referred}.id"], name=f"{table}_to_{referred}_{column}"
    )


def _create(table: str, *parts: sa.schema.SchemaItem) -> None:
    key = [sa.Column("workspace_id", sa.String(36), nullable=False), sa.Column("id", sa.String(36), nullable=False)]
    primary = sa.PrimaryKeyConstraint("workspace_id", "id", name=f"{table}_key")
    op.create_table(table, *key, *parts, primary, sqlite_with_rowid=False)


def upgrade() -> None:
    _create(
        "mail",
        _text("mail_id", 200),
        _text("digest", 64),
        _text("way", 3),
        _text("conversation_id", 36),
        _text("message_id", 36),
        _text("subject", 500),
        _text("author", 254),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("people", "cc", "chain")),
        sa.Column("answerable", sa.Boolean(), nullable=False),
        _text("text"),
        _text("html"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _to("mail", "conversation", "conversation_id"),
        _to("mail", "message", "message_id"),
    )
    op.create_index("mail_by_mail_id", "mail", ["workspace_id", "mail_id"])
    op.create_index("mail_by_conversation", "mail", ["workspace_id", "conversation_id", "at"])
    op.create_index("mail_by_message", "mail", ["workspace_id", "message_id"])
    _create(
        "mail_placement",
        _text("known_id", 36),
        _text("channel_id", 36),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _to("mail_placement", "mail", "known_id"),
        _to("mail_placement", "channel", "channel_id"),
        sa.UniqueConstraint(
            "workspace_id", "known_id", "channel_id", name="mail_placement_one_workspace_id_known_id_channel_id"
        ),
    )
    _create(
        "mail_folder",
        _text("channel_id", 36),
        _text("name", 200),
        sa.Column("validity", sa.BigInteger(), nullable=False),
        sa.Column("last_uid", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("backfill_from", sa.Date(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        _to("mail_folder", "channel", "channel_id"),
        sa.UniqueConstraint("workspace_id", "channel_id", "name", name="mail_folder_one_workspace_id_channel_id_name"),
    )
    _create("mail_reply_key", _text("secret", 64))


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
