"""Settings from lines: what is not there yet is made, what is there stays as it is.

A workspace in which nobody has written yet also takes over what holds for all, and what a line says of those who are there.
"""

from typing import Any

from msgspec import structs

from helpline.canned_responses import CannedResponse
from helpline.canned_responses import actions as canned
from helpline.channels import Category, Channel, Owner
from helpline.channels import actions as channels
from helpline.channels import queries as channel_queries
from helpline.core import Tx
from helpline.people import Agent, actions, roles
from helpline.people import queries as people
from helpline.people.preferences import prefer
from helpline.people.workspace import add_break_reason, change_break_reason, change_workspace
from helpline.service_records import choices
from helpline.service_records import queries as records

from . import calendars, known, session_settings
from .calendar_lines import CalendarLine, HoursSwitchLine
from .lines import kind_of
from .names import NO_PASSWORD, Names, refuse_unless_allowed
from .outcome import CHANGED, NEW, UNCHANGED, Outcome
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
    SessionSettingsLine,
    SettingLine,
    TeamLine,
    WorkspaceLine,
)


def bring(tx: Tx, line: SettingLine, names: Names) -> Outcome:
    """One setting."""
    if not isinstance(line, CannedResponseLine):  # who may share one is asked where it is written
        refuse_unless_allowed(tx, kind_of(line))
    match line:
        case WorkspaceLine():
            return _take_over(tx, line, names)
        case CannedResponseLine():
            return _bring_canned(tx, line, names)
        case SessionSettingsLine():
            return session_settings.bring(tx, line, names)
        case CalendarLine():
            return calendars.bring_calendar(tx, line)
        case HoursSwitchLine():
            return calendars.bring_switch(tx, line, names)
        case AgentLine() if agent := next(
            (one for one, _ in people.agents(tx) if one.email == line.email.lower()), None
        ):
            return _adopt(tx, agent, line, names)
    if _is_there(tx, line):
        return UNCHANGED
    _add(tx, line, names)
    return NEW


def _add(tx: Tx, line: SettingLine, names: Names) -> None:
    match line:
        case BreakReasonLine():
            reason = add_break_reason(tx, label=line.label, position=line.position)
            change_break_reason(tx, reason, active=line.active)
        case RoleLine():
            roles.add(tx, name=line.name, description=line.description, permissions=line.permissions)
        case OwnerLine():
            channels.add_owner(tx, name=line.name, active=line.active, agent_id=_agent_id(line.agent, names))
        case TeamLine():
            team = actions.add_team(tx, name=line.name, limit=line.limit)
            actions.change_team(tx, team, active=line.active)
        case AgentLine():
            _add_agent(tx, line, names)
        case CategoryLine():
            owner = names.owner(line.owner) if line.owner else None
            fields = {
                "owner_id": owner.id if owner else None,
                "requires": line.requires,
                "skills": line.skills,
                "active": line.active,
            }
            channels.add_category(tx, name=line.name, team_id=names.team(line.team).id, **fields)
        case ChannelLine():
            as_it_is = {
                name: getattr(line, name) for name in line.__struct_fields__ if name not in {"name", "category"}
            }
            channels.add_channel(tx, name=line.name, category_id=names.category(line.category).id, **as_it_is)
        case ResultLine():
            of = {name: getattr(line, name) for name in ("category", "applies_to", "automatic", "position", "active")}
            given_in = [names.category(name).id for name in line.automatic_in]
            choices.add_result(tx, label=line.label, automatic_in=given_in, **of)
        case ReasonLine():
            _add_reason(tx, line, names)


def _is_there(tx: Tx, line: SettingLine) -> bool:
    match line:
        case BreakReasonLine():
            return any(row.label == line.label for row in people.break_reasons(tx))
        case RoleLine():
            return any(row.name == line.name for row in people.custom_roles(tx))
        case OwnerLine():
            return any(row.name == line.name for row in channel_queries.all_of(tx, Owner))
        case CategoryLine():
            return any(row.name == line.name for row in channel_queries.all_of(tx, Category))
        case ChannelLine():
            return any(row.name == line.name for row in channel_queries.all_of(tx, Channel))
        case TeamLine():
            return any(row.name == line.name for row in people.teams(tx))
        case ResultLine():
            return any(row.label == line.label for row in records.results(tx))
        case ReasonLine():
            there = records.reasons(tx)
            headings = {row.id: row.label for row in there if row.parent_id is None}
            names = {(row.label, headings[row.parent_id] if row.parent_id else None) for row in there}
            return (line.label, line.heading) in names
    return False


def _take_over(tx: Tx, line: WorkspaceLine, names: Names) -> Outcome:
    workspace, given = people.workspace(tx), structs.asdict(line)
    if not names.is_fresh or all(getattr(workspace, name) == value for name, value in given.items()):
        return UNCHANGED
    change_workspace(tx, **given)
    return CHANGED


def _add_agent(tx: Tx, line: AgentLine, names: Names) -> None:
    """Somebody who has no password yet, and so cannot sign in before an administrator gives them one."""
    role = names.role(line.custom_role) if line.custom_role else line.role
    teams = [names.team(name, "teams").id for name in line.teams]
    fields: dict[str, Any] = {"name": line.name, "email": line.email, "locale": line.locale, "limit": line.limit}
    fields |= {"skills": line.skills, "team_ids": teams}
    names.met(agent := actions.add_agent(tx, **fields, password_hash=NO_PASSWORD, role=role))
    _rank(tx, agent, line, names)
    if not line.active or agent.theme != line.theme:
        actions.change_agent(tx, agent, active=line.active, theme=line.theme)
    prefer(tx, agent.id, line.preferences)


def _adopt(tx: Tx, agent: Agent, line: AgentLine, names: Names) -> Outcome:
    """Who set up the workspace becomes who they were elsewhere; what they may do stays."""
    if not names.is_fresh:
        return UNCHANGED
    fields: dict[str, Any] = {"name": line.name, "locale": line.locale, "theme": line.theme, "limit": line.limit}
    teams = [names.team(name, "teams").id for name in line.teams]
    before = (*[getattr(agent, name) for name in fields], *_more(tx, agent))
    actions.change_agent(tx, agent, team_ids=teams, skills=line.skills, **fields)
    prefer(tx, agent.id, line.preferences)
    _rank(tx, agent, line, names)
    after = (*[getattr(agent, name) for name in fields], *_more(tx, agent))
    return CHANGED if after != before else UNCHANGED


def _more(tx: Tx, agent: Agent) -> tuple[Any, ...]:
    return people.teams_of(tx, agent.id), people.skills_of(tx, agent.id), agent.preferences


def _rank(tx: Tx, agent: Agent, line: AgentLine, names: Names) -> None:
    for name, priority in line.priorities.items():
        team = names.team(name, "priorities")
        actions.change_team(tx, team, priorities={**people.priorities_in(tx, team.id), agent.id: priority})


def _agent_id(email: str | None, names: Names) -> str | None:
    return names.agent(email).id if email else None


def _add_reason(tx: Tx, line: ReasonLine, names: Names) -> None:
    parent = names.heading(line.heading).id if line.heading else None
    fields = {"description": line.description, "position": line.position, "active": line.active}
    only = [names.category(name, field="categories").id for name in line.categories]
    choices.add_reason(tx, label=line.label, parent_id=parent, category_ids=only, **fields)


def _bring_canned(tx: Tx, line: CannedResponseLine, names: Names) -> Outcome:
    if known.find(tx, CannedResponse, "canned_response", line.id, line) is not None:
        return UNCHANGED
    teams = [names.team(name, "teams").id for name in line.teams]
    fields = ("shortcut", "title", "text", "choices", "language", "shared_with", "active", "used")
    said = {name: getattr(line, name) for name in fields}
    try:
        row = canned.add(tx, agent_id=names.agent(line.agent).id, team_ids=teams, **said)
    except canned.ShortcutTaken:  # another one is there, which stays as it is
        return UNCHANGED
    known.remember(tx, "canned_response", line.id, row.id, line)
    return NEW
