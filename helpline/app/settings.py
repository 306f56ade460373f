"""What can be set from outside: by flag, by ``HELPLINE_*`` variable, or in a TOML file. In that order."""

import os
import secrets
import tomllib
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The settings of an installation."""

    data: Path = Path("helpline-data")
    """The folder that holds everything of an embedded install: database, files, secret."""
    database: str = ""
    """``postgresql://…`` for a server install; empty: an SQLite file in ``data``."""
    redis: str = ""
    """``redis://…`` for several nodes on one database: what one does the others hear at once, not half a second later."""
    host: str = "127.0.0.1"
    """The address to listen on. Behind a proxy leave it; to be reached directly say 0.0.0.0."""
    port: int = 8000
    """The port to listen on."""
    secret: str = ""
    """Signs tokens and addresses; all nodes must have the same. Empty: made once and kept in ``data``."""
    drain: Annotated[float, Meta(ge=0)] = 0.0
    """Seconds that a node which is told to stop still serves, while /health says 503, so that a balancer sends nobody new."""
    threads: Annotated[int, Meta(ge=1)] = 4
    """Database threads per process."""
    log: str = "info"
    """How much is logged: debug, info, warning or error."""
    limits: Annotated[float, Meta(ge=0)] = 1.0
    """How high the rate limits are: 1 as they come, 2 twice as high, 0 none. Failed sign-ins are limited in any case."""
    metrics_token: str = ""
    """What Prometheus sends as a bearer to read /metrics. Empty: they are told to this machine alone."""
    address: str = ""
    """Where customers and providers reach this installation, as ``https://help.example.com``. Some channels fetch the files that
    agents send from there; without it these say that they cannot."""
    may_call: str = ""
    """Hosts in your own network that Helpline may call when an administrator names them, as ``host`` or ``host:port`` with commas,
    also without TLS; ``*`` for all. Empty: only servers on the internet are called, and only with https."""
    largest_fetched: Annotated[int, Meta(ge=1, le=500)] = 100
    """The largest file in MB that is fetched from the provider of a channel; where a kind of channel allows less, that holds."""
    mail_authorities: str = ""
    """A file (PEM) of authorities by which mail servers may be certified, beside those of the system: your own, for instance."""
    test_mode: bool = False
    """Lets the clock of this node be moved by API (`PUT /api/test/clock`). For tests only, never where customers are served."""
    proxies: str = "127.0.0.1"
    """The addresses of proxies whose X-Forwarded-* headers are believed, with commas; ``*`` for all.
    With ``*`` whoever reaches this server can pretend any address: limits by address no longer hold, and /metrics needs a token."""

    @property
    def url(self) -> str:
        """The database address."""
        return self.database or f"sqlite:///{(self.data / 'helpline.sqlite3').absolute()}"

    @property
    def believes_anybody(self) -> bool:
        """Whether anybody can pretend to come from any address."""
        return "*" in self.proxies

    @property
    def is_embedded(self) -> bool:
        """Whether the database is a file of this one process."""
        return self.url.startswith("sqlite")


class BadSetting(Exception):
    """A setting cannot be read; the message names it."""


def load(file: Path | None = None, **flags: Any) -> Settings:
    """The settings from flags, then ``HELPLINE_*`` variables, then ``file`` (TOML)."""
    values: dict[str, Any] = {}
    if file is not None:
        try:
            values = tomllib.loads(file.read_text())
        except (OSError, tomllib.TOMLDecodeError) as error:
            raise BadSetting(f"{file} cannot be read: {error}") from error
    for name in Settings.__struct_fields__:
        given = os.environ.get(f"HELPLINE_{name.upper()}")
        if given is not None:
            values[name] = given
    values |= {name: value for name, value in flags.items() if value is not None}
    values = {name: str(value) if isinstance(value, Path) else value for name, value in values.items()}
    try:
        return msgspec.convert(values, Settings, strict=False, dec_hook=lambda kind, value: kind(value))
    except msgspec.ValidationError as error:
        raise BadSetting(f"A setting is not right: {error}") from error


def secret_of(settings: Settings) -> str:
    """The installation's secret; made and kept, readable by its owner only, when there is none."""
    if settings.secret:
        return settings.secret
    kept = settings.data / "secret"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(48))
    return kept.read_text().strip()
