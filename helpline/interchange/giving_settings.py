"""Settings as lines, in the order in which they need each other."""

from collections.abc import Iterator

import msgspec
from sqlalchemy import select

from helpline.canned_responses import CannedResponse
from helpline.channels import Category, Channel, Owner
from helpline.channels import queries as channels
from helpline.channels.forms import Form
from helpline.channels.kinds import goes_out
from helpline.channels.shapes import Translations
from helpline.core import Tx
from helpline.people import Agent, Role
from helpline.people import queries as people
from helpline.people.preferences import UNLESS_CHOSEN, PreferencesIn
from helpline.service_records import Reason

from . import session_settings
from .calendars import calendar_lines, switch_lines
from .called import Called
from .setting_lines import (
    AgentLine,
    BreakReasonLine,
    CannedResponseLine,
    CategoryLine,
    ChannelLine,
    OwnerLine,
    ReasonLine,
    ResultLine,
    RoleLine,
    SettingLine,
    TeamLine,
    WorkspaceLine,
)


def settings(tx: Tx, called: Called) -> Iterator[SettingLine]:
    """All of them. No password, token or key is among them."""
    workspace = people.workspace(tx)
    yield WorkspaceLine(**{name: getattr(workspace, name) for name in WorkspaceLine.__struct_fields__})
    for reason in people.break_reasons(tx):
        yield BreakReasonLine(label=reason.label, position=reason.position, active=reason.active)
    yield from _people(tx, called)
    yield from calendar_lines(tx)
    yield from _channels(tx, called)
    yield from session_settings.lines(tx, called)
    yield from switch_lines(tx, called)
    yield from _choices(called)
    yield from _canned(tx, called)


def _people(tx: Tx, called: Called) -> Iterator[SettingLine]:
    for role in called.roles.values():
        yield RoleLine(name=role.name, description=role.description, permissions=role.permissions)
    for team in people.teams(tx):
        yield TeamLine(name=team.name, limit=team.limit, active=team.active)
    within: dict[str, dict[str, int]] = {}
    for team in people.teams(tx):
        for agent_id, priority in people.priorities_in(tx, team.id).items():
            within.setdefault(agent_id, {})[team.name] = priority
    skills = people.skills_of_all(tx)
    for agent in sorted((one for one, _ in people.agents(tx)), key=lambda one: (one.name, one.email)):
        yield _agent(called, agent, within.get(agent.id, {}), skills.get(agent.id, []))


def _agent(called: Called, agent: Agent, teams: dict[str, int], skills: list[str]) -> AgentLine:
    line = AgentLine(email=agent.email, name=agent.name, locale=agent.locale, theme=agent.theme, teams=sorted(teams))
    line.priorities, line.skills = {name: number for name, number in teams.items() if number}, skills
    line.limit, line.active = agent.limit, agent.active
    if agent.role in called.roles:
        line.custom_role = called.roles[agent.role].name
    else:
        line.role = Role(agent.role)
    chosen = {name: value for name, value in agent.preferences.items() if UNLESS_CHOSEN.get(name) != value}
    line.preferences = msgspec.convert(chosen, PreferencesIn)
    return line


def _channels(tx: Tx, called: Called) -> Iterator[SettingLine]:
    for owner in channels.all_of(tx, Owner):
        yield OwnerLine(name=owner.name, active=owner.active, agent=called.agents.get(owner.agent_id or ""))
    for category in channels.all_of(tx, Category):
        line = CategoryLine(name=category.name, team=called.teams[category.team_id], active=category.active)
        line.owner, line.requires = called.owners.get(category.owner_id or ""), category.requires
        line.skills = category.skills
        yield line
    for channel in channels.all_of(tx, Channel):
        kept = ChannelLine(name=channel.name, category=called.categories[channel.category_id])
        for name in (
            "kind",
            "allowed_domains",
            "brand_color",
            "greeting",
            "launcher",
            "position",
            "sounds",
            "settings",
        ):
            setattr(kept, name, getattr(channel, name))
        kept.active = channel.active and not goes_out(channel.kind)
        kept.form, kept.texts = msgspec.convert(channel.form, Form), msgspec.convert(channel.texts, Translations)
        yield kept


def _choices(called: Called) -> Iterator[SettingLine]:
    for one in called.results.values():
        row = ResultLine(label=one.label, category=one.category, position=one.position, active=one.active)
        row.applies_to, row.automatic = one.applies_to, one.automatic
        row.automatic_in = [called.categories[id] for id in one.automatic_in if id in called.categories]
        yield row

    def place(reason: Reason) -> tuple[bool, str, int, str]:
        return reason.parent_id is not None, called.heading(reason) or "", reason.position, reason.label

    for reason in sorted(called.reasons.values(), key=place):  # headings first
        line = ReasonLine(label=reason.label, heading=called.heading(reason), description=reason.description)
        line.position, line.active = reason.position, reason.active
        line.categories = [called.categories[id] for id in reason.category_ids if id in called.categories]
        yield line


def _canned(tx: Tx, called: Called) -> Iterator[SettingLine]:
    mine = select(CannedResponse).where(CannedResponse.workspace_id == tx.workspace_id).order_by(CannedResponse.id)
    rows = list(tx.db.scalars(mine))
    ids = called.elsewhere("canned_response", [row.id for row in rows])
    for row in rows:
        line = CannedResponseLine(
            id=ids[row.id], shortcut=row.shortcut, title=row.title, text=row.text, agent=called.agents[row.agent_id]
        )
        line.language, line.shared_with, line.active, line.used = row.language, row.shared_with, row.active, row.used
        line.choices = row.choices
        line.teams = sorted(called.teams[id] for id in row.team_ids if id in called.teams)
        yield line
