"""A PostgreSQL database in one file and back, by PostgreSQL's own tools."""

import os
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from ..cli.say import Refused

MOVED_ASIDE = "before_restore_"
_OTHERS = """SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"""


def dump(url: str, target: Path) -> str:
    """Everything in the database, as of one moment, whatever is written meanwhile; the revision of its schema."""
    with _connect(url) as there:
        found = there.execute("SELECT to_regclass('alembic_version')").fetchone()
        if found is None or found[0] is None:
            raise Refused("There is nothing of Helpline in this database.")
        row: Any = there.execute("SELECT version_num FROM alembic_version").fetchone()
        tool = _tool("pg_dump", there.info.server_version // 10_000)
    kept = ["--format=custom", "--no-owner", "--no-privileges", f"--exclude-schema={MOVED_ASIDE}*"]
    _run([tool, *kept, f"--file={target}"], url)
    return str(row[0])


def put_back(url: str, source: Path, *, force: bool) -> None:
    """Fill an empty database. What is in one that is not is moved aside into a schema of its own, if ``force``."""
    with _connect(url) as there:
        tool = _tool("pg_restore", there.info.server_version // 10_000)
        _run([tool, "--list", str(source)])  # it can be read, before anything is touched
        was_full = _holds_tables(there)
        if was_full and not force:
            raise Refused("There is something in this database already. Say --force to have it moved aside.")
        moved = _move_aside(there) if was_full else None
        there.commit()
    whole = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    try:
        _run([tool, *whole, str(source)], url)
    except Refused as refused:
        if moved:
            raise Refused(f"{refused} {_move_back(url, *moved)}") from None
        raise


def _connect(url: str) -> psycopg.Connection[Any]:
    try:
        return psycopg.connect(_plain(url), connect_timeout=10)
    except psycopg.OperationalError as error:
        raise Refused(f"The database cannot be reached: {str(error).splitlines()[0]}") from None


def _holds_tables(there: psycopg.Connection[Any]) -> bool:
    tables = "SELECT 1 FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace"
    return there.execute(f"{tables} LIMIT 1").fetchone() is not None


def _move_aside(there: psycopg.Connection[Any]) -> tuple[str, str]:
    """The schema that is now empty, and the one in which everything is that was in it."""
    others: Any = there.execute(_OTHERS).fetchone()
    if others[0]:
        raise Refused(f"{others[0]} others are connected to this database; stop Helpline on every node first.")
    schema: Any = there.execute("SELECT quote_ident(current_schema())").fetchone()
    aside = f"{MOVED_ASIDE}{datetime.now(UTC):%Y%m%dt%H%M%Sz}"
    try:
        there.execute(f"ALTER SCHEMA {schema[0]} RENAME TO {aside}")
        there.execute(f"CREATE SCHEMA {schema[0]}")
    except psycopg.errors.InsufficientPrivilege:
        raise Refused("This user may not move aside what is there; restore into a new, empty database.") from None
    return schema[0], aside


def _move_back(url: str, schema: str, aside: str) -> str:
    """After a restore that left nothing; what to say of it."""
    try:
        with _connect(url) as there:
            there.execute(f"DROP SCHEMA {schema}")
            there.execute(f"ALTER SCHEMA {aside} RENAME TO {schema}")
    except (psycopg.Error, Refused):
        return f"What was in the database is in its schema {aside}."
    return "The database is as it was."


def _tool(name: str, server: int) -> str:
    """Where the tool is. It must be of the server's own version: a newer one writes what an older server does not take back."""
    found = shutil.which(name)
    if found is None:
        raise Refused(f"{name} is needed and not installed: it is in the package postgresql-client-{server}.")
    said = _answer([found, "--version"], None).stdout
    number = re.search(r"\d+", said)
    if number is None or int(number[0]) != server:
        has = f"is of version {number[0]}" if number else "does not say its version"
        wanted = f"install postgresql-client-{server}, and put its folder first in PATH"
        raise Refused(f"{found} {has}, and the server of {server}: {wanted}.")
    return found


def _run(command: list[str], url: str = "") -> None:
    # The password goes by the environment, which others on this machine cannot see.
    parts: dict[str, Any] = conninfo_to_dict(_plain(url)) if url else {}
    password = str(parts.pop("password", ""))
    known = {**os.environ, **({"PGPASSWORD": password} if password else {})}
    place = [f"--dbname={make_conninfo(**parts)}"] if url else []
    done = _answer([*command, *place], known)
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        said = next((line for line in lines if "error:" in line), lines[0] if lines else "it said nothing")
        raise Refused(f"{Path(command[0]).name} failed: {said.rpartition('error: ')[2].rstrip('.')}.")


def _answer(command: list[str], known: dict[str, str] | None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False, env=known)  # noqa: S603 - our own


def _plain(url: str) -> str:
    """Without the driver's name."""
    return re.sub(r"^postgres(ql)?(\+\w+)?://", "postgresql://", url)
