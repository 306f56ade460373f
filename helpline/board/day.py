"""How the day went: arrivals, answers and who left by the hour, waits, and who waited over the last hour; from the stays."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from helpline.core import Out, Tx

from . import queries
from .rules import BOUNDS, Counts
from .tallies import HOUR, Tally, today

STEP = timedelta(minutes=2)
STEPS = 30
SECOND = timedelta(seconds=1)


class HourOut(Out):
    at: datetime
    arrived: int
    answered: int
    service_level: float | None
    abandon_rate: float | None


class TrendOut(Out):
    team_id: str
    waiting: list[int]
    longest: list[int]


class DayOut(Out):
    hours: list[HourOut]
    bounds: list[int]
    waits: list[int]
    trends: list[TrendOut]


def day(tx: Tx, team_id: str | None) -> DayOut:
    """For one of the actor's teams, or all of them."""
    teams = [team.id for team in queries.teams(tx) if team_id in {None, team.id}]
    tally = today(tx)
    return DayOut(
        hours=_hours(tally, set(teams), tx.now),
        bounds=list(BOUNDS),
        waits=[sum(counts) for counts in zip(*(tally.waits[id] for id in teams), strict=True)]
        or [0] * (len(BOUNDS) + 1),
        trends=_trends(queries.visits_since(tx, tx.now - STEPS * STEP, teams), teams, tx.now),
    )


def _hours(tally: Tally, teams: set[str], now: datetime) -> list[HourOut]:
    """Whole hours since midnight, from the first in which something happened."""
    last = int((now - tally.since) / HOUR)
    arrived, ended = defaultdict[int, int](int), defaultdict[int, Counts](Counts)
    for (team, hour), number in tally.arrived.items():
        arrived[min(hour, last)] += number * (team in teams)  # another node's clock may already show the next
    for (team, hour), counts in tally.ended.items():
        if team in teams:
            ended[min(hour, last)] += counts
    busy = [hour for hour in range(last + 1) if arrived[hour] or ended[hour].answered]
    return [
        HourOut(
            at=tally.since + hour * HOUR,
            arrived=arrived[hour],
            answered=ended[hour].answered,
            service_level=ended[hour].service_level,
            abandon_rate=ended[hour].abandon_rate,
        )
        for hour in range(busy[0] if busy else last, last + 1)
    ]


def _trends(visits: Iterable[Row[Any]], teams: Iterable[str], now: datetime) -> list[TrendOut]:
    """How many waited at each step of the last hour, now included, and for how many seconds the first of them."""
    moments = [now - STEP * left for left in range(STEPS, -1, -1)]
    stays = defaultdict[str, list[tuple[datetime, datetime]]](list)
    for visit in visits:
        stays[visit.team_id].append((visit.entered_at, visit.left_at or datetime.max.replace(tzinfo=now.tzinfo)))
    there = {id: [[came for came, left in stays[id] if came <= at < left] for at in moments] for id in teams}
    return [
        TrendOut(
            team_id=id,
            waiting=[len(came) for came in waiting],
            longest=[(at - min(came, default=at)) // SECOND for at, came in zip(moments, waiting, strict=True)],
        )
        for id, waiting in there.items()
    ]
