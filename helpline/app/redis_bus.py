"""The bus over Redis: everything a node says goes to one channel that all of them hear.

It never fails anybody. Whatever is lost, or said while Redis is away, is late by as long as the next look into the log takes.
"""

import asyncio
import random
import time
from collections import defaultdict, deque
from collections.abc import Callable

import structlog
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from .bus import Hear

log = structlog.get_logger()

BEAT = 1.0
"""Seconds between two signs of life on the bus; each node also hears its own, and so knows that the way is free."""
SILENCE = 4 * BEAT
"""A node that does not even hear itself for so long begins anew."""
SHORTEST, LONGEST = 0.1, 5.0
MOST_WAITING = 10_000


def connect(url: str) -> Redis:
    """A client that does not wait long for a Redis that does not answer."""
    return Redis.from_url(url, socket_connect_timeout=2, socket_timeout=SILENCE, retry=Retry(NoBackoff(), 0))


class RedisBus:
    """Over Redis. It never fails anybody: while Redis is away it says so once, and tries again."""

    def __init__(self, redis: Redis, channel: str, node_id: str) -> None:
        self._redis, self._channel, self._node = redis, channel, node_id
        self._loop = asyncio.get_running_loop()
        self._waiting: deque[bytes] = deque(maxlen=MOST_WAITING)
        self._wake = asyncio.Event()
        self._hear: dict[str, list[Hear]] = defaultdict(list)
        self._heard_itself: float | None = None
        self.joined: list[Callable[[], None]] = []
        self.subscribe("joined", lambda _node, _said: self._announce())

    @property
    def is_up(self) -> bool:
        """Whether what is said now will be heard, as far as one can know."""
        return self._heard_itself is not None

    def subscribe(self, topic: str, hear: Hear) -> None:
        """Have ``hear`` called, in the event loop, with what other nodes say about ``topic``."""
        self._hear[topic].append(hear)

    def publish(self, topic: str, said: bytes) -> None:
        """Tell the other nodes, from any thread; no line break may be in it. What is said while Redis is away is dropped."""
        if self.is_up and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._say, f"{topic} ".encode() + said)

    async def run(self) -> None:
        """Until cancelled: come to the bus, speak and listen; after a cut, come again."""
        pause, warned = SHORTEST, False
        try:
            while True:
                try:
                    await self._stay()
                except Exception as error:  # whatever it is, nobody may be worse off for it than without a bus
                    if self.is_up or not warned:
                        log.warning("redis is away; until it is back, nodes look into the log", why=repr(error))
                    pause, warned = SHORTEST if self.is_up else min(2 * pause, LONGEST), True
                    self._heard_itself = None
                    self._waiting.clear()
                await asyncio.sleep(pause * random.uniform(0.5, 1.0))
        finally:
            await self._redis.aclose()

    async def _stay(self) -> None:
        async with self._redis.pubsub() as line:
            await line.subscribe(self._channel)
            tasks = [asyncio.ensure_future(work) for work in (self._speak(), self._beat(), self._listen(line))]
            try:
                ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
            ended.pop().result()

    def _say(self, line: bytes) -> None:
        self._waiting.append(line)
        self._wake.set()

    async def _speak(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            # What gathered while the last lot was on its way goes as one.
            lines, self._waiting = self._waiting, deque(maxlen=MOST_WAITING)
            if lines:
                await self._redis.publish(self._channel, b"\n".join([self._node.encode(), *lines]))

    async def _beat(self) -> None:
        self._say(b"joined ")
        while True:
            self._say(b"beat ")
            await asyncio.sleep(BEAT)

    async def _listen(self, line: PubSub) -> None:
        began = time.monotonic()
        while True:
            heard = await line.get_message(ignore_subscribe_messages=True, timeout=BEAT)
            if heard is not None:
                self._take(heard["data"])
            if time.monotonic() - (self._heard_itself or began) > SILENCE:
                raise TimeoutError("nothing is heard")

    def _take(self, data: bytes) -> None:
        node, *lines = data.split(b"\n")
        if node.decode() == self._node:
            came_up, self._heard_itself = not self.is_up, time.monotonic()
            if came_up:
                log.info("on the bus")
                self._announce()
            return
        for line in lines:
            topic, _, said = line.partition(b" ")
            for hear in self._hear.get(topic.decode(), ()):
                try:
                    hear(node.decode(), said)
                except Exception:  # a node of another version may say what we do not understand
                    log.exception("not understood", topic=topic.decode())

    def _announce(self) -> None:
        for call in self.joined:
            call()
