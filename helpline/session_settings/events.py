"""What happens to session settings."""

from dataclasses import dataclass

from helpline.core import Edited


@dataclass(frozen=True, kw_only=True)
class SessionSettingsChanged(Edited):
    """Somebody decided otherwise about sessions: for the whole workspace, or for one channel category."""

    category_id: str | None

    @property
    def subject(self) -> str | None:
        return self.category_id
