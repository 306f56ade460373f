"""The same mail is one, also when two mailboxes are read at once; what waits in quarantine waits there once.

Revision ID: 0062
Revises: 0061
"""

from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

NAME = "mail_by_mail_id"
APART = sa.text("state IN ('quarantined', 'dismissed')")


def upgrade() -> None:
    # What was taken in twice stays so; under another digest it is no more in the way.
    op.execute(
        "UPDATE mail SET digest = mail.id WHERE EXISTS (SELECT 1 FROM mail AS first WHERE first.workspace_id = mail.workspace_id"
        " AND first.mail_id = mail.mail_id AND first.digest = mail.digest AND first.id < mail.id)"
    )
    op.drop_index(NAME, "mail")
    op.create_index(NAME, "mail", ["workspace_id", "mail_id", "digest"], unique=True)
    op.add_column("payload", sa.Column("digest", sa.String(64), nullable=False, server_default=""))
    _mark_what_waits()
    op.create_index(
        "payload_set_apart",
        "payload",
        ["workspace_id", "channel_id", "digest"],
        sqlite_where=APART,
        postgresql_where=APART,
    )


def _mark_what_waits() -> None:
    row = sa.table("payload", *map(sa.column, ("workspace_id", "id", "digest", "body", "state")))
    waits = sa.select(row.c.workspace_id, row.c.id).where(row.c.state.in_(["quarantined", "dismissed"]))
    for workspace_id, id in op.get_bind().execute(waits).all():
        mine = (row.c.workspace_id == workspace_id, row.c.id == id)
        body = op.get_bind().execute(sa.select(row.c.body).where(*mine)).scalar_one()
        op.execute(row.update().where(*mine).values(digest=sha256(bytes(body)).hexdigest()))


def downgrade() -> None:
    op.drop_index("payload_set_apart", "payload")
    op.drop_column("payload", "digest")
    op.drop_index(NAME, "mail")
    op.create_index(NAME, "mail", ["workspace_id", "mail_id"])
