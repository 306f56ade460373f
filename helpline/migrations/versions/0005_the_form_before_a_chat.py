"""The form before a chat, and how the chat looks and sounds on a site."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("channel") as channel:
        channel.add_column(sa.Column("launcher", sa.String(length=60), nullable=False, server_default=""))
        channel.add_column(sa.Column("position", sa.String(length=5), nullable=False, server_default="end"))
        channel.add_column(sa.Column("sounds", sa.Boolean(), nullable=False, server_default=sa.true()))
        channel.add_column(sa.Column("texts", sa.JSON(), nullable=False, server_default="{}"))
        channel.add_column(sa.Column("form", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("contact_point") as point:
        point.add_column(sa.Column("phone", sa.String(length=40), nullable=False, server_default=""))
        point.add_column(sa.Column("answered", sa.JSON(), nullable=False, server_default="[]"))
