"""The customer's side: who they are, and what stands on their screen."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass
class Seen:
    """One message on a customer's screen."""

    id: str
    kind: str
    text: str
    at: datetime
    ours: bool = False
    """Written by the customer."""
    details: dict[str, Any] = field(default_factory=dict)
    """As it was sent, whatever its kind."""
    deleted: bool = False
    reaction: str = ""


@dataclass
class Customer:
    """Somebody with the app in hand."""

    id: str
    name: str
    has_blocked: bool = False
    last_wrote: datetime | None = None
    screen: list[Seen] = field(default_factory=list)
    speaker: "Customer | None" = None
    """Of a group, who of it does what is told next."""

    @property
    def received(self) -> list[Seen]:
        """What came from the business, in order."""
        return [one for one in self.screen if not one.ours]

    @property
    def texts(self) -> list[str]:
        """What came, in words."""
        return [one.text for one in self.received]

    def find(self, message_id: str) -> Seen | None:
        """The message with this id."""
        return next((one for one in self.screen if one.id == message_id), None)


class Customers:
    """Everybody who uses the provider's app."""

    def __init__(self) -> None:
        self._all: dict[str, Customer] = {}

    def __iter__(self) -> Iterator[Customer]:
        return iter(self._all.values())

    def add(self, id: str, name: str) -> Customer:
        """A new one, or the one who is known by this id."""
        return self._all.setdefault(id, Customer(id, name))

    def find(self, id: str) -> Customer | None:
        """Whoever has this id."""
        return self._all.get(id)

    def with_message(self, message_id: str) -> tuple[Customer, Seen] | None:
        """A message, and on whose screen it is."""
        for customer in self._all.values():
            if (seen := customer.find(message_id)) is not None:
                return customer, seen
        return None
