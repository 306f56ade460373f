"""Facts of the audit log are found without reading all the others."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_TOPICS = (
    "workspace.created",
    "workspace.changed",
    "break.reason_set",
    "agent.added",
    "agent.changed",
    "agent.signed_in",
    "agent.signed_out",
    "agent.password_changed",
    "agent.password_reset",
    "team.added",
    "team.changed",
    "role.added",
    "role.changed",
    "role.removed",
    "token.created",
    "token.revoked",
    "channel.set",
    "category.set",
    "owner.set",
    "result.set",
    "reason.set",
    "past.imported",
)


def upgrade() -> None:
    with op.batch_alter_table("fact", schema=None) as batch_op:
        batch_op.add_column(sa.Column("audited", sa.Boolean(), nullable=False, server_default=sa.false()))
    fact = sa.table("fact", sa.column("topic", sa.String), sa.column("audited", sa.Boolean))
    op.execute(fact.update().where(fact.c.topic.in_(_TOPICS)).values(audited=True))
    op.create_index(
        "fact_audited",
        "fact",
        ["workspace_id", "seq"],
        sqlite_where=sa.text("audited"),
        postgresql_where=sa.text("audited"),
    )
