"""Which teams an agent is in, who comes first there, and what they can do: the rows behind. The teams are held by the caller."""

from sqlalchemy import delete, insert, select, update

from helpline.core import Invalid, Tx

from . import queries
from .models import AgentSkill, Membership


class UnknownAgent(Invalid):
    """There is no such agent."""


class UnknownTeam(Invalid):
    """There is no such team."""


def put_into_teams(tx: Tx, agent_id: str, team_ids: set[str]) -> None:
    """Have an agent be in these of the active teams, and no others of them."""
    if team_ids - {team.id for team in queries.teams(tx)}:
        raise UnknownTeam(field="team_ids")
    # Who is in a team that is switched off stays in it: it is not shown, so it cannot have been meant.
    mine = (Membership.workspace_id == tx.workspace_id, Membership.agent_id == agent_id)
    left = set(queries.teams_of(tx, agent_id)) - team_ids
    tx.execute(delete(Membership).where(*mine, Membership.team_id.in_(left)))
    there = set(tx.db.scalars(select(Membership.team_id).where(*mine)))
    insert_memberships(tx, [(team_id, agent_id) for team_id in team_ids - there])


def set_priorities(tx: Tx, team_id: str, priorities: dict[str, int]) -> None:
    """Say who of a team comes first."""
    if priorities.keys() - set(queries.members_of(tx, team_id)):
        raise UnknownAgent(field="priorities")
    of_team = update(Membership).where(Membership.workspace_id == tx.workspace_id, Membership.team_id == team_id)
    for agent_id, priority in sorted(priorities.items()):
        tx.execute(of_team.where(Membership.agent_id == agent_id).values(priority=priority))


def set_skills(tx: Tx, agent_id: str, skills: set[str]) -> None:
    """Say all that an agent can do."""
    tx.execute(delete(AgentSkill).where(AgentSkill.workspace_id == tx.workspace_id, AgentSkill.agent_id == agent_id))
    rows = [{"workspace_id": tx.workspace_id, "agent_id": agent_id, "skill": skill} for skill in sorted(skills)]
    if rows:
        tx.execute(insert(AgentSkill), rows)
    tx.forget(queries.skills_of)


def insert_memberships(tx: Tx, pairs: list[tuple[str, str]]) -> None:
    """Add these (team, agent)."""
    rows = [{"workspace_id": tx.workspace_id, "team_id": team, "agent_id": agent} for team, agent in sorted(pairs)]
    if rows:
        tx.execute(insert(Membership), rows)
