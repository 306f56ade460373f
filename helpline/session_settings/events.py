"""What happens to session settings."""

from dataclasses import dataclass

from helpline.core import Audited, Edited


@dataclass(frozen=True, kw_only=True)
class SessionSettingsChanged(Edited):
    """Somebody decided otherwise about sessions: for the whole workspace, or for one channel category."""

    category_id: str | None

    @property
    def subject(self) -> str | None:
        return self.category_id


@dataclass(frozen=True, kw_only=True)
class ServerTried(Audited):
    """Somebody had the business's server asked, to see what it answers; ``why`` tells what went wrong."""

    url: str
    why: str
