"""How many are served and wait at once, how long, and what happens then."""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from helpline.core import Invalid

from .references import TeamId

Otherwise = Literal["keep", "overflow", "close"]


class Queueing(Struct, kw_only=True):
    """How many wait at once, how long, and what happens then. A limit of 0 is none."""

    points_per_second: Annotated[float, Meta(ge=0, le=1000)] = 0.0
    """What waiting adds to the priority, so that what is urgent starts ahead and everything ages; the same in all categories."""
    max_length: Annotated[int, Meta(ge=0, le=100_000)] = 0
    """How many may wait in the team's queue; whoever comes then finds it full."""
    when_full: Otherwise = "close"
    """What becomes of whoever finds it full: kept waiting as a message left, sent to another team, or closed."""
    max_wait: Annotated[int, Meta(ge=0, le=7 * 86_400)] = 0
    """Seconds that somebody waits at most."""
    when_late: Otherwise = "keep"
    """What becomes of whoever has waited so long."""
    overflow_team: TeamId = ""
    """The other team."""
    tell_every: Annotated[int, Meta(ge=0, le=86_400)] = 60
    """Seconds at least between two messages about the place in the queue; 0: only on entering."""


class SameForAllCategories(Invalid):
    """Queues are shared by channel categories, so waiting adds as much in all of them: set it for the whole workspace."""


class NoOverflowTeam(Invalid):
    """Say which other team takes what overflows."""


def check_queue(queue: Queueing, wanted: dict[str, Any], category_id: str | None) -> None:
    """Refuse an ageing of one category's own, and an overflow to nowhere."""
    if category_id and wanted.get("points_per_second") is not None:
        raise SameForAllCategories(field="queue.points_per_second")
    if "overflow" in {queue.when_full, queue.when_late} and not queue.overflow_team:
        raise NoOverflowTeam(field="queue.overflow_team")
