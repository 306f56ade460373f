"""What happens to saved views."""

from dataclasses import dataclass

from helpline.core import Fact


@dataclass(frozen=True, kw_only=True)
class SavedViewFact(Fact):
    """Something about a saved view."""

    id: str
    name: str
    shared: bool

    @property
    def subject(self) -> str:
        return self.id


@dataclass(frozen=True, kw_only=True)
class SavedViewSet(SavedViewFact):
    """Somebody saved a view of the service records, or changed one."""


@dataclass(frozen=True, kw_only=True)
class SavedViewRemoved(SavedViewFact):
    """Somebody removed a saved view."""
