"""What happens to channels and what hangs on them."""

from dataclasses import dataclass

from helpline.core import Edited, Fact


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


@dataclass(frozen=True, kw_only=True)
class ChannelFact(Fact):
    """How a channel stands with its provider."""

    channel_id: str

    @property
    def subject(self) -> str:
        return self.channel_id


@dataclass(frozen=True, kw_only=True)
class SecretRenewed(Fact):
    """A channel's provider gave another secret in the place of one that was used, as often as it does."""

    channel_id: str
    name: str

    @property
    def subject(self) -> str:
        return self.channel_id


@dataclass(frozen=True, kw_only=True)
class ChannelFell(ChannelFact):
    """A channel's provider refuses what we do, by its credentials most of all; what is to be sent waits."""

    detail: str


@dataclass(frozen=True, kw_only=True)
class ChannelRecovered(ChannelFact):
    """A channel works again."""


@dataclass(frozen=True, kw_only=True)
class TemplatesFetched(ChannelFact):
    """The templates of a channel were fetched from its provider."""

    count: int
