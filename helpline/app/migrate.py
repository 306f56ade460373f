"""Bringing a database to today's schema."""

import sqlite3
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from sqlalchemy import Engine, inspect, text

from helpline.core.engine import postgres_engine, sqlite_engine
from helpline.migrations import NEWEST

from .planning import tell_planner
from .settings import Settings


class NotMigrated(Exception):
    """The database has another schema than this version needs."""


def engine_of(settings: Settings) -> Engine:
    """An engine for schema work."""
    if not settings.is_embedded:
        return postgres_engine(settings.url, 1)
    settings.data.mkdir(parents=True, exist_ok=True)
    return sqlite_engine(settings.url, write=True)


def current(engine: Engine) -> str:
    """The revision the database has; empty for a new one."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return ""
        return str(connection.scalar(text("SELECT version_num FROM alembic_version")) or "")


def migrate(settings: Settings) -> tuple[str, str, Path | None]:
    """Bring the database to the newest schema: (before, after, the backup that was made of an SQLite file)."""
    engine = engine_of(settings)
    try:
        before, copy = current(engine), None
        if before == NEWEST:
            return before, before, None
        if before and settings.is_embedded:
            copy = back_up_file(settings, before)
        upgrade(engine)
        return before, NEWEST, copy
    finally:
        engine.dispose()


def upgrade(engine: Engine) -> None:
    """Run the steps that are missing, in one transaction; another node that does the same waits."""
    # Loaded only when there is something to migrate, which is hardly ever.
    from alembic import command
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(files("helpline") / "migrations"))
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(726574)")
        made.attributes["connection"] = connection
        command.upgrade(made, "head")
        if connection.dialect.name == "sqlite":
            tell_planner(connection)


def check(settings: Settings) -> None:
    """Refuse to run on a schema that is not today's. A server install is migrated by command, when its operator says."""
    engine = engine_of(settings)
    try:
        there = current(engine)
    finally:
        engine.dispose()
    if there != NEWEST:
        state = f"at {there}" if there else "empty"
        raise NotMigrated(f"The database is {state}; this version needs {NEWEST}. Run: helpline migrate")


def back_up_file(settings: Settings, revision: str) -> Path:
    """A copy of the SQLite file beside it, taken with SQLite's own backup."""
    source = settings.data / "helpline.sqlite3"
    target = settings.data / f"before-migration-from-{revision}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.sqlite3"
    with sqlite3.connect(source) as there, sqlite3.connect(target) as here:
        there.backup(here)
    return target
