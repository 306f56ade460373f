"""Contacts and contact points are found by their e-mail address, and contacts by when they were added."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("contact_by_email", "contact", ["workspace_id", sa.text("lower(email)")])
    op.create_index("contact_by_added", "contact", ["workspace_id", "created_at", "id"])
    op.create_index("contact_point_by_email", "contact_point", ["workspace_id", sa.text("lower(email)")])
