"""What happens to canned responses."""

from dataclasses import dataclass

from helpline.core import Fact


@dataclass(frozen=True, kw_only=True)
class CannedResponseFact(Fact):
    """Something about a canned response."""

    id: str

    @property
    def subject(self) -> str:
        return self.id


@dataclass(frozen=True, kw_only=True)
class CannedResponseSet(CannedResponseFact):
    """A canned response was added or changed. ``private`` when it is, and was, only its writer's own."""

    agent_id: str
    fields: list[str]
    private: bool


@dataclass(frozen=True, kw_only=True)
class CannedResponseUsed(CannedResponseFact):
    """An agent inserted it into what they write."""

    agent_id: str
