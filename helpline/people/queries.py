"""Questions about people."""

from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, select

from helpline.core import Prepared, Tx

from .models import (
    UNUSED_AT_MOST,
    Agent,
    AgentSkill,
    ApiToken,
    BreakReason,
    Connection,
    CustomRole,
    Membership,
    Presence,
    SignIn,
    Team,
    Workspace,
)
from .permissions import PERMISSIONS, ROLES


def workspace(tx: Tx) -> Workspace:
    """The workspace this unit works in."""
    return tx.once(_workspace, "")


def _workspace(tx: Tx, _: str) -> Workspace:
    return tx.db.get_one(Workspace, tx.workspace_id)


def any_workspace(tx: Tx) -> bool:
    """Whether this installation has been set up."""
    return tx.db.scalar(select(Workspace.id).limit(1)) is not None


def agents_with_email(tx: Tx, email: str) -> list[tuple[Agent, Workspace]]:
    """The active accounts with this address, over all workspaces: at sign-in the workspace is not known yet."""
    found = select(Agent, Workspace).join(Workspace, Workspace.id == Agent.workspace_id)
    found = found.where(Agent.email == email, Agent.active).order_by(Workspace.created_at)
    return [(agent, home) for agent, home in tx.db.execute(found)]


def agents(tx: Tx) -> list[tuple[Agent, Presence]]:
    """Everybody with their presence, by name."""
    pairs = select(Agent, Presence).join(
        Presence, (Presence.workspace_id == Agent.workspace_id) & (Presence.id == Agent.id)
    )
    pairs = pairs.where(Agent.workspace_id == tx.workspace_id).order_by(Agent.name, Agent.id)
    return [(agent, presence) for agent, presence in tx.db.execute(pairs)]


def teams(tx: Tx) -> list[Team]:
    """All teams, by name."""
    return list(tx.db.scalars(select(Team).where(Team.workspace_id == tx.workspace_id).order_by(Team.name)))


def memberships(tx: Tx) -> list[tuple[str, str]]:
    """Who is in which team: (team, agent)."""
    pairs = select(Membership.team_id, Membership.agent_id).where(Membership.workspace_id == tx.workspace_id)
    return [(team, agent) for team, agent in tx.db.execute(pairs.order_by(Membership.agent_id))]


def teams_of(tx: Tx, agent_id: str) -> list[str]:
    """The ids of an agent's active teams."""
    return [row.team_id for row in tx.say_all(_TEAMS_OF, workspace=tx.workspace_id, agent=agent_id)]


def teams_of_all(tx: Tx) -> dict[str, list[str]]:
    """The same for everybody who is in any."""
    found: dict[str, list[str]] = {}
    for row in tx.say_all(_TEAMS_OF_ALL, workspace=tx.workspace_id):
        found.setdefault(row.agent_id, []).append(row.team_id)
    return found


def members_of(tx: Tx, team_id: str) -> list[str]:
    """The ids of a team's members."""
    ids = select(Membership.agent_id).where(Membership.workspace_id == tx.workspace_id, Membership.team_id == team_id)
    return list(tx.db.scalars(ids.order_by(Membership.agent_id)))


def skills_of(tx: Tx, agent_id: str) -> list[str]:
    """What an agent can do."""
    return [row.skill for row in tx.say_all(_SKILLS_OF, workspace=tx.workspace_id, agent=agent_id)]


def skills_of_all(tx: Tx) -> dict[str, list[str]]:
    """The same for everybody who can do something that is named."""
    found: dict[str, list[str]] = {}
    pairs = select(AgentSkill.agent_id, AgentSkill.skill).where(AgentSkill.workspace_id == tx.workspace_id)
    for agent, skill in tx.db.execute(pairs.order_by(AgentSkill.agent_id, AgentSkill.skill)):
        found.setdefault(agent, []).append(skill)
    return found


def priorities_in(tx: Tx, team_id: str) -> dict[str, int]:
    """A team's members, with who of them is asked first where allocation goes by it."""
    mine = (Membership.workspace_id == tx.workspace_id, Membership.team_id == team_id)
    pairs = select(Membership.agent_id, Membership.priority).where(*mine).order_by(Membership.agent_id)
    return {row[0]: row[1] for row in tx.db.execute(pairs)}


def largest_team_limit(tx: Tx, agent_id: str) -> int | None:
    """The largest limit among an agent's teams; nothing when none has one."""
    largest = select(func.max(Team.limit)).join(
        Membership, (Membership.workspace_id == Team.workspace_id) & (Membership.team_id == Team.id)
    )
    return tx.db.scalar(
        largest.where(Team.workspace_id == tx.workspace_id, Membership.agent_id == agent_id, Team.active)
    )


def custom_roles(tx: Tx) -> list[CustomRole]:
    """The workspace's own roles, by name."""
    own = select(CustomRole).where(CustomRole.workspace_id == tx.workspace_id)
    return list(tx.db.scalars(own.order_by(CustomRole.name)))


def permissions_of(tx: Tx, role: str) -> frozenset[str]:
    """What a role allows, be it a fixed one or one of the workspace's own."""
    if role in ROLES:
        return ROLES[role]
    own = tx.find(CustomRole, role)
    # A permission that this version no longer knows is worth nothing.
    return frozenset(own.permissions) & PERMISSIONS.keys() if own else frozenset()


def is_connected(tx: Tx, agent_id: str) -> bool:
    """Whether the agent has a desk open on any node."""
    mine = (Connection.workspace_id == tx.workspace_id, Connection.agent_id == agent_id)
    return tx.db.scalar(select(Connection.id).where(*mine).limit(1)) is not None


def sign_in(tx: Tx, digest: str) -> tuple[SignIn, Agent] | None:
    """The signed-in browser with this token hash, and its active agent."""
    found = select(SignIn, Agent).join(
        Agent, (Agent.workspace_id == SignIn.workspace_id) & (Agent.id == SignIn.agent_id)
    )
    found = found.where(SignIn.workspace_id == tx.workspace_id, SignIn.id == digest, *_lives(tx))
    row = tx.db.execute(found.where(Agent.active)).first()
    return (row[0], row[1]) if row else None


def sign_ins(tx: Tx, agent_id: str) -> list[SignIn]:
    """The browsers an agent is signed in with, the one used last first."""
    theirs = select(SignIn).where(SignIn.workspace_id == tx.workspace_id, SignIn.agent_id == agent_id, *_lives(tx))
    return list(tx.db.scalars(theirs.order_by(SignIn.seen_at.desc(), SignIn.created_at.desc())))


def _lives(tx: Tx) -> tuple[Any, Any]:
    return SignIn.expires_at > tx.now, SignIn.seen_at > tx.now - UNUSED_AT_MOST


def token_owner(tx: Tx, digest: str) -> Agent | None:
    """The active agent whose API token has this hash."""
    found = select(Agent).join(
        ApiToken, (ApiToken.workspace_id == Agent.workspace_id) & (ApiToken.agent_id == Agent.id)
    )
    return tx.db.scalar(found.where(Agent.workspace_id == tx.workspace_id, ApiToken.digest == digest, Agent.active))


def tokens_of(tx: Tx, agent_id: str) -> list[ApiToken]:
    """An agent's API tokens, newest first."""
    mine = select(ApiToken).where(ApiToken.workspace_id == tx.workspace_id, ApiToken.agent_id == agent_id)
    return list(tx.db.scalars(mine.order_by(ApiToken.created_at.desc())))


def break_reasons(tx: Tx) -> list[BreakReason]:
    """What a break can be for, in order."""
    all_of = select(BreakReason).where(BreakReason.workspace_id == tx.workspace_id)
    return list(tx.db.scalars(all_of.order_by(BreakReason.position, BreakReason.label)))


def hold_teams(tx: Tx, *team_ids: str) -> set[str]:
    """Hold these teams' queues until the end of the unit, in the order of their ids; those that are switched on.

    Whoever lets a conversation wait, or makes a place free, holds the team first. So of an arrival and a freed place that
    meet, the later one sees the other, and nobody is left waiting beside a free agent.
    """
    ids = sorted(set(team_ids))
    given = {f"team_{place}": id for place, id in enumerate(ids)}
    held = tx.say_all(_holding(len(ids)), workspace=tx.workspace_id, **given) if ids else []
    tx.has_waited()
    return {team.id for team in held if team.active}


def hold_teams_of(tx: Tx, *agent_ids: str) -> None:
    """Hold the queues that a freed place of these agents may serve; before the agents' own rows, always."""
    hold_teams(tx, *{team for agent_id in agent_ids for team in teams_of(tx, agent_id)})


def hold_every_team(tx: Tx) -> None:
    """Hold all queues: for changes of teams, memberships and limits, which are rare and free places in several."""
    hold_teams(tx, *(team.id for team in teams(tx)))


_ACTIVE = (
    select(Membership.team_id, Membership.agent_id)
    .join(Team, (Team.workspace_id == Membership.workspace_id) & (Team.id == Membership.team_id))
    .where(Membership.workspace_id == bindparam("workspace"), Team.active)
    .order_by(Membership.team_id)
)
_TEAMS_OF_ALL = Prepared(_ACTIVE)
_TEAMS_OF = Prepared(_ACTIVE.where(Membership.agent_id == bindparam("agent")))
_SKILLS_OF = Prepared(
    select(AgentSkill.skill)
    .where(AgentSkill.workspace_id == bindparam("workspace"), AgentSkill.agent_id == bindparam("agent"))
    .order_by(AgentSkill.skill)
)


@cache
def _holding(count: int) -> Prepared:
    ids: list[Any] = [bindparam(f"team_{place}") for place in range(count)]
    teams = select(Team.id, Team.active).where(Team.workspace_id == bindparam("workspace"), Team.id.in_(ids))
    return Prepared(teams.order_by(Team.id).with_for_update(key_share=True))
