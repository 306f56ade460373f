"""Routes about session settings."""

from helpline.core import Tx
from helpline.core.router import Routes

from . import actions
from .sections import SessionSettingsChange
from .shapes import SessionSettingsOut, overrides_of, session_settings_out

routes = Routes(tag="Session settings")


@routes.get("/session-settings", permission="settings.read")
def settings(tx: Tx) -> SessionSettingsOut:
    """What holds for sessions in the whole workspace."""
    return session_settings_out(tx, None)


@routes.patch("/session-settings", permission="settings.manage")
def change_settings(tx: Tx, data: SessionSettingsChange) -> SessionSettingsOut:
    """Change some of it. `version` is the one that was gone on from; null brings a default back."""
    actions.change(tx, None, overrides_of(data), data.version)
    tx.db.flush()
    return session_settings_out(tx, None)


@routes.get("/channel-categories/{id:str}/session-settings", permission="settings.read")
def settings_of_category(tx: Tx, id: str) -> SessionSettingsOut:
    """What holds for the sessions of a channel category, and what of it is its own."""
    return session_settings_out(tx, id)


@routes.patch("/channel-categories/{id:str}/session-settings", permission="settings.manage")
def change_settings_of_category(tx: Tx, id: str, data: SessionSettingsChange) -> SessionSettingsOut:
    """Change some of it for this category only; null has the workspace's hold again."""
    actions.change(tx, id, overrides_of(data), data.version)
    tx.db.flush()
    return session_settings_out(tx, id)
