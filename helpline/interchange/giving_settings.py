"""Settings as lines, in the order in which they need each other."""

from collections.abc import Iterator

from helpline.channels import Category, Channel, Owner
from helpline.channels import queries as channels
from helpline.core import Tx
from helpline.people import queries as people

from .called import Called, role_of
from .lines import (
    AgentLine,
    CategoryLine,
    ChannelLine,
    OwnerLine,
    ReasonLine,
    ResultLine,
    SettingLine,
    TeamLine,
)


def settings(tx: Tx) -> list[SettingLine]:
    """All of them. No password, token or key is among them."""
    called = Called(tx)
    return [*_people(tx, called), *_channels(tx, called), *_choices(called)]


def _people(tx: Tx, called: Called) -> Iterator[SettingLine]:
    for team in people.teams(tx):
        yield TeamLine(name=team.name, limit=team.limit, active=team.active)
    within: dict[str, list[str]] = {}
    for team_id, agent_id in people.memberships(tx):
        within.setdefault(agent_id, []).append(called.teams[team_id])
    for agent, _ in people.agents(tx):
        line = AgentLine(email=agent.email, name=agent.name, role=role_of(agent.role), locale=agent.locale)
        line.limit, line.active, line.teams = agent.limit, agent.active, sorted(within.get(agent.id, []))
        yield line


def _channels(tx: Tx, called: Called) -> Iterator[SettingLine]:
    for owner in channels.all_of(tx, Owner):
        yield OwnerLine(name=owner.name, active=owner.active)
    for category in channels.all_of(tx, Category):
        line = CategoryLine(name=category.name, team=called.teams[category.team_id], active=category.active)
        line.owner, line.requires = called.owners.get(category.owner_id or ""), category.requires
        yield line
    for channel in channels.all_of(tx, Channel):
        kept = ChannelLine(name=channel.name, category=called.categories[channel.category_id], kind=channel.kind)
        kept.brand_color, kept.greeting, kept.active = channel.brand_color, channel.greeting, channel.active
        kept.allowed_domains = channel.allowed_domains
        yield kept


def _choices(called: Called) -> Iterator[SettingLine]:
    for one in called.results.values():
        yield ResultLine(label=one.label, category=one.category, position=one.position, active=one.active)
    for reason in sorted(called.reasons.values(), key=lambda row: row.parent_id is not None):  # headings first
        line = ReasonLine(label=reason.label, heading=called.heading(reason), description=reason.description)
        line.position, line.active = reason.position, reason.active
        line.categories = [called.categories[id] for id in reason.category_ids if id in called.categories]
        yield line
