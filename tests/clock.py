"""A clock for tests."""

from datetime import UTC, datetime, timedelta


class Clock:
    """Stands still; each look moves it on by a microsecond, so that no two things happen at the same time."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(microseconds=1)
        return self.now

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)
