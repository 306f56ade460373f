"""Counting what happens too often: within one process, and over all nodes."""

import asyncio

import pytest

from bench.redis_server import RedisServer
from helpline.app.bus import between_nodes
from helpline.app.counts import Counts


@pytest.fixture(params=["memory", "redis"])
def url(request: pytest.FixtureRequest) -> str:
    """Where it is counted."""
    return "" if request.param == "memory" else str(request.getfixturevalue("redis").url)


def test_it_counts_up_to_the_end_of_the_time_and_then_from_nothing(url: str) -> None:
    async def count(counts: Counts) -> None:
        first, second = await counts.hit("a", 60), await counts.hit("a", 60)
        assert (first.number, second.number) == (1, 2)
        assert 0 < second.seconds_left <= first.seconds_left <= 60
        assert (await counts.seen("a")).number == 2
        assert (await counts.seen("b")) == (0, 0.0)
        await counts.forget("a")
        assert (await counts.hit("a", 0.05)).number == 1
        await asyncio.sleep(0.1)
        assert (await counts.hit("a", 60)).number == 1

    asyncio.run(_on_a_bus(url, count))


def test_nodes_count_together_and_each_by_itself_while_redis_is_away(redis: RedisServer) -> None:
    async def count(counts: Counts) -> None:
        await counts.hit("a", 60)
        await _on_a_bus(redis.url, lambda other: _seen(other, "a", 1))
        redis.stop()
        assert (await counts.hit("a", 60)).number == 1
        assert (await counts.hit("a", 60)).number == 2

    asyncio.run(_on_a_bus(redis.url, count))


async def _seen(counts: Counts, key: str, number: int) -> None:
    assert (await counts.seen(key)).number == number


async def _on_a_bus(url: str, count: object) -> None:
    bus, counts = between_nodes(url, "test", "node")
    running = asyncio.ensure_future(bus.run())
    while url and not bus.is_up:
        await asyncio.sleep(0.01)
    try:
        await count(counts)  # type: ignore[operator]
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
