"""What becomes of those whom a queue cannot keep."""

from dataclasses import dataclass

from .events import ConversationFact


@dataclass(frozen=True, kw_only=True)
class ConversationOverflowed(ConversationFact):
    """A queue was full, or too slow: the conversation waits for another team."""

    from_team_id: str
    to_team_id: str
    why: str


@dataclass(frozen=True, kw_only=True)
class ConversationMessageLeft(ConversationFact):
    """Nobody could be given: the contact was asked to leave a message, which waits until somebody has time."""

    team_id: str
    why: str
