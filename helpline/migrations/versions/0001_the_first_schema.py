"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agent",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("locale", sa.String(length=10), nullable=False),
        sa.Column("theme", sa.String(length=10), nullable=False),
        sa.Column("limit", sa.Integer(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("agent_key")),
        sa.UniqueConstraint("workspace_id", "email", name=op.f("agent_one_workspace_id_email")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("agent", schema=None) as batch_op:
        batch_op.create_index("agent_by_email", ["email"], unique=False)

    op.create_table(
        "break_reason",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("break_reason_key")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "contact",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("company", sa.String(length=200), nullable=False),
        sa.Column("locale", sa.String(length=10), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("contact_key")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.create_index("contact_by_name", ["workspace_id", "name", "id"], unique=False)

    op.create_table(
        "counter",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "name", name=op.f("counter_key")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "fact",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("topic", sa.String(length=80), nullable=False),
        sa.Column("subject_id", sa.String(length=36), nullable=True),
        sa.Column("actor_kind", sa.String(length=10), nullable=False),
        sa.Column("actor_id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("updates", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", "seq", name=op.f("fact_key")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("fact", schema=None) as batch_op:
        batch_op.create_index("fact_by_subject", ["workspace_id", "subject_id", "seq"], unique=False)

    op.create_table(
        "file",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("url", sa.String(length=400), nullable=False),
        sa.Column("uploader_kind", sa.String(length=10), nullable=False),
        sa.Column("uploader_id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("file_key")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "job",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("job_key")),
        sa.UniqueConstraint("workspace_id", "kind", "key", name=op.f("job_one_workspace_id_kind_key")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index("job_by_due_at", ["due_at"], unique=False)

    op.create_table(
        "node",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("node_key")),
    )
    op.create_table(
        "owner",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("owner_key")),
        sa.UniqueConstraint("workspace_id", "name", name=op.f("owner_one_workspace_id_name")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "reason",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("parent_id", sa.String(length=36), nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("category_ids", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "parent_id"], ["reason.workspace_id", "reason.id"], name=op.f("reason_to_reason_parent_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("reason_key")),
        sa.UniqueConstraint("workspace_id", "parent_id", "label", name=op.f("reason_one_workspace_id_parent_id_label")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "result",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("category", sa.String(length=120), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("result_key")),
        sa.UniqueConstraint("workspace_id", "label", name=op.f("result_one_workspace_id_label")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "team",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("limit", sa.Integer(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("team_key")),
        sa.UniqueConstraint("workspace_id", "name", name=op.f("team_one_workspace_id_name")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "workspace",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("locale", sa.String(length=10), nullable=False),
        sa.Column("limit", sa.Integer(), nullable=False),
        sa.Column("offline_after", sa.Integer(), nullable=False),
        sa.Column("return_after", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("workspace_key")),
    )
    op.create_table(
        "api_token",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("agent_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("prefix", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "agent_id"], ["agent.workspace_id", "agent.id"], name=op.f("api_token_to_agent_agent_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("api_token_key")),
        sa.UniqueConstraint("workspace_id", "digest", name=op.f("api_token_one_workspace_id_digest")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("api_token", schema=None) as batch_op:
        batch_op.create_index("api_token_by_agent", ["workspace_id", "agent_id"], unique=False)

    op.create_table(
        "channel_category",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("owner_id", sa.String(length=36), nullable=True),
        sa.Column("team_id", sa.String(length=36), nullable=False),
        sa.Column("requires", sa.JSON(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "owner_id"],
            ["owner.workspace_id", "owner.id"],
            name=op.f("channel_category_to_owner_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"], ["team.workspace_id", "team.id"], name=op.f("channel_category_to_team_team_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("channel_category_key")),
        sa.UniqueConstraint("workspace_id", "name", name=op.f("channel_category_one_workspace_id_name")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "connection",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("agent_id", sa.String(length=36), nullable=False),
        sa.Column("node_id", sa.String(length=36), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "agent_id"], ["agent.workspace_id", "agent.id"], name=op.f("connection_to_agent_agent_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("connection_key")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("connection", schema=None) as batch_op:
        batch_op.create_index("connection_by_agent", ["workspace_id", "agent_id"], unique=False)

    op.create_table(
        "membership",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("team_id", sa.String(length=36), nullable=False),
        sa.Column("agent_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "agent_id"], ["agent.workspace_id", "agent.id"], name=op.f("membership_to_agent_agent_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"], ["team.workspace_id", "team.id"], name=op.f("membership_to_team_team_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "team_id", "agent_id", name=op.f("membership_key")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index("membership_by_agent", ["workspace_id", "agent_id"], unique=False)

    op.create_table(
        "presence",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason_id", sa.String(length=36), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("connected", sa.Boolean(), nullable=False),
        sa.Column("load", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("served_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "id"], ["agent.workspace_id", "agent.id"], name=op.f("presence_to_agent_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("presence_key")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("presence", schema=None) as batch_op:
        batch_op.create_index("presence_by_state", ["workspace_id", "state", "connected"], unique=False)

    op.create_table(
        "sign_in",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("agent_id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("browser", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "agent_id"], ["agent.workspace_id", "agent.id"], name=op.f("sign_in_to_agent_agent_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("sign_in_key")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index("sign_in_by_agent", ["workspace_id", "agent_id"], unique=False)

    op.create_table(
        "channel",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("category_id", sa.String(length=36), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("public_key", sa.String(length=80), nullable=False),
        sa.Column("allowed_domains", sa.JSON(), nullable=False),
        sa.Column("brand_color", sa.String(length=7), nullable=False),
        sa.Column("greeting", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "category_id"],
            ["channel_category.workspace_id", "channel_category.id"],
            name=op.f("channel_to_channel_category_category_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("channel_key")),
        sa.UniqueConstraint("workspace_id", "name", name=op.f("channel_one_workspace_id_name")),
        sa.UniqueConstraint("workspace_id", "public_key", name=op.f("channel_one_workspace_id_public_key")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "contact_point",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("channel_id", sa.String(length=36), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("locale", sa.String(length=10), nullable=False),
        sa.Column("contact_id", sa.String(length=36), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "channel_id"],
            ["channel.workspace_id", "channel.id"],
            name=op.f("contact_point_to_channel_channel_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contact.workspace_id", "contact.id"],
            name=op.f("contact_point_to_contact_contact_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("contact_point_key")),
        sa.UniqueConstraint(
            "workspace_id", "channel_id", "address", name=op.f("contact_point_one_workspace_id_channel_id_address")
        ),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("contact_point", schema=None) as batch_op:
        batch_op.create_index("contact_point_by_contact", ["workspace_id", "contact_id"], unique=False)

    op.create_table(
        "conversation",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("close_reason", sa.String(length=20), nullable=True),
        sa.Column("channel_id", sa.String(length=36), nullable=False),
        sa.Column("channel_kind", sa.String(length=20), nullable=False),
        sa.Column("category_id", sa.String(length=36), nullable=False),
        sa.Column("owner_id", sa.String(length=36), nullable=True),
        sa.Column("contact_point_id", sa.String(length=36), nullable=False),
        sa.Column("thread", sa.String(length=200), nullable=False),
        sa.Column("contact_id", sa.String(length=36), nullable=True),
        sa.Column("contact_name", sa.String(length=200), nullable=False),
        sa.Column("page", sa.String(length=500), nullable=True),
        sa.Column("team_id", sa.String(length=36), nullable=False),
        sa.Column("agent_id", sa.String(length=36), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_answer_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("last_text", sa.String(length=200), nullable=False),
        sa.Column("last_by", sa.String(length=10), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unread", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.String(length=36), nullable=True),
        sa.Column("previous_id", sa.String(length=36), nullable=True),
        sa.Column("avoid_agent_id", sa.String(length=36), nullable=True),
        sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name=op.f("conversation_closed")),
        sa.CheckConstraint("state <> 'waiting' OR queued_at IS NOT NULL", name=op.f("conversation_queued")),
        sa.CheckConstraint(
            "state IN ('bot', 'waiting', 'offered', 'active', 'closed')", name=op.f("conversation_state")
        ),
        sa.CheckConstraint("state NOT IN ('bot', 'waiting') OR agent_id IS NULL", name=op.f("conversation_unserved")),
        sa.CheckConstraint(
            "state NOT IN ('offered', 'active') OR agent_id IS NOT NULL", name=op.f("conversation_served")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "agent_id"],
            ["agent.workspace_id", "agent.id"],
            name=op.f("conversation_to_agent_agent_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "channel_id"],
            ["channel.workspace_id", "channel.id"],
            name=op.f("conversation_to_channel_channel_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contact.workspace_id", "contact.id"],
            name=op.f("conversation_to_contact_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_point_id"],
            ["contact_point.workspace_id", "contact_point.id"],
            name=op.f("conversation_to_contact_point_contact_point_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"], ["team.workspace_id", "team.id"], name=op.f("conversation_to_team_team_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("conversation_key")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.create_index(
            "conversation_by_agent",
            ["workspace_id", "agent_id", "last_at"],
            unique=False,
            sqlite_where=sa.text("state <> 'closed'"),
            postgresql_where=sa.text("state <> 'closed'"),
        )
        batch_op.create_index(
            "conversation_by_contact_point", ["workspace_id", "contact_point_id", "created_at"], unique=False
        )
        batch_op.create_index("conversation_by_record", ["workspace_id", "record_id"], unique=False)
        batch_op.create_index("conversation_by_time", ["workspace_id", "last_at", "id"], unique=False)
        batch_op.create_index(
            "conversation_one_open",
            ["workspace_id", "contact_point_id", "thread"],
            unique=True,
            sqlite_where=sa.text("state <> 'closed'"),
            postgresql_where=sa.text("state <> 'closed'"),
        )

    op.create_table(
        "service_record",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("direction", sa.String(length=10), nullable=False),
        sa.Column("handler_id", sa.String(length=36), nullable=False),
        sa.Column("contact_id", sa.String(length=36), nullable=True),
        sa.Column("contact_name", sa.String(length=200), nullable=False),
        sa.Column("contact_point_id", sa.String(length=36), nullable=False),
        sa.Column("owner_id", sa.String(length=36), nullable=True),
        sa.Column("owner_name", sa.String(length=120), nullable=False),
        sa.Column("team_id", sa.String(length=36), nullable=False),
        sa.Column("category_id", sa.String(length=36), nullable=False),
        sa.Column("category_name", sa.String(length=120), nullable=False),
        sa.Column("channel_id", sa.String(length=36), nullable=False),
        sa.Column("channel_kind", sa.String(length=20), nullable=False),
        sa.Column("channel_name", sa.String(length=120), nullable=False),
        sa.Column("result_id", sa.String(length=36), nullable=True),
        sa.Column("result_label", sa.String(length=120), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("edited_by_id", sa.String(length=36), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("conversation_ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waited_seconds", sa.Double(), nullable=False),
        sa.CheckConstraint("(state = 'completed') = (ended_at IS NOT NULL)", name=op.f("service_record_ended")),
        sa.CheckConstraint("state IN ('open', 'wrap_up', 'completed')", name=op.f("service_record_state")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "channel_id"],
            ["channel.workspace_id", "channel.id"],
            name=op.f("service_record_to_channel_channel_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contact.workspace_id", "contact.id"],
            name=op.f("service_record_to_contact_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_point_id"],
            ["contact_point.workspace_id", "contact_point.id"],
            name=op.f("service_record_to_contact_point_contact_point_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "handler_id"],
            ["agent.workspace_id", "agent.id"],
            name=op.f("service_record_to_agent_handler_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "result_id"],
            ["result.workspace_id", "result.id"],
            name=op.f("service_record_to_result_result_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("service_record_key")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("service_record_one_workspace_id_number")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("service_record", schema=None) as batch_op:
        batch_op.create_index(
            "service_record_by_contact", ["workspace_id", "contact_id", "started_at", "id"], unique=False
        )
        batch_op.create_index(
            "service_record_by_contact_point", ["workspace_id", "contact_point_id", "started_at"], unique=False
        )
        batch_op.create_index(
            "service_record_by_handler", ["workspace_id", "handler_id", "started_at", "id"], unique=False
        )
        batch_op.create_index("service_record_by_state", ["workspace_id", "state", "started_at", "id"], unique=False)
        batch_op.create_index("service_record_by_time", ["workspace_id", "started_at", "id"], unique=False)

    op.create_table(
        "handover",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("record_id", sa.String(length=36), nullable=False),
        sa.Column("from_id", sa.String(length=36), nullable=True),
        sa.Column("to_id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "record_id"],
            ["service_record.workspace_id", "service_record.id"],
            name=op.f("handover_to_service_record_record_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("handover_key")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.create_index("handover_by_record", ["workspace_id", "record_id", "at"], unique=False)

    op.create_table(
        "message",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("channel_id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(length=200), nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("author_kind", sa.String(length=10), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=False),
        sa.Column("author_name", sa.String(length=200), nullable=False),
        sa.Column("visibility", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("event", sa.JSON(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.CheckConstraint("visibility IN ('public', 'internal')", name=op.f("message_visibility")),
        sa.CheckConstraint("seq >= 1", name=op.f("message_seq")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "conversation_id"],
            ["conversation.workspace_id", "conversation.id"],
            name=op.f("message_to_conversation_conversation_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("message_key")),
        sa.UniqueConstraint(
            "workspace_id", "channel_id", "external_id", name=op.f("message_one_workspace_id_channel_id_external_id")
        ),
        sa.UniqueConstraint(
            "workspace_id", "conversation_id", "seq", name=op.f("message_one_workspace_id_conversation_id_seq")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "record_reason",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("reason_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "id"],
            ["service_record.workspace_id", "service_record.id"],
            name=op.f("record_reason_to_service_record_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "reason_id"],
            ["reason.workspace_id", "reason.id"],
            name=op.f("record_reason_to_reason_reason_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", "reason_id", name=op.f("record_reason_key")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("record_reason", schema=None) as batch_op:
        batch_op.create_index("record_reason_by_reason", ["workspace_id", "reason_id", "id"], unique=False)
