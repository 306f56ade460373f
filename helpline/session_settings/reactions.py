"""What follows when session settings are changed."""

from helpline.core import Conflict, Tx
from helpline.people import Team
from helpline.people.events import TeamChanged

from .events import SessionSettingsChanged
from .models import WORKSPACE
from .queries import rows
from .shapes import session_settings_update


class TeamTakesOver(Conflict):
    """The session settings send to this team who cannot wait elsewhere; choose another one there first."""


def refuse_team_that_takes_over(tx: Tx, fact: TeamChanged) -> None:
    """A team that others are sent on to cannot be switched off; its row is held since it was changed."""
    if "active" in fact.fields and not tx.get(Team, fact.team_id).active:
        queues = [row.overrides.get("queue", {}) for row in rows(tx)]
        if any(fact.team_id in (queue.get("full_team"), queue.get("late_team")) for queue in queues):
            raise TeamTakesOver(field="active")


def show_session_settings(tx: Tx, fact: SessionSettingsChanged) -> None:
    """Every desk that shows them gets them as they are now; with the workspace's it is told which categories differ."""
    for scope in {fact.category_id or WORKSPACE, WORKSPACE}:
        tx.touch(session_settings_update, scope)
