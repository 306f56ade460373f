"""Two nodes of one installation, on PostgreSQL and Redis."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from bench.redis_server import RedisServer
from helpline.app.settings import Settings
from tests.conftest import fresh_database
from tests.listening import eventually
from tests.running import Running

Pair = tuple[Running, Running]


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    """A Redis of its own for the test."""
    with RedisServer() as server:
        yield server


@pytest.fixture
def shared(postgres: str, tmp_path: Path) -> Iterator[Settings]:
    """What all nodes are given, without Redis."""
    with fresh_database(postgres) as address:
        yield Settings(data=tmp_path, database=address, secret="for tests only", limits=0)


@pytest.fixture
def nodes(shared: Settings, redis: RedisServer) -> Iterator[Pair]:
    """Two nodes that hear each other."""
    settings = msgspec.structs.replace(shared, redis=redis.url)
    with Running(settings) as one, Running(settings) as other:
        eventually(lambda: is_up(one) and is_up(other))
        yield one, other


@pytest.fixture
def strangers(shared: Settings) -> Iterator[Pair]:
    """Two nodes without Redis: they only have the database in common."""
    with Running(shared) as one, Running(shared) as other:
        yield one, other


def is_up(node: Running) -> bool:
    """Whether the node says that it is on the bus."""
    return bool(node.client().get("/health").json()["redis"] == "up")
