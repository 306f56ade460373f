"""``serve``, ``demo`` and ``migrate``."""

import errno
import fcntl
import gc
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any

import typer
import uvicorn

from .. import migrate as migration
from ..logs import configure
from ..settings import Settings, load
from .say import Refused, address

if TYPE_CHECKING:
    from litestar import Litestar

Data = Annotated[Path | None, typer.Option(help="The folder that holds everything of an embedded install.")]
Database = Annotated[
    str | None, typer.Option(help="postgresql://… for a server install; else an SQLite file in --data.")
]
RedisUrl = Annotated[str | None, typer.Option(help="redis://… for several nodes on one PostgreSQL database.")]
Port = Annotated[int | None, typer.Option(min=0, max=65535, help="The port to listen on.")]
Host = Annotated[str | None, typer.Option(help="The address to listen on.")]
ConfigFile = Annotated[Path | None, typer.Option("--config", exists=True, dir_okay=False, help="A TOML file.")]


def serve(
    port: Port = None,
    host: Host = None,
    data: Data = None,
    database: Database = None,
    redis: RedisUrl = None,
    config: ConfigFile = None,
    log: Annotated[str | None, typer.Option(help="debug, info, warning or error.")] = None,
    limits: Annotated[float | None, typer.Option(help="How high the rate limits are; 0: none, for load tests.")] = None,
    test_mode: Annotated[
        bool | None,
        typer.Option("--test-mode", help="Let the clock be moved by API. Never where customers are served."),
    ] = None,
) -> None:
    """Run Helpline. An embedded database is migrated first (with a backup); a server's by `helpline migrate`."""
    given = {"port": port, "host": host, "data": data, "database": database, "redis": redis, "log": log}
    settings = load(config, **given, limits=limits, test_mode=test_mode)
    configure(settings.log)
    with alone(settings), _listening(settings) as listening:
        prepare(settings)
        if settings.test_mode:
            marked = typer.style(" TEST MODE ", bold=True, reverse=True)
            typer.echo(f"{marked}  The clock of this node, and of no other, can be moved by API.")
        typer.echo(f"Helpline is at {typer.style(address(listening) + '/', bold=True)}  (Ctrl+C stops it)")
        run(settings, listening)


def demo(
    port: Port = None,
    host: Host = None,
    data: Annotated[Path, typer.Option(help="Where the demo keeps its data.")] = Path("helpline-data/demo"),
    channels: Annotated[
        bool, typer.Option("--channels", help="Also LINE, Telegram and WhatsApp, simulated, with phones to write on.")
    ] = False,
) -> None:
    """Try Helpline: a seeded workspace, the desk, and a sample shop with the widget in it."""
    from ..demo import NotTheDemo, seed
    from ..demo.lines import lines
    from .console import out
    from .welcome import welcome

    settings = load(None, port=port, host=host, data=data, database="", redis="", log="warning", limits=0)
    configure(settings.log)
    with alone(settings), _listening(settings) as listening:
        prepare(settings)
        with out.status("Living through a few days of a small shop …"):
            try:
                key = seed(settings)
            except NotTheDemo:
                raise Refused(f"There is another workspace in {settings.data}. Give the demo its own --data.") from None
        base = address(listening)
        with lines(settings, key, base) if channels else nullcontext((settings, "")) as (settings, phones):
            welcome(settings, base, phones)
            run(settings, listening, demo_key=key)
    out.print("Stopped.")


def migrate(data: Data = None, database: Database = None, config: ConfigFile = None) -> None:
    """Bring the database to this version's schema. An SQLite file is copied first."""
    settings = load(config, data=data, database=database)
    with alone(settings):
        before, after, copy = migration.migrate(settings)
    if copy:
        typer.echo(f"A copy from before is at {copy}.")
    typer.echo(f"Nothing to do, the database is at {after}." if before == after else f"Migrated to {after}.")


def prepare(settings: Settings) -> None:
    """Migrate an embedded database; see that a server's is migrated."""
    if settings.is_embedded:
        migration.migrate(settings)
    else:
        migration.check(settings)


def run(settings: Settings, listening: socket.socket, **options: Any) -> None:
    """Serve until stopped."""
    from ..web import create_app

    app = create_app(settings, **options)
    config = uvicorn.Config(
        app,
        ws="websockets-sansio",
        ws_max_size=512 * 1024,
        ws_per_message_deflate=False,
        forwarded_allow_ips=settings.proxies,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
        backlog=4096,
    )
    server = uvicorn.Server(config) if not settings.drain else Draining(config, app, settings.drain)
    _look_for_garbage_rarely()
    # After its orderly end, uvicorn raises the signal that asked for it once more; Ctrl+C has done its work by then.
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listening])


def _look_for_garbage_rarely() -> None:
    """Leave what was imported out of it, and look less often: everything stands still meanwhile, for a fifth of a second."""
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


class Draining(uvicorn.Server):
    """Told to stop, it first says so to whoever asks for its health, and stops a while later; told twice, at once."""

    def __init__(self, config: uvicorn.Config, app: "Litestar", seconds: float) -> None:
        super().__init__(config)
        self._app, self._seconds = app, seconds

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Called with the signal."""
        if self._app.state.is_leaving:
            super().handle_exit(sig, frame)
        else:
            self._app.state.is_leaving = True
            later = threading.Timer(self._seconds, super().handle_exit, (sig, frame))
            later.daemon = True
            later.start()


@contextmanager
def _listening(settings: Settings) -> Iterator[socket.socket]:
    """The port, taken before anything else is begun that would be in vain without it."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((settings.host, settings.port))
            listening.listen(4096)
        except OSError as error:
            raise Refused(_why_not(settings, error)) from error
        yield listening


def _why_not(settings: Settings, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {settings.port} is taken by another program. Choose another one, such as --port {settings.port + 1}."
        )
    return f"{settings.host}:{settings.port} cannot be listened on: {error.strerror}."


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """One process per embedded install: a second writer on the same file would not know of the first."""
    if not settings.is_embedded:
        yield
        return
    settings.data.mkdir(parents=True, exist_ok=True)
    with (settings.data / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Refused(f"Another Helpline is running on {settings.data}.") from None
        yield
