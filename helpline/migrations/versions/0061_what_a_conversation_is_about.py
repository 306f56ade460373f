"""What a conversation is about, what its last message is, and as what a mail came in.

Revision ID: 0061
Revises: 0060
"""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None

ADDED = [("conversation", "subject", 500), ("conversation", "last_holds", 12), ("mail", "payload_id", 36)]


def upgrade() -> None:
    for table, name, length in ADDED:
        op.add_column(table, sa.Column(name, sa.String(length), nullable=False, server_default=""))
    # The oldest mail of each that is there already says what it is about.
    op.execute(
        "UPDATE conversation SET subject = COALESCE((SELECT m.subject FROM mail m WHERE m.workspace_id ="
        " conversation.workspace_id AND m.conversation_id = conversation.id ORDER BY m.at, m.id LIMIT 1), '')"
        " WHERE channel_kind = 'email'"
    )


def downgrade() -> None:
    for table, name, _length in ADDED:
        op.drop_column(table, name)
