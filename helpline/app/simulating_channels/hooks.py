"""What a provider tells the business: signed, again until it is taken, and out of order or twice where a test wants it."""

import random
import threading
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

Event = dict[str, Any]


class Sealed(NamedTuple):
    """A request as it goes out."""

    headers: Mapping[str, str]
    body: bytes


class _Pending(NamedTuple):
    event: Event
    tried: int


Post = Callable[[str, Sealed], int]
"""Send to an address; the status of the answer, 0 for none."""


class Hooks:
    """Events that wait to be told to ``url``. ``seal`` makes a request of some, with whether they were told before."""

    def __init__(self, seal: Callable[[list[Event], bool], Sealed], url: str = "", *, most: int = 100) -> None:
        self.url = url
        self.told: list[Sealed] = []
        """What went out, in order; a test can tell it again."""
        self._seal, self._most = seal, most
        self._pending: list[_Pending] = []
        self._some = threading.Condition()

    @property
    def waiting(self) -> int:
        """How many are not yet told."""
        return len(self._pending)

    def put(self, event: Event) -> None:
        """Have an event told."""
        with self._some:
            self._pending.append(_Pending(event, 0))
            self._some.notify_all()

    def wait(self, seconds: float) -> bool:
        """Until something waits to be told, but no longer than this."""
        with self._some:
            return self._some.wait_for(lambda: bool(self._pending), seconds)

    def take(self) -> list[Event]:
        """What waits, for who tells it otherwise (by polling)."""
        with self._some:
            taken, self._pending = self._pending, []
        return [one.event for one in taken]

    def deliver(
        self, post: Post, *, times: int = 1, chance: random.Random | None = None, together: bool = False
    ) -> list[int]:
        """Tell all that waits, each ``times``, in a random order if there is a ``chance``; the statuses that came back.

        What is not answered with a success waits on, and counts as redelivered from then on.
        """
        with self._some:
            waiting, self._pending = self._pending, []
        size = self._most if together else 1
        batches = [waiting[at : at + size] for at in range(0, len(waiting), size)]
        round_ = [(batch, again) for again in range(times) for batch in batches]
        if chance:
            chance.shuffle(round_)
        statuses = [self._send(post, batch, again) for batch, again in round_]
        taken = {id(batch) for (batch, _), status in zip(round_, statuses, strict=True) if 200 <= status < 300}
        with self._some:
            left = [one for batch in batches if id(batch) not in taken for one in batch]
            self._pending = [one._replace(tried=one.tried + 1) for one in left] + self._pending
        return statuses

    def again(self, post: Post, chance: random.Random | None = None) -> list[int]:
        """Tell once more all that was ever told, as it was."""
        before = list(self.told)
        if chance:
            chance.shuffle(before)
        return [post(self.url, sealed) for sealed in before]

    def _send(self, post: Post, batch: list[_Pending], again: int) -> int:
        sealed = self._seal([one.event for one in batch], any(one.tried for one in batch) or again > 0)
        self.told.append(sealed)
        return post(self.url, sealed)
