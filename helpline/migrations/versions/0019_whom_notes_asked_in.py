"""A conversation knows whom notes asked in.

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversation", sa.Column("mentioned", sa.JSON(), nullable=False, server_default="[]"))
    place = ("workspace_id", "id")
    conversation = sa.table("conversation", *map(sa.column, place), sa.column("mentioned", sa.JSON()))
    mention = sa.table("mention", *map(sa.column, ("workspace_id", "conversation_id", "agent_id")))
    asked: dict[tuple[str, str], set[str]] = {}
    for workspace_id, conversation_id, agent_id in op.get_bind().execute(sa.select(*mention.c)):
        asked.setdefault((workspace_id, conversation_id), set()).add(agent_id)
    for (workspace_id, id), agents in asked.items():
        row = sa.update(conversation).where(conversation.c.workspace_id == workspace_id, conversation.c.id == id)
        op.execute(row.values(mentioned=sorted(agents)))


def downgrade() -> None:
    op.drop_column("conversation", "mentioned")
