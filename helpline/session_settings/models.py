"""The table of session settings."""

from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from helpline.core import Scoped

WORKSPACE = ""
"""The scope that all channel categories inherit from."""


class SessionSettingsRow(Scoped):
    """What one scope decides for itself; ``id`` is the channel category's, or empty for the whole workspace."""

    __tablename__ = "session_settings"
    version: Mapped[int] = mapped_column(default=0)
    overrides: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Section → field → value, only of what is set here; the rest is inherited."""
    __table_args__ = ({"sqlite_with_rowid": False},)
