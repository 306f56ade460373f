"""What a storm is made of: redeliveries, disorder, providers that fail, and a server that is killed at the worst moments."""

import random
import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from typing import Any

import httpx

from helpline.app.simulating_channels.exchange import Asked, Said
from helpline.app.simulating_channels.hooks import Hooks
from helpline.app.simulating_channels.provider import Fault, HungUp, Provider
from helpline.app.simulating_channels.server import posting

from .victims import Victim

MOMENTS = ("sending, unheard", "any", "sending, heard", "told")
"""When the server is killed, in turn: as a call of its begins, whenever, as a call of its was heard, as it has taken a hook."""
FAULTS = [Fault(429), Fault(500), Fault(503), Fault(0), Fault(0, is_heard=True), Fault(504, is_heard=True)]


class Squalls(deque[Fault]):
    """Every so many calls something goes wrong."""

    def __init__(self, chance: random.Random, often: float) -> None:
        super().__init__()
        self._chance, self._often = chance, often
        self.seen: Counter[str] = Counter()

    def __bool__(self) -> bool:
        return self._chance.random() < self._often

    def popleft(self) -> Fault:
        """Whichever."""
        fault = self._chance.choice(FAULTS)
        self.seen[f"{fault.status or 'no answer'}{', heard' if fault.is_heard else ''}"] += 1
        return fault


class Lightning:
    """Kills the server at even distances of what customers say, and has it started again."""

    def __init__(self, victim: Victim, kills: int, total: int) -> None:
        self._victim, self._kills, self._total = victim, kills, total
        self._said, self._moment = 0, ""
        self._lock = threading.Lock()
        self._rising: list[threading.Thread] = []
        self.struck: list[dict[str, Any]] = []

    def said(self) -> None:
        """A customer said something."""
        with self._lock:
            self._said += 1
            due = len(self.struck)
            if not self._moment and due < self._kills and self._said * (self._kills + 1) >= self._total * (due + 1):
                self._moment = MOMENTS[due % len(MOMENTS)]
        self.at("any")

    def at(self, moment: str) -> bool:
        """Whether it strikes at such a moment; then the server is dead by now."""
        with self._lock:
            if self._moment != moment:
                return False
            self._victim.kill()
            self._moment = ""
            self.struck.append({"when": moment, "after_messages": self._said})
            self._rising.append(threading.Thread(target=self._rise, args=(self.struck[-1],)))
            self._rising[-1].start()
            return True

    def _rise(self, told: dict[str, Any]) -> None:
        began = time.monotonic()
        self._victim.start()
        told["seconds_until_back"] = round(time.monotonic() - began, 2)

    def over(self) -> None:
        """Until the server is back."""
        for thread in self._rising:
            thread.join()


def struck(provider: Provider, lightning: Lightning) -> None:
    """Have it strike in the middle of calls to a provider."""
    answer = provider.answer

    def answering(asked: Asked) -> Said:
        if asked.method != "POST":
            return answer(asked)
        if lightning.at("sending, unheard"):
            raise HungUp
        said = answer(asked)
        if said.status < 300 and lightning.at("sending, heard"):
            raise HungUp
        return said

    provider.answer = answering  # type: ignore[method-assign]


class Gusts:
    """Tells of what happens at a provider by several threads: up to three times, in any order, and long after once more."""

    def __init__(self, hooks: Hooks, lightning: Lightning, seed: int, *, threads: int = 2) -> None:
        self._hooks, self._lightning, self._over = hooks, lightning, threading.Event()
        self._chances = [random.Random(f"{seed}/{number}") for number in range(threads)]
        self._threads = [threading.Thread(target=self._run, args=(one,), daemon=True) for one in self._chances]
        self.told_again = 0

    def __enter__(self) -> "Gusts":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def once_more(self) -> int:
        """All that was ever told, in any order."""
        told = list({sealed.body: sealed for sealed in self._hooks.told}.values())
        self._chances[0].shuffle(told)
        with httpx.Client(timeout=30) as client:
            post = posting(client)
            return sum(post(self._hooks.url, sealed) == 200 for sealed in told)

    def _run(self, chance: random.Random) -> None:
        with httpx.Client(timeout=15) as client:
            post = posting(client)
            while not self._over.is_set():
                if self._hooks.wait(0.2):
                    times = chance.choice((1, 1, 2, 3))
                    statuses = self._hooks.deliver(post, times=times, chance=chance)
                    self.told_again += len(statuses) * (times - 1) // times
                    if 200 in statuses:
                        self._lightning.at("told")
                    if any(status != 200 for status in statuses):
                        self._over.wait(0.2)
                    self._late(post, chance)

    def _late(self, post: Callable[..., int], chance: random.Random) -> None:
        for sealed in chance.sample(self._hooks.told, min(chance.choice((0, 0, 1)), len(self._hooks.told))):
            self.told_again += 1
            post(self._hooks.url, sealed)
