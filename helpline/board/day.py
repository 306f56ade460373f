"""How the day went: arrivals and answers by the hour, waits, and how many waited over the last hour; from the stays themselves."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from helpline.core import Out, Tx
from helpline.people.queries import workspace

from . import queries
from .models import Outcome
from .rules import Counts, day_began

STEP = timedelta(minutes=2)
STEPS = 30
BOUNDS = (20, 60, 180, 300)
"""Seconds that divide the waits."""


class HourOut(Out):
    at: datetime
    arrived: int
    answered: int
    service_level: float | None


class TrendOut(Out):
    team_id: str
    waiting: list[int]


class DayOut(Out):
    hours: list[HourOut]
    bounds: list[int]
    waits: list[int]
    trends: list[TrendOut]


def day(tx: Tx, team_id: str | None) -> DayOut:
    """For one of the actor's teams, or all of them."""
    teams = [team.id for team in queries.teams(tx) if team_id in {None, team.id}]
    since = day_began(tx.now, workspace(tx).timezone)
    hour_ago = tx.now - STEPS * STEP
    visits = queries.visits_since(tx, min(since, hour_ago), teams)
    today = [visit for visit in visits if visit.left_at is None or visit.left_at >= since]
    return DayOut(
        hours=_hours(today, since, tx.now),
        bounds=list(BOUNDS),
        waits=_waits(today),
        trends=_trends(visits, teams, tx.now),
    )


def _hours(visits: Sequence[Row[Any]], since: datetime, now: datetime) -> list[HourOut]:
    """Whole hours since midnight, from the first in which something happened."""
    hour = timedelta(hours=1)
    spans = [since + number * hour for number in range(int((now - since) / hour) + 1)]
    arrived, counts = [0] * len(spans), [Counts()] * len(spans)

    def hour_of(at: datetime) -> int:
        return min(int((at - since) / hour), len(spans) - 1)  # another node's clock may already show the next

    for visit in visits:
        if visit.entered_at >= since:
            arrived[hour_of(visit.entered_at)] += 1
        if visit.left_at is not None:
            counts[hour_of(visit.left_at)] += _counted(visit)
    hours = [
        HourOut(at=at, arrived=came, answered=went.answered, service_level=went.service_level)
        for at, came, went in zip(spans, arrived, counts, strict=True)
    ]
    first = next((place for place, one in enumerate(hours) if one.arrived or one.answered), len(hours) - 1)
    return hours[first:]


def _counted(visit: Row[Any]) -> Counts:
    answered, abandoned = visit.outcome == Outcome.ANSWERED, visit.outcome == Outcome.ABANDONED
    return Counts(int(answered), int(visit.in_target), int(abandoned), int(visit.is_short))


def _waits(visits: Iterable[Row[Any]]) -> list[int]:
    """How many of the answered waited up to each bound, and longer than the last."""
    found = [0] * (len(BOUNDS) + 1)
    for visit in visits:
        if visit.outcome == Outcome.ANSWERED:
            waited = (visit.left_at - visit.entered_at).total_seconds()
            found[sum(waited > bound for bound in BOUNDS)] += 1
    return found


def _trends(visits: Iterable[Row[Any]], teams: Iterable[str], now: datetime) -> list[TrendOut]:
    """How many waited at each step of the last hour, now included: those who had come, less those who had left."""
    moments = [now - STEP * left for left in range(STEPS, -1, -1)]
    entered, left = defaultdict[str, list[datetime]](list), defaultdict[str, list[datetime]](list)
    for visit in visits:
        entered[visit.team_id].append(visit.entered_at)
        if visit.left_at is not None:
            left[visit.team_id].append(visit.left_at)
    for times in (*entered.values(), *left.values()):
        times.sort()
    return [
        TrendOut(team_id=id, waiting=[bisect_right(entered[id], at) - bisect_right(left[id], at) for at in moments])
        for id in teams
    ]
