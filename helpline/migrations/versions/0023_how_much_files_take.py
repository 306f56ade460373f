"""How much the files of a workspace take is added up from an index.

Revision ID: 0023
Revises: 0022
"""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("file_size", "file", ["workspace_id", "size"])


def downgrade() -> None:
    op.drop_index("file_size", "file")
