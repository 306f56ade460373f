"""What can be done with workspaces, agents and teams."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, insert, select, text

from helpline.core import Conflict, Invalid, Tx, edit, new_id
from helpline.core.facts import Counter

from . import access, presence, queries, roles
from .belonging import UnknownAgent, insert_memberships, put_into_teams, set_priorities, set_skills
from .events import (
    AgentAbandoned,
    AgentAdded,
    AgentCapacityChanged,
    AgentChanged,
    TeamAdded,
    TeamChanged,
    WorkspaceCreated,
)
from .models import Agent, Availability, Locale, Membership, Presence, Role, Team, Workspace
from .rules import time_zones

ANSWERED_FOR = {"email", "role", "active"}
"""What only somebody changes who may do as much as the agent in question: it decides who they are and what they may do."""


class EmailTaken(Conflict):
    """Somebody in this workspace already has this e-mail address."""


class NameTaken(Conflict):
    """There is already one with this name."""


class LastAdministrator(Conflict):
    """Somebody has to be administrator; make another one first."""


class UnknownZone(Invalid):
    """There is no such time zone; use a name such as Europe/Berlin or Asia/Taipei."""


def check_zone(name: str, field: str = "timezone") -> None:
    """Refuse a time zone that nobody knows."""
    if name not in time_zones():
        raise UnknownZone(field=field)


def create_workspace(tx: Tx, *, name: str, locale: Locale = "en", timezone: str = "UTC") -> Workspace:
    """Make the workspace that ``tx`` works in (its actor was given a fresh id)."""
    check_zone(timezone)
    workspace = Workspace(id=tx.workspace_id, name=name, locale=locale, timezone=timezone, created_at=tx.now)
    tx.db.add(workspace)
    # Made here rather than when first needed, so that two first facts cannot race for it.
    tx.execute(insert(Counter), [{"workspace_id": tx.workspace_id, "name": n, "value": 0} for n in ("fact", "record")])
    return workspace


def one_at_a_time(tx: Tx) -> None:
    """Have whoever sets up an installation at the same moment wait until this unit is through. An embedded one does so anyway."""
    if tx.connection.dialect.name == "postgresql":
        tx.execute(text("SELECT pg_advisory_xact_lock(726575)"))


def set_up(
    tx: Tx,
    *,
    workspace_name: str,
    locale: Locale,
    timezone: str = "UTC",
    name: str,
    email: str,
    password_hash: str,
) -> Agent:
    """Make a workspace and its first administrator."""
    create_workspace(tx, name=workspace_name, locale=locale, timezone=timezone)
    first = add_agent(tx, name=name, email=email, password_hash=password_hash, role=Role.ADMINISTRATOR, locale=locale)
    tx.emit(WorkspaceCreated(name=workspace_name, agent_id=first.id))
    return first


def add_agent(
    tx: Tx,
    *,
    name: str,
    email: str,
    password_hash: str,
    role: str = Role.AGENT,
    locale: Locale = "en",
    limit: int | None = None,
    team_ids: Iterable[str] = (),
    skills: Iterable[str] = (),
) -> Agent:
    """Let somebody in."""
    _refuse_taken_email(tx, email)
    roles.hold(tx, role)
    agent = Agent(workspace_id=tx.workspace_id, id=new_id(), name=name, email=email.lower(), role=role)
    agent.password_hash, agent.locale, agent.limit, agent.created_at = password_hash, locale, limit, tx.now
    tx.db.add(agent)
    tx.db.flush()
    tx.db.add(Presence(workspace_id=tx.workspace_id, id=agent.id, state=Availability.OFFLINE, since=tx.now))
    queries.hold_every_team(tx)
    put_into_teams(tx, agent.id, set(team_ids))
    set_skills(tx, agent.id, set(skills))
    tx.emit(AgentAdded(agent_id=agent.id, name=name, role=role))
    refresh_capacity(tx, agent.id)
    return agent


def change_agent(
    tx: Tx, agent: Agent, *, team_ids: list[str] | None = None, skills: list[str] | None = None, **changes: Any
) -> Agent:
    """Change some of an agent's fields. Somebody made inactive is signed out everywhere, and others get their work."""
    if team_ids is not None or skills is not None or changes.keys() & {"active", "limit"}:
        queries.hold_every_team(tx)
    if "email" in changes:
        changes["email"] = changes["email"].lower()
        if changes["email"] != agent.email:
            _refuse_taken_email(tx, changes["email"])
    differing = {name for name, value in changes.items() if getattr(agent, name) != value}
    if differing & ANSWERED_FOR:
        roles.refuse_above(tx, agent)
    if "role" in differing:
        roles.hold(tx, changes["role"])
    if agent.role == Role.ADMINISTRATOR and (
        changes.get("role", agent.role) != agent.role or not changes.get("active", 1)
    ):
        _keep_an_administrator(tx, besides=agent.id)
    changed = edit(agent, changes)
    if "active" in changed and not agent.active:
        access.sign_out_everywhere(tx, agent.id)
        presence.set_availability(tx, agent.id, Availability.OFFLINE)
        tx.emit(AgentAbandoned(agent_id=agent.id))
    before = queries.teams_of(tx, agent.id)
    if team_ids is not None and set(team_ids) != set(before):
        put_into_teams(tx, agent.id, set(team_ids))
        changed["team_ids"] = (before, queries.teams_of(tx, agent.id))
    could = queries.skills_of(tx, agent.id)
    if skills is not None and set(skills) != set(could):
        set_skills(tx, agent.id, set(skills))
        changed["skills"] = (could, sorted(set(skills)))
    if changed:
        tx.emit(AgentChanged(agent_id=agent.id, name=agent.name, fields=sorted(changed), changes=changed))
        refresh_capacity(tx, agent.id)
    return agent


def add_team(tx: Tx, *, name: str, limit: int | None = None, member_ids: Iterable[str] = ()) -> Team:
    """Make a team."""
    queries.hold_every_team(tx)
    _refuse_taken_name(tx, name)
    team = Team(workspace_id=tx.workspace_id, id=new_id(), name=name, limit=limit, active=True, created_at=tx.now)
    tx.db.add(team)
    tx.db.flush()
    tx.emit(TeamAdded(team_id=team.id, name=name))
    _set_members(tx, team.id, set(member_ids))
    return team


def change_team(
    tx: Tx,
    team: Team,
    *,
    member_ids: list[str] | None = None,
    priorities: dict[str, int] | None = None,
    **changes: Any,
) -> Team:
    """Change a team's name, limit or members, or which of them come first."""
    queries.hold_every_team(tx)
    if changes.get("name", team.name) != team.name:
        _refuse_taken_name(tx, changes["name"])
    changed, before = edit(team, changes), queries.members_of(tx, team.id)
    if member_ids is not None and set(member_ids) != set(before):
        _set_members(tx, team.id, set(member_ids))
        changed["member_ids"] = (before, sorted(member_ids))
    ranked = queries.priorities_in(tx, team.id)
    if priorities is not None and (wanted := {**dict.fromkeys(ranked, 0), **priorities}) != ranked:
        set_priorities(tx, team.id, wanted)
        changed["priorities"] = (ranked, wanted)
    if changed:
        tx.emit(TeamChanged(team_id=team.id, name=team.name, fields=sorted(changed), changes=changed))
        for agent_id in queries.members_of(tx, team.id):
            refresh_capacity(tx, agent_id)
    return team


def refresh_capacity(tx: Tx, agent_id: str) -> None:
    """Work out anew which limit holds for an agent: their own, else the largest of their teams', else the workspace's."""
    agent = tx.get(Agent, agent_id)
    tx.db.flush()
    capacity = agent.limit if agent.limit is not None else queries.largest_team_limit(tx, agent_id)
    if capacity is None:
        capacity = queries.workspace(tx).limit
    queries.hold_teams_of(tx, agent_id)
    (presence,) = tx.lock(Presence, agent_id)
    if presence.capacity != capacity:
        presence.capacity = capacity
        tx.emit(AgentCapacityChanged(agent_id=agent_id, capacity=capacity))


def _keep_an_administrator(tx: Tx, besides: str) -> None:
    # The workspace is held, so that of two who step down at once the later one sees the other.
    tx.db.get_one(Workspace, tx.workspace_id, with_for_update={"key_share": True})
    others = select(Agent.id).where(
        Agent.workspace_id == tx.workspace_id, Agent.role == Role.ADMINISTRATOR, Agent.active
    )
    if tx.db.scalar(others.where(Agent.id != besides).limit(1)) is None:
        raise LastAdministrator


def _refuse_taken_email(tx: Tx, email: str) -> None:
    if any(agent.email == email.lower() for agent, _ in queries.agents(tx)):
        raise EmailTaken(field="email")


def _refuse_taken_name(tx: Tx, name: str) -> None:
    if any(team.name == name for team in queries.teams(tx)):
        raise NameTaken(field="name")


def _set_members(tx: Tx, team_id: str, agent_ids: set[str]) -> None:
    if agent_ids - {agent.id for agent, _ in queries.agents(tx)}:
        raise UnknownAgent(field="member_ids")
    before, teams = set(queries.members_of(tx, team_id)), queries.teams_of_all(tx)
    of_team = delete(Membership).where(Membership.workspace_id == tx.workspace_id, Membership.team_id == team_id)
    tx.execute(of_team.where(Membership.agent_id.in_(before - agent_ids)))
    insert_memberships(tx, [(team_id, agent_id) for agent_id in agent_ids - before])
    for agent_id in sorted(before ^ agent_ids):
        changes = {"team_ids": (teams.get(agent_id, []), queries.teams_of(tx, agent_id))}
        name = tx.get(Agent, agent_id).name
        tx.emit(AgentChanged(agent_id=agent_id, name=name, fields=["team_ids"], changes=changes))
        refresh_capacity(tx, agent_id)
