"""How the day went, added up: what is over was counted once, and only what is recent is read for each who asks.

Ten boards that ask once a second would else read every stay of the day ten times a second.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, or_, select

from helpline.core import Tx
from helpline.people.queries import workspace

from .models import Outcome, Visit
from .rules import BOUNDS, Counts, day_began

HOUR = timedelta(hours=1)
RECENT = timedelta(seconds=30)
MOST_KEPT = 1000
_kept: OrderedDict[str, "Tally"] = OrderedDict()
"""By workspace, what was over when somebody asked last. Never changed once it is here; it can be lost at any time."""


@dataclass
class Tally:
    """The stays of a day that ended before ``until``; by team and hour since midnight, by team and wait."""

    since: datetime
    until: datetime
    number: int = 0
    arrived: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))
    ended: dict[tuple[str, int], Counts] = field(default_factory=lambda: defaultdict(Counts))
    waits: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0] * (len(BOUNDS) + 1)))

    def of(self, team_id: str) -> Counts:
        """What ended in a team's queue."""
        return sum((counts for (team, _), counts in self.ended.items() if team == team_id), Counts())

    def with_more(self, rows: Iterable[Row[Any]], until: datetime) -> "Tally":
        """Another one, with these stays in it."""
        more = Tally(self.since, until, self.number)
        more.arrived.update(self.arrived)
        more.ended.update(self.ended)
        more.waits.update({team: [*counts] for team, counts in self.waits.items()})
        for row in rows:
            more._add(row)
        return more

    def _add(self, row: Row[Any]) -> None:
        self.number += 1
        if row.entered_at >= self.since:
            self.arrived[row.team_id, self._hour(row.entered_at)] += 1
        if row.left_at is None:
            return
        answered, abandoned = row.outcome == Outcome.ANSWERED, row.outcome == Outcome.ABANDONED
        counts = Counts(int(answered), int(row.in_target), int(abandoned), int(row.is_short))
        self.ended[row.team_id, self._hour(row.left_at)] += counts
        if answered:
            waited = (row.left_at - row.entered_at).total_seconds()
            self.waits[row.team_id][sum(waited > bound for bound in BOUNDS)] += 1

    def _hour(self, at: datetime) -> int:
        return int((at - self.since) / HOUR)


def today(tx: Tx) -> Tally:
    """All stays that ended since midnight, and those that go on."""
    settled = _settled(tx, day_began(tx.now, workspace(tx).timezone))
    recent = or_(Visit.left_at.is_(None), Visit.left_at >= settled.until)
    return settled.with_more(tx.execute(_stays(tx).where(recent)), tx.now)


def _settled(tx: Tx, since: datetime) -> Tally:
    """What is over, counted on from where it was left off; anew when rows came or went behind it, as by an import."""
    until, kept = max(tx.now - RECENT, since), _kept.get(tx.workspace_id)
    if kept is None or kept.since != since or kept.until > until or _how_many(tx, kept) != kept.number:
        kept = Tally(since, since)
    if kept.until < until:
        kept = kept.with_more(tx.execute(_stays(tx).where(Visit.left_at >= kept.until, Visit.left_at < until)), until)
    _kept[tx.workspace_id] = kept
    if len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
    return kept


def _how_many(tx: Tx, kept: Tally) -> int:
    over = (Visit.left_at >= kept.since, Visit.left_at < kept.until)  # the index alone answers this
    return tx.db.scalar(select(func.count()).where(Visit.workspace_id == tx.workspace_id, *over)) or 0


def _stays(tx: Tx) -> Any:
    row = Visit
    columns = (row.team_id, row.entered_at, row.left_at, row.outcome, row.in_target, row.is_short)
    return select(*columns).where(row.workspace_id == tx.workspace_id)
