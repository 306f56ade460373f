"""How agents and teams look on the wire."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from helpline.core import In, Out, Tx, Update
from helpline.core.shapes import UNSET, UnsetType

from . import queries
from .fields import AgentSkills, Count, Email, KindLimits, Name, Password, Position, Priorities, RoleName, Seconds, Undo
from .models import (
    Agent,
    Availability,
    BreakCause,
    BreakReason,
    Locale,
    Presence,
    Role,
    Team,
    Theme,
    Workspace,
)


class WorkspaceOut(Out):
    id: str
    name: str
    locale: Locale
    timezone: str
    limit: int
    offline_after: int
    return_after: int
    last_agent_within: int
    kind_limits: dict[str, int]
    wait_target: int
    undo_mail: int
    undo_chat: int
    storage_limit: int | None


class WorkspaceChange(In):
    name: Name | UnsetType = UNSET
    locale: Locale | UnsetType = UNSET
    timezone: Annotated[str, Meta(max_length=64)] | UnsetType = UNSET
    limit: Annotated[int, Meta(ge=1, le=1000)] | UnsetType = UNSET
    offline_after: Seconds | UnsetType = UNSET
    return_after: Seconds | UnsetType = UNSET
    last_agent_within: Annotated[int, Meta(ge=0, le=90 * 86_400)] | UnsetType = UNSET
    kind_limits: KindLimits | UnsetType = UNSET
    wait_target: Annotated[int, Meta(ge=1, le=86_400)] | UnsetType = UNSET
    undo_mail: Undo | UnsetType = UNSET
    undo_chat: Undo | UnsetType = UNSET
    storage_limit: Annotated[int, Meta(ge=0, le=10**15)] | None | UnsetType = UNSET


class AvailabilityOut(Out):
    state: Availability
    reason_id: str | None
    reason: str | None
    cause: BreakCause | None
    """Why a break began by itself."""
    since: datetime


class AgentOut(Out):
    id: str
    name: str
    email: str
    role: str
    locale: Locale
    theme: Theme
    limit: int | None
    active: bool
    team_ids: list[str]
    skills: list[str]
    availability: AvailabilityOut
    connected: bool
    load: int
    capacity: int
    returned: int


class TeamOut(Out):
    id: str
    name: str
    limit: int | None
    active: bool
    member_ids: list[str]
    priorities: dict[str, int]
    """Who is asked earlier (more than 0) or later than the others, where allocation goes by it."""


class BreakReasonOut(Out):
    id: str
    label: str
    position: int
    active: bool


class BreakReasonIn(In):
    label: Name
    position: Position | None = None


class BreakReasonChange(In):
    label: Name | UnsetType = UNSET
    position: Position | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class AgentIn(In):
    name: Name
    email: Email
    password: Password
    role: RoleName = Role.AGENT
    limit: Count | None = None
    team_ids: list[str] = []
    skills: AgentSkills = []
    locale: Locale = "en"


class AgentChange(In):
    name: Name | UnsetType = UNSET
    email: Email | UnsetType = UNSET
    password: Password | UnsetType = UNSET
    role: RoleName | UnsetType = UNSET
    limit: Count | None | UnsetType = UNSET
    active: bool | UnsetType = UNSET
    team_ids: list[str] | UnsetType = UNSET
    skills: AgentSkills | UnsetType = UNSET


class MeChange(In):
    name: Name | UnsetType = UNSET
    locale: Locale | UnsetType = UNSET
    theme: Theme | UnsetType = UNSET
    password: Password | UnsetType = UNSET
    current_password: Password | UnsetType = UNSET


class TeamIn(In):
    name: Name
    limit: Count | None = None
    member_ids: list[str] = []


class TeamChange(In):
    name: Name | UnsetType = UNSET
    limit: Count | None | UnsetType = UNSET
    active: bool | UnsetType = UNSET
    member_ids: list[str] | UnsetType = UNSET
    priorities: Priorities | UnsetType = UNSET


class AvailabilityIn(In):
    state: Availability
    reason_id: str | None = None


def workspace_out(workspace: Workspace) -> WorkspaceOut:
    """The workspace with its settings."""
    return WorkspaceOut(**{name: getattr(workspace, name) for name in WorkspaceOut.__struct_fields__})


def break_reason_out(row: BreakReason) -> BreakReasonOut:
    """A reason of the administrator's list."""
    return BreakReasonOut(**{name: getattr(row, name) for name in BreakReasonOut.__struct_fields__})


def agent_out(agent: Agent, presence: Presence, team_ids: list[str], skills: list[str], reason: str | None) -> AgentOut:
    """An agent as colleagues see them."""
    standing = AvailabilityOut(
        state=presence.state,
        reason_id=presence.reason_id,
        reason=reason,
        cause=presence.cause,
        since=presence.since,
    )
    told = {
        name: getattr(agent, name) for name in ("id", "name", "email", "role", "locale", "theme", "limit", "active")
    }
    told |= {name: getattr(presence, name) for name in ("connected", "load", "capacity")}
    returned = len(presence.returned)
    return AgentOut(**told, team_ids=team_ids, skills=skills, availability=standing, returned=returned)


def one_agent(tx: Tx, agent_id: str) -> AgentOut:
    """The agent with this id."""
    agent, presence = tx.get(Agent, agent_id), tx.get(Presence, agent_id)
    reason = tx.find(BreakReason, presence.reason_id)
    teams, skills = queries.teams_of(tx, agent_id), queries.skills_of(tx, agent_id)
    return agent_out(agent, presence, teams, skills, reason.label if reason else None)


def all_agents(tx: Tx) -> list[AgentOut]:
    """Everybody, by name."""
    teams, skills = queries.teams_of_all(tx), queries.skills_of_all(tx)
    reasons = {reason.id: reason.label for reason in queries.break_reasons(tx)}
    return [
        agent_out(
            agent, presence, teams.get(agent.id, []), skills.get(agent.id, []), reasons.get(presence.reason_id or "")
        )
        for agent, presence in queries.agents(tx)
    ]


def team_out(team: Team, priorities: dict[str, int]) -> TeamOut:
    """A team with its members, each with their priority in it."""
    return TeamOut(
        id=team.id,
        name=team.name,
        limit=team.limit,
        active=team.active,
        member_ids=list(priorities),
        priorities={agent_id: priority for agent_id, priority in priorities.items() if priority},
    )


def all_teams(tx: Tx) -> list[TeamOut]:
    """All teams, by name."""
    return [team_out(team, queries.priorities_in(tx, team.id)) for team in queries.teams(tx)]


def agent_update(tx: Tx, agent_id: str, also: frozenset[str]) -> Update:
    """What every desk is told about a colleague."""
    return Update.of("agent", agent_id, one_agent(tx, agent_id), {"everyone", *also})


def agent_load_update(tx: Tx, agent_id: str, also: frozenset[str]) -> Update:
    """What only the agent and the supervisors are told: how much is being served changes all day."""
    return Update.of("agent", agent_id, one_agent(tx, agent_id), {f"agent:{agent_id}", "supervisors", *also})


def team_update(tx: Tx, team_id: str, also: frozenset[str]) -> Update:
    """What every desk is told about a team."""
    team = team_out(tx.get(Team, team_id), queries.priorities_in(tx, team_id))
    return Update.of("team", team_id, team, {"everyone", *also})


def workspace_update(tx: Tx, id: str, also: frozenset[str]) -> Update:
    """What every desk is told about the workspace."""
    return Update.of("workspace", id, workspace_out(queries.workspace(tx)), {"everyone", *also})


def break_reason_update(tx: Tx, id: str, also: frozenset[str]) -> Update:
    """What every desk is told about a reason for breaks."""
    return Update.of("break_reason", id, break_reason_out(tx.get(BreakReason, id)), {"everyone", *also})
