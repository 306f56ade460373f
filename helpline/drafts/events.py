"""What happens to drafts."""

from dataclasses import dataclass

from helpline.core import Fact


@dataclass(frozen=True, kw_only=True)
class DraftFact(Fact):
    """Something about a draft. Only its agent is told; the conversation's own history does not speak of it."""

    draft_id: str
    conversation_id: str
    version: int

    @property
    def subject(self) -> str:
        return self.draft_id


@dataclass(frozen=True, kw_only=True)
class DraftSaved(DraftFact):
    """An agent went on writing."""


@dataclass(frozen=True, kw_only=True)
class DraftDiscarded(DraftFact):
    """A draft was emptied: thrown away, or sent. ``why`` says which."""

    why: str
