"""Customers of each kind of channel, whose messages come one call at a time, for ``bench.receiving``."""

import base64
import itertools
import random
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple, Protocol

import msgspec

from helpline.app.simulating_channels.customers import Customer, Customers
from helpline.app.simulating_channels.hooks import Event, Hooks, Sealed
from helpline.core import new_id
from helpline.outside.signing import signed

from .letters import Post

CUSTOMERS = 16
"""Of each kind."""
TEXT = "Hello, my parcel 4711 has not arrived yet. Could you please look where it is?"
SECRET = "whsec_" + base64.b64encode(b"a secret of the program, and long enough").decode()


class Call(NamedTuple):
    """One call that brings one message, which is known again by ``mark``."""

    path: str
    headers: Mapping[str, str]
    body: bytes
    mark: bytes


class Place(Protocol):
    """Where customers write."""

    hooks: Hooks

    def meets(self, name: str) -> Customer:
        """Somebody new."""

    def says(self, customer: Customer, text: str) -> str:
        """They write."""


class Way:
    """How customers of one kind of channel write, in turn."""

    def __init__(self, path: str, place: Place) -> None:
        self._path, self._place = path, place
        self._turn = itertools.cycle([place.meets(f"Customer {number}") for number in range(CUSTOMERS)])

    def call(self) -> Call:
        """The next one writes."""
        mark = f"bench-{secrets.token_hex(8)}"
        id = self._place.says(next(self._turn), f"{TEXT} {mark}")
        told: list[Sealed] = []

        def take(_url: str, sealed: Sealed) -> int:
            told.append(sealed)
            return 200

        self._place.hooks.deliver(take)
        sealed = next(one for one in told if id.encode() in one.body)
        return Call(self._path, sealed.headers, sealed.body, mark.encode())


class Own:
    """Customers of a program of one's own."""

    def __init__(self) -> None:
        self.customers, self.hooks = Customers(), Hooks(self._seal)
        self.told = {"settings": {"url": "http://127.0.0.1:9"}, "secrets": {"secret": SECRET}}

    def meets(self, name: str) -> Customer:
        """Somebody new."""
        return self.customers.add(name, name)

    def says(self, customer: Customer, text: str) -> str:
        """They write."""
        who = {"address": customer.id, "name": customer.name}
        id = new_id()
        self.hooks.put({"type": "message", "id": id, "from": who, "text": text})
        return id

    def _seal(self, events: list[Event], redelivered: bool) -> Sealed:
        body = msgspec.json.encode({"events": events})
        return Sealed(signed(SECRET, new_id(), datetime.now(UTC), body), body)


class Chat(Own):
    """Visitors of the web chat, known by these tokens."""

    def __init__(self, tokens: list[str]) -> None:
        super().__init__()
        self._tokens = iter(tokens)

    def meets(self, name: str) -> Customer:
        """Somebody new."""
        return self.customers.add(next(self._tokens), name)

    def says(self, customer: Customer, text: str) -> str:
        """They write."""
        id = new_id()
        self.hooks.put({"token": customer.id, "id": id, "text": text})
        return id

    def _seal(self, events: list[Event], redelivered: bool) -> Sealed:
        token = events[0].pop("token")
        headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
        return Sealed(headers, msgspec.json.encode(events[0]))


class Letters(Post):
    """Customers who write mails; nobody takes the answers in."""

    def __init__(self) -> None:
        super().__init__(random.Random(0), 0.0)
        settings = {**self.settings, "smtp_host": ""}
        self.told = {"settings": settings, "secrets": {"http_secret": self.secret}}


OWN: dict[str, type[Any]] = {"api": Own, "email": Letters}
