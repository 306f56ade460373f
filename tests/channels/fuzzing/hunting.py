"""The hunt: change a payload, have it read, look whether all is well; what is read in a new way is changed further."""

import random
import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import msgspec

from helpline.channels.contract import Account
from helpline.channels.email.arriving import Mailed
from helpline.channels.email.sanitising import safe
from helpline.channels.inbound import Event, NotUnderstood, Puzzling, Raw, Said, SaidElsewhere, Unsupported
from helpline.channels.kinds import adapter_of
from helpline.conversations.particulars import Particulars

from .mutating import mutated
from .owed import owed
from .seeds import seeds

SLOW = 5.0
"""Seconds of processor that nothing that comes in may take."""
ACCOUNT = Account(channel_id="c", settings={"address": "help@example.com"}, secrets={})
MOST_KEPT = 3000


class Hang(Exception):
    """It takes too long."""


class Dropped(AssertionError):
    """Somebody said something, and it is nowhere."""


@dataclass
class Bag:
    """What a hunt brought home."""

    kind: str
    tried: int = 0
    ways: int = 0
    """In how many different ways payloads were read or refused."""
    seconds: float = 0.0
    """Of processor."""
    slowest: float = 0.0
    found: dict[str, bytes] = field(default_factory=dict)
    """What went wrong, and by which bytes."""


def hunt(kind: str, chance: random.Random, *, seconds: float = 1e9, tries: int = 10**9) -> Bag:
    """For so many seconds of processor, or so many tries."""
    bag, known, corpus = Bag(kind), set[str](), seeds(kind)
    began = time.process_time()
    first = list(corpus)
    while bag.tried < tries and time.process_time() - began < seconds:
        body = first.pop() if first else mutated(kind, chance.choice(corpus), chance.choice(corpus), chance)
        bag.tried += 1
        started = time.process_time()
        try:
            with _in_time():
                way = look(kind, body)
        except Exception as error:
            bag.found.setdefault(_plain(f"{type(error).__name__}: {error}")[:200], body)
            continue
        bag.slowest = max(bag.slowest, time.process_time() - started)
        if way not in known:
            known.add(way)
            if len(corpus) < MOST_KEPT:
                corpus.append(body)
    bag.ways, bag.seconds = len(known), time.process_time() - began
    return bag


def look(kind: str, body: bytes) -> str:
    """Have it read, and see that it is all right; in which way it was read."""
    try:
        events = adapter_of(kind).receive(ACCOUNT, Raw(body=body))
    except NotUnderstood as why:
        return _plain(str(why))[:120]
    if not isinstance(events, list) or not all(isinstance(one, Event) for one in events):
        raise TypeError(repr(events))
    is_set_apart = any(isinstance(one, Puzzling) for one in events)  # then all of it waits in quarantine too
    if not is_set_apart and (missing := owed(kind, body) - {str(getattr(one, "external_id", "")) for one in events}):
        raise Dropped(", ".join(sorted(missing)))
    return "; ".join(_way(event) for event in events[:3]) + f" {min(len(events), 4)}"


def _way(event: Event) -> str:
    """What is there of an event; whoever takes it in can keep it."""
    plain = msgspec.json.encode(
        {name: value for name, value in vars(event).items() if name not in {"mail", "media"}}, enc_hook=vars
    )
    plain.decode()
    if isinstance(event, Said | SaidElsewhere | Unsupported) and not (event.external_id and event.who.address):
        raise ValueError("a message without an id or an author")
    if isinstance(event, Said | SaidElsewhere):
        msgspec.convert(dict(event.details), Particulars)
    if isinstance(event, Mailed):
        safe(event.mail.html)
    there = [name for name, value in vars(event).items() if value]
    details: Any = getattr(event, "details", {})
    mail = [name for name, value in vars(event.mail).items() if value] if isinstance(event, Mailed) else []
    return f"{type(event).__name__} {there} {sorted(details)} {mail} {len(getattr(event, 'media', ()))}"


@contextmanager
def _in_time() -> Iterator[None]:
    def over(*_: Any) -> None:
        raise Hang(f"more than {SLOW:.0f} s")

    before = signal.signal(signal.SIGPROF, over)
    signal.setitimer(signal.ITIMER_PROF, SLOW)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _plain(words: str) -> str:
    return re.sub(r"[^A-Za-z_ :.`$\[\]]+", "#", re.sub(r"'[^']*'|\"[^\"]*\"", "'…'", words))
