"""The figures of a queue, from counts. Each is defined once, here (docs/guide/board.md)."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from msgspec import Struct

BOUNDS = (20, 60, 180, 300)
"""Seconds that divide the waits."""


class Counts(Struct, frozen=True):
    """Ended stays by outcome. Moved, withdrawn and a message left are in none of these: nobody failed."""

    answered: int = 0
    in_target: int = 0
    abandoned: int = 0
    short: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.answered + other.answered,
            self.in_target + other.in_target,
            self.abandoned + other.abandoned,
            self.short + other.short,
        )

    @property
    def service_level(self) -> float | None:
        """``sl_net``: answered within the target ÷ (answered + abandoned, but for short ones); nothing without any."""
        return _share(self.in_target, self.answered + self.abandoned - self.short)

    @property
    def abandon_rate(self) -> float | None:
        """``abandon_rate_net``: abandoned, but for short ones ÷ (answered + abandoned, but for short ones)."""
        return _share(self.abandoned - self.short, self.answered + self.abandoned - self.short)


def _share(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None


def day_began(now: datetime, zone: str) -> datetime:
    """The midnight before ``now`` in a time zone; where the clock skips it, the first moment of the day."""
    home = ZoneInfo(zone)
    return datetime.combine(now.astimezone(home).date(), time.min, home).astimezone(UTC)
