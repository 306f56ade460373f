"""What contacts thought: how many rated, how, by agent and by day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select

from helpline.channels import Category
from helpline.channels.queries import all_of
from helpline.conversations.models import Conversation
from helpline.conversations.rating_models import Rating
from helpline.core import Out, Tx
from helpline.people import queries as people

STARS = (1, 2, 3, 4, 5)
Rows = Select[*tuple[Any, ...]]


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
    by_category: list[RatingGroup]
    by_day: list[RatingGroup]


@dataclass(frozen=True)
class Narrowed:
    """Which of those who were asked: from, and before a moment, whom this agent served, who came by this category."""

    since: datetime | None = None
    before: datetime | None = None
    agent_id: str | None = None
    category_id: str | None = None


@dataclass(frozen=True)
class Asked:
    """One contact who was asked."""

    agent_id: str
    category_id: str
    at: datetime
    stars: int | None


def report(tx: Tx, narrowed: Narrowed) -> SatisfactionReport:
    """Of all who were asked in this time; a day is that of the asking, in the workspace's time zone."""
    columns = (Rating.agent_id, Conversation.category_id, Rating.asked_at, Rating.stars)
    rows = tx.db.execute(only(tx, select(*columns), narrowed).order_by(Rating.asked_at))
    asked = [Asked(agent_id, category_id, at, stars) for agent_id, category_id, at, stars in rows]
    zone = people.workspace(tx).timezone
    names, categories = names_of_agents(tx), {one.id: one.name for one in all_of(tx, Category)}
    days = ZoneInfo(zone)
    return SatisfactionReport(
        timezone=zone,
        total=_figures(asked),
        by_agent=_by_name(_grouped(asked, lambda one: one.agent_id, names)),
        by_category=_by_name(_grouped(asked, lambda one: one.category_id, categories)),
        by_day=_grouped(asked, lambda one: one.at.astimezone(days).date().isoformat(), {}),
    )


def only(tx: Tx, rows: Rows, narrowed: Narrowed) -> Rows:
    """The ratings that are meant, each beside its conversation."""
    same = (Conversation.workspace_id == Rating.workspace_id) & (Conversation.id == Rating.id)
    rows = rows.select_from(Rating).join(Conversation, same).where(Rating.workspace_id == tx.workspace_id)
    if narrowed.since:
        rows = rows.where(Rating.asked_at >= narrowed.since)
    if narrowed.before:
        rows = rows.where(Rating.asked_at < narrowed.before)
    if narrowed.agent_id:
        rows = rows.where(Rating.agent_id == narrowed.agent_id)
    if narrowed.category_id:
        rows = rows.where(Conversation.category_id == narrowed.category_id)
    return rows


def names_of_agents(tx: Tx) -> dict[str, str]:
    """What everybody is called."""
    return {agent.id: agent.name for agent, _ in people.agents(tx)}


def _by_name(groups: list[RatingGroup]) -> list[RatingGroup]:
    return sorted(groups, key=lambda group: group.name)


def _grouped(asked: list[Asked], key: Callable[[Asked], str], names: dict[str, str]) -> list[RatingGroup]:
    groups: dict[str, list[Asked]] = {}
    for one in asked:
        groups.setdefault(key(one), []).append(one)
    return [RatingGroup(key=key, name=names.get(key, key), figures=_figures(group)) for key, group in groups.items()]


def _figures(asked: list[Asked]) -> RatingFigures:
    given = [one.stars for one in asked if one.stars is not None]
    average = round(sum(given) / len(given), 2) if given else None
    return RatingFigures(asked=len(asked), count=len(given), average=average, stars=[given.count(n) for n in STARS])
