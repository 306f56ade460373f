"""How we connect to either database."""

from typing import Any

import msgspec
from sqlalchemy import Engine, create_engine, event

_encode = msgspec.json.Encoder().encode


def _to_json(value: Any) -> str:
    return _encode(value).decode()


def sqlite_engine(url: str, *, write: bool) -> Engine:
    """An engine whose transactions begin as ours: ``IMMEDIATE`` to write, else read-only."""
    engine = create_engine(url, json_serializer=_to_json, json_deserializer=msgspec.json.decode, pool_size=8)

    @event.listens_for(engine, "connect")
    def tune(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # BEGIN is ours to say, not the driver's
        settings = ["journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"]
        settings += ["temp_store=MEMORY", "mmap_size=268435456"]
        # Of the reading ones there are several, and what one of them has read lies in the system's memory for the others too.
        settings += ["cache_size=-65536"] if write else ["cache_size=-16384", "query_only=ON"]
        for setting in settings:
            connection.execute(f"PRAGMA {setting}")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def postgres_url(url: str) -> str:
    """``postgresql://…`` and ``postgres://…`` as people write them, with our driver named."""
    scheme, rest = url.split("://", 1)
    return f"postgresql+psycopg://{rest}" if scheme in {"postgres", "postgresql"} else url


def postgres_engine(url: str, connections: int) -> Engine:
    """An engine with a small pool. A commit is durable when it returns, whatever the server's default says."""
    options = "-c synchronous_commit=on -c timezone=UTC"
    return create_engine(
        postgres_url(url),
        json_serializer=_to_json,
        json_deserializer=msgspec.json.decode,
        pool_size=connections,
        max_overflow=0,
        pool_pre_ping=True,
        connect_args={"options": options, "prepare_threshold": 3},
    )
