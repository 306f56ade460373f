"""Counts over all nodes, kept in Redis."""

from contextlib import suppress

from redis.asyncio import Redis
from redis.exceptions import RedisError

from .bus import Bus
from .counts import Counted, MemoryCounts


class RedisCounts:
    """Over all nodes. While Redis is away each node counts for itself: limits are wider then, and nobody is refused for it."""

    def __init__(self, redis: Redis, prefix: str, bus: Bus) -> None:
        self._redis, self._prefix, self._bus, self._here = redis, prefix, bus, MemoryCounts()

    async def hit(self, key: str, within: float, by: int = 1) -> Counted:
        """Once more; once less with ``by=-1``."""
        name = f"{self._prefix}:count:{key}"
        if self._bus.is_up:
            with suppress(RedisError, OSError):
                async with self._redis.pipeline() as together:
                    together.set(name, 0, px=max(int(within * 1000), 1), nx=True)
                    together.incrby(name, by)
                    together.pttl(name)
                    _, number, left = await together.execute()
                return Counted(int(number), left / 1000)
        return await self._here.hit(key, within, by)

    async def seen(self, key: str) -> Counted:
        """As it stands."""
        name = f"{self._prefix}:count:{key}"
        if self._bus.is_up:
            with suppress(RedisError, OSError):
                async with self._redis.pipeline() as together:
                    together.get(name)
                    together.pttl(name)
                    number, left = await together.execute()
                return Counted(int(number or 0), max(left, 0) / 1000)
        return await self._here.seen(key)

    async def forget(self, key: str) -> None:
        """Count from nothing again."""
        await self._here.forget(key)
        if self._bus.is_up:
            with suppress(RedisError, OSError):
                await self._redis.delete(f"{self._prefix}:count:{key}")
