"""In which order people wait, how many and how long, and what becomes of the others."""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from helpline.core import Invalid, Tx
from helpline.people import Team

from .references import TeamId

MayWait = Literal["always", "online", "never"]
Otherwise = Literal["close", "overflow", "message"]


class Queueing(Struct, kw_only=True):
    """In which order people wait, how many and how long, and what becomes of the others. A limit of 0 is none."""

    points_per_second: Annotated[float, Meta(ge=0, le=1000)] = 0.0
    """What waiting adds to the priority, so that what is urgent starts ahead and everything ages; the same in all categories."""
    may_wait: MayWait = "always"
    """Who may wait within working hours when no agent is free: everybody, everybody while one of the team is online, or nobody."""
    max_length: Annotated[int, Meta(ge=0, le=100_000)] = 0
    """How many may wait in the team's queue; whoever comes then finds it full."""
    when_full: Otherwise = "close"
    """What becomes of whoever may not wait: told so and closed, sent on to another team, or asked to leave a message."""
    full_team: TeamId = ""
    """The team to which whoever may not wait is sent on."""
    max_wait: Annotated[int, Meta(ge=0, le=7 * 86_400)] = 0
    """Seconds of working hours that somebody waits in a queue at most."""
    when_late: Otherwise = "close"
    """What becomes of whoever has waited so long."""
    late_team: TeamId = ""
    """The team to which whoever has waited so long is sent on."""
    tell_every: Annotated[int, Meta(ge=0, le=86_400)] = 60
    """Seconds at least between two texts about the place in the queue; 0: only on entering."""


class SameForAllCategories(Invalid):
    """Queues are shared by channel categories, so waiting adds as much in all of them: set it for the whole workspace."""


class NoOverflowTeam(Invalid):
    """Say which other team takes who is sent on; it has to be in use."""


def check_queue(tx: Tx, queue: Queueing, wanted: dict[str, Any], category_id: str | None) -> None:
    """Refuse an ageing of one category's own, and a sending on to nowhere."""
    if category_id and wanted.get("points_per_second") is not None:
        raise SameForAllCategories(field="queue.points_per_second")
    for then, team_id, name in (
        (queue.when_full, queue.full_team, "full_team"),
        (queue.when_late, queue.late_team, "late_team"),
    ):
        # Held, so that whoever switches the team off at this moment sees the setting, or is seen here.
        if (then == "overflow" or wanted.get(name)) and not any(team.active for team in tx.lock(Team, team_id)):
            raise NoOverflowTeam(field=f"queue.{name}")
