"""What happens to channels and what hangs on them."""

from dataclasses import dataclass

from helpline.core import Edited


@dataclass(frozen=True, kw_only=True)
class SettingFact(Edited):
    """An administrator added or changed a setting."""

    id: str

    @property
    def subject(self) -> str:
        return self.id


@dataclass(frozen=True, kw_only=True)
class ChannelSet(SettingFact):
    """A channel was added or changed."""


@dataclass(frozen=True, kw_only=True)
class CategorySet(SettingFact):
    """A channel category was added or changed."""


@dataclass(frozen=True, kw_only=True)
class OwnerSet(SettingFact):
    """An owner was added or changed."""
