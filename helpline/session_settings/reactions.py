"""What follows when session settings are changed."""

from helpline.core import Tx

from .events import SessionSettingsChanged
from .models import WORKSPACE
from .shapes import session_settings_update


def show_session_settings(tx: Tx, fact: SessionSettingsChanged) -> None:
    """Every desk that shows them gets them as they are now; with the workspace's it is told which categories differ."""
    for scope in {fact.category_id or WORKSPACE, WORKSPACE}:
        tx.touch(session_settings_update, scope)
