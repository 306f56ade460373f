"""What contacts thought: how many rated, how, by agent and by day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from helpline.conversations.models import Rating
from helpline.core import Out, Tx
from helpline.people import queries as people

STARS = (1, 2, 3, 4, 5)


class RatingFigures(Out):
    asked: int
    count: int
    average: float | None
    """Nothing when nobody rated."""
    stars: list[int]
    """How many gave one star, two, … five."""


class RatingGroup(Out):
    key: str
    name: str
    figures: RatingFigures


class SatisfactionReport(Out):
    timezone: str
    total: RatingFigures
    by_agent: list[RatingGroup]
    by_day: list[RatingGroup]


@dataclass(frozen=True)
class Asked:
    """One contact who was asked."""

    agent_id: str
    at: datetime
    stars: int | None


def report(tx: Tx, since: datetime | None, before: datetime | None) -> SatisfactionReport:
    """Of all who were asked in this time; a day is that of the asking, in the workspace's time zone."""
    row = Rating
    rows = select(row.agent_id, row.asked_at, row.stars).where(row.workspace_id == tx.workspace_id)
    if since:
        rows = rows.where(row.asked_at >= since)
    if before:
        rows = rows.where(row.asked_at < before)
    asked = [Asked(agent_id, at, stars) for agent_id, at, stars in tx.db.execute(rows.order_by(row.asked_at))]
    zone = people.workspace(tx).timezone
    names = {agent.id: agent.name for agent, _ in people.agents(tx)}
    days = ZoneInfo(zone)
    return SatisfactionReport(
        timezone=zone,
        total=_figures(asked),
        by_agent=_grouped(asked, lambda one: one.agent_id, names),
        by_day=_grouped(asked, lambda one: one.at.astimezone(days).date().isoformat(), {}),
    )


def _grouped(asked: list[Asked], key: Callable[[Asked], str], names: dict[str, str]) -> list[RatingGroup]:
    groups: dict[str, list[Asked]] = {}
    for one in asked:
        groups.setdefault(key(one), []).append(one)
    return [RatingGroup(key=key, name=names.get(key, key), figures=_figures(group)) for key, group in groups.items()]


def _figures(asked: list[Asked]) -> RatingFigures:
    given = [one.stars for one in asked if one.stars is not None]
    average = round(sum(given) / len(given), 2) if given else None
    return RatingFigures(asked=len(asked), count=len(given), average=average, stars=[given.count(n) for n in STARS])
