"""What all simulated providers have in common: a clock, customers, hooks, files behind links, limits, and faults on demand."""

import re
import secrets
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from .customers import Customers
from .exchange import Asked, Refusal, Said
from .hooks import Event, Hooks, Sealed

Answering = Callable[..., Said]


@dataclass
class File:
    """A file that the provider keeps."""

    data: bytes
    content_type: str
    until: datetime
    name: str = ""


class Bucket:
    """So many a second, and so many at once."""

    def __init__(self, per_second: float, burst: int) -> None:
        self.per_second, self.burst = per_second, burst
        self._left: dict[str, tuple[float, datetime]] = {}

    def wait(self, key: str, now: datetime) -> float:
        """Take one; the seconds until there would be one, 0.0 when there was."""
        left, at = self._left.get(key, (float(self.burst), now))
        left = min(self.burst, left + (now - at).total_seconds() * self.per_second)
        if left < 1:
            return (1 - left) / self.per_second
        self._left[key] = (left - 1, now)
        return 0.0


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one request: refused unheard, or heard and its answer lost."""

    status: int = 500
    body: bytes = b""
    is_heard: bool = False


class HungUp(Exception):
    """The connection ends without an answer."""


class Provider:
    """The ground of LINE, Telegram and WhatsApp. ``now`` can be a clock that tests set."""

    most_at_once = 100
    token: str
    secret: str

    def __init__(self, url: str = "", now: Callable[[], datetime] | None = None) -> None:
        self.now = now or (lambda: datetime.now(UTC))
        self.customers = Customers()
        self.files: dict[str, File] = {}
        self.faults: deque[Fault] = deque()
        self.asked: list[Asked] = []
        self.hooks = Hooks(self.seal, url, most=self.most_at_once)
        self.routes: list[tuple[str, re.Pattern[str], Answering]] = []
        self._one_at_a_time = threading.RLock()
        # Somewhere, so that what another run has numbered is not numbered the same.
        self._count = 1000 + 1000 * secrets.randbelow(90_000)

    def seal(self, events: list[Event], redelivered: bool) -> Sealed:
        """Sign what is told."""
        raise NotImplementedError

    def not_found(self, asked: Asked) -> Said:
        """Nothing is there."""
        raise NotImplementedError

    def answer(self, asked: Asked) -> Said:
        """What the provider says to a request."""
        with self._one_at_a_time:
            self.asked.append(asked)
            fault = self.faults.popleft() if self.faults and asked.method == "POST" else None
            if fault and not fault.is_heard:
                return _failed(fault)
            try:
                said = self._answer(asked)
            except Refusal as refusal:
                said = refusal.said
            return _failed(fault) if fault else said

    def keep(self, data: bytes, content_type: str, *, lasts: timedelta, name: str = "") -> str:
        """Keep a file; its id."""
        id = self.next_id()
        self.files[id] = File(data, content_type, self.now() + lasts, name)
        return id

    def file(self, id: str) -> File | None:
        """A file, while it is kept."""
        found = self.files.get(id)
        return found if found and found.until > self.now() else None

    def next_id(self) -> str:
        """A number that nothing else has."""
        with self._one_at_a_time:
            self._count += 1
            return f"{self._count}{secrets.randbelow(10**6):06}"

    def count(self) -> int:
        """The next of 1001, 1002, …"""
        with self._one_at_a_time:
            self._count += 1
            return self._count

    def route(self, method: str, pattern: str, answering: Answering) -> None:
        """Have requests to a path answered; named groups become arguments."""
        self.routes.append((method, re.compile(pattern), answering))

    def _answer(self, asked: Asked) -> Said:
        for method, pattern, answering in self.routes:
            if method == asked.method and (found := pattern.fullmatch(asked.path)):
                arguments: dict[str, Any] = found.groupdict()
                return answering(asked, **arguments)
        return self.not_found(asked)


def _failed(fault: Fault) -> Said:
    if not fault.status:
        raise HungUp
    return Said(fault.status, fault.body, {"content-type": "application/json"})
