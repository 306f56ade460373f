"""How long to wait before something that failed is tried again."""

import random
from datetime import timedelta

JITTER = 0.25


def pause(failures: int, longest: timedelta, at_least: float | None = None) -> timedelta:
    """1, 2, 4 … seconds, up to ``longest``, and never less than was asked for; with jitter, as others wait for the same."""
    seconds = min(2.0 ** min(max(failures - 1, 0), 32), longest.total_seconds())
    spread = seconds * (1 + random.uniform(-JITTER, JITTER))
    return timedelta(seconds=max(spread, at_least or 0.0))
