"""What a dialogue needs of its customer, however they write: in the web chat, or by a channel outside."""

import asyncio
import uuid
from collections.abc import Iterable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Protocol

from .log import Received


@dataclass
class Sent:
    """A turn on its way. ``message_id`` is known once it is acknowledged."""

    side: str
    text: str
    client_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    message_id: str = ""
    seconds: float | None = None
    """From the first try to the arrival at the other side."""
    is_unknown: bool = False
    """Whether the agent was told that it may not have arrived."""


class Customer(Protocol):
    """Somebody who writes to the business."""

    @property
    def news(self) -> asyncio.Event:
        """Set whenever something may have changed for them."""

    @property
    def why(self) -> str:
        """Why they were cut off last."""

    @property
    def reconnects(self) -> int:
        """How often they came back."""

    @property
    def standing(self) -> str:
        """What they know, for the report of a dialogue that failed."""

    async def enter(self, name: str) -> None:
        """Become a customer."""

    def present(self) -> AbstractAsyncContextManager[None]:
        """As long as they are there."""

    async def say(self, client_id: str, text: str) -> Received:
        """Write, until it is known to be there."""

    def arrived(self, sent: Sent) -> float | None:
        """When an answer came to them; nothing before that."""

    def is_closed(self) -> bool | None:
        """Whether they see the end."""

    def heard(self, sent: list[Sent]) -> Iterable[Received]:
        """All that they received, in order."""
