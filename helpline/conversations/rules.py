"""Where a conversation stands in its queue, and who can take it: values in, values out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Why = Literal[
    "longest_idle",
    "last_agent",
    "responsible",
    "least_loaded",
    "agent_priority",
    "taken",
    "transferred",
    "connected",
    "named",
]
"""How the agent of a conversation was found."""


MESSAGES_BEHIND = 1e11
"""More than priority and years of waiting can make up for; small enough that a microsecond of waiting still counts."""


NotGiven = Literal["no_room", "late"]
"""Why somebody could not wait, or wait on: the queue is full or nobody may wait in it now; or they have waited too long."""


def urgency(priority: int, queued_at: datetime, points_per_second: float, *, left_message: bool = False) -> float:
    """What orders a queue, the highest first: the priority, to which waiting adds so many points a second.

    All who wait gain the same at the same time. So what each has gained since 1970 is left out for all, and what remains never
    changes: a queue that ages is read from an index like any other. A message that was left comes behind all who are there.
    """
    urgent = priority - points_per_second * queued_at.timestamp() if points_per_second else float(priority)
    return urgent - MESSAGES_BEHIND if left_message else urgent


@dataclass(frozen=True)
class Lane:
    """Who can take a conversation: agents who have ``skills``; others too, if ``relaxed``, when nobody online has them."""

    kind: str
    skills: frozenset[str] = frozenset()
    relaxed: bool = False

    def __str__(self) -> str:
        return f"{self.kind}{'~' if self.relaxed else ''}:{','.join(sorted(self.skills))}"

    @classmethod
    def of(cls, written: str) -> "Lane":
        """The lane of this name."""
        kind, _, skills = written.partition(":")
        return cls(kind.removesuffix("~"), frozenset(filter(None, skills.split(","))), kind.endswith("~"))
