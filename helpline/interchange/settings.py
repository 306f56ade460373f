"""Settings from lines: made when there is none of the name. What is here already stays as it is."""

from helpline.channels import Category, Channel, Owner
from helpline.channels import actions as channels
from helpline.channels import queries as channel_queries
from helpline.core import Tx
from helpline.people import Agent, actions
from helpline.people import queries as people
from helpline.service_records import choices
from helpline.service_records import queries as records

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
from .names import NO_PASSWORD, Names
from .outcome import NEW, UNCHANGED, Outcome


def bring(tx: Tx, line: SettingLine, names: Names) -> Outcome:
    """One setting."""
    if _is_there(tx, line):
        return UNCHANGED
    match line:
        case OwnerLine():
            channels.add_owner(tx, name=line.name, active=line.active)
        case TeamLine():
            team = actions.add_team(tx, name=line.name, limit=line.limit)
            actions.change_team(tx, team, active=line.active)
        case AgentLine():
            _add_agent(tx, line, names)
        case CategoryLine():
            owner = names.owner(line.owner) if line.owner else None
            fields = {"owner_id": owner.id if owner else None, "requires": line.requires, "active": line.active}
            channels.add_category(tx, name=line.name, team_id=names.team(line.team).id, **fields)
        case ChannelLine():
            below = names.category(line.category).id
            look = {"brand_color": line.brand_color, "greeting": line.greeting, "kind": line.kind}
            domains = {"allowed_domains": line.allowed_domains, "active": line.active}
            channels.add_channel(tx, name=line.name, category_id=below, **look, **domains)
        case ResultLine():
            of = {"category": line.category, "position": line.position, "active": line.active}
            choices.add_result(tx, label=line.label, **of)
        case ReasonLine():
            _add_reason(tx, line, names)
    return NEW


def _is_there(tx: Tx, line: SettingLine) -> bool:
    match line:
        case OwnerLine():
            return any(row.name == line.name for row in channel_queries.all_of(tx, Owner))
        case CategoryLine():
            return any(row.name == line.name for row in channel_queries.all_of(tx, Category))
        case ChannelLine():
            return any(row.name == line.name for row in channel_queries.all_of(tx, Channel))
        case TeamLine():
            return any(row.name == line.name for row in people.teams(tx))
        case AgentLine():
            return any(agent.email == line.email.lower() for agent, _ in people.agents(tx))
        case ResultLine():
            return any(row.label == line.label for row in records.results(tx))
        case ReasonLine():
            there = records.reasons(tx)
            headings = {row.id: row.label for row in there if row.parent_id is None}
            names = {(row.label, headings[row.parent_id] if row.parent_id else None) for row in there}
            return (line.label, line.heading) in names


def _add_agent(tx: Tx, line: AgentLine, names: Names) -> None:
    """Somebody who has no password yet, and so cannot sign in before an administrator gives them one."""
    teams = [names.team(name, "teams").id for name in line.teams]
    agent: Agent = actions.add_agent(
        tx,
        name=line.name,
        email=line.email,
        password_hash=NO_PASSWORD,
        role=line.role,
        locale=line.locale,
        limit=line.limit,
        team_ids=teams,
    )
    if not line.active:
        actions.change_agent(tx, agent, active=False)


def _add_reason(tx: Tx, line: ReasonLine, names: Names) -> None:
    parent = names.heading(line.heading).id if line.heading else None
    fields = {"description": line.description, "position": line.position, "active": line.active}
    only = [names.category(name, field="categories").id for name in line.categories]
    choices.add_reason(tx, label=line.label, parent_id=parent, category_ids=only, **fields)
