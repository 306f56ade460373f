"""What follows among people."""

from helpline.core import Tx

from .events import AgentFact, TeamAdded, TeamChanged
from .shapes import agent_update, team_update


def show_agent(tx: Tx, fact: AgentFact) -> None:
    """Every desk gets the agent as they are now."""
    tx.touch(agent_update, fact.agent_id)


def show_team(tx: Tx, fact: TeamAdded | TeamChanged) -> None:
    """Every desk gets the team as it is now."""
    tx.touch(team_update, fact.team_id)
