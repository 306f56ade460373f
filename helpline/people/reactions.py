"""What follows among people."""

from helpline.core import Tx

from .events import AgentFact, BreakReasonSet, PreferencesChanged, RoleFact, TeamAdded, TeamChanged, WorkspaceChanged
from .preferences import preferences_update
from .role_shapes import role_update
from .shapes import agent_update, break_reason_update, team_update, workspace_update


def show_workspace(tx: Tx, fact: WorkspaceChanged) -> None:
    """Every desk gets the workspace as it is now."""
    tx.touch(workspace_update, tx.workspace_id)


def show_break_reason(tx: Tx, fact: BreakReasonSet) -> None:
    """Every desk gets the reason as it is now."""
    tx.touch(break_reason_update, fact.id)


def show_agent(tx: Tx, fact: AgentFact) -> None:
    """Every desk gets the agent as they are now."""
    tx.touch(agent_update, fact.agent_id)


def show_preferences(tx: Tx, fact: PreferencesChanged) -> None:
    """The agent's other windows follow."""
    tx.touch(preferences_update, fact.agent_id)


def show_team(tx: Tx, fact: TeamAdded | TeamChanged) -> None:
    """Every desk gets the team as it is now."""
    tx.touch(team_update, fact.team_id)


def show_role(tx: Tx, fact: RoleFact) -> None:
    """Every desk gets the role as it is now, or forgets it."""
    tx.touch(role_update, fact.role_id)
