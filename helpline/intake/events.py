"""What happens to what came in."""

from dataclasses import dataclass

from helpline.core import Audited, Fact


@dataclass(frozen=True, kw_only=True)
class PayloadQuarantined(Fact):
    """Something came in by a channel that could not be understood; it waits to be looked at."""

    payload_id: str
    channel_id: str
    error: str

    @property
    def subject(self) -> str:
        return self.channel_id


@dataclass(frozen=True, kw_only=True)
class PayloadReleased(Audited):
    """Somebody had what was in quarantine tried again."""

    payload_id: str
    channel_id: str

    @property
    def subject(self) -> str:
        return self.channel_id


@dataclass(frozen=True, kw_only=True)
class PayloadsDiscarded(Fact):
    """What came in long ago and was understood, or let go, was thrown away as it came; what followed from it stays."""

    count: int


@dataclass(frozen=True, kw_only=True)
class PayloadDismissed(Audited):
    """Somebody let go what was in quarantine; it is kept for as long as all that came in."""

    payload_id: str
    channel_id: str

    @property
    def subject(self) -> str:
        return self.channel_id
