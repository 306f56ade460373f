"""The outcome of a unit of work."""

from dataclasses import dataclass
from datetime import datetime

from .facts import Fact
from .updates import Update


@dataclass(frozen=True)
class Committed:
    """What a unit leaves behind once it is durable."""

    workspace_id: str
    first_seq: int
    last_seq: int
    facts: tuple[Fact, ...]
    updates: tuple[Update, ...]
    due_at: datetime | None
    left: frozenset[tuple[str, str]] = frozenset()
    """What there is to do now beside units: which kind of work, on what."""
    elsewhere: bool = False
    """Whether another node committed it."""
