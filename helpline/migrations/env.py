"""How Alembic runs our migrations: on the connection that ``app/migrate.py`` hands over."""

from alembic import context

from helpline.app.schema import METADATA

connection = context.config.attributes["connection"]
# SQLite cannot alter a table in place, so changes to one are written in batches.
context.configure(connection=connection, target_metadata=METADATA, render_as_batch=True, compare_type=True)
with context.begin_transaction():
    context.run_migrations()
