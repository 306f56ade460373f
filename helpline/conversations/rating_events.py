"""What happens to ratings."""

from dataclasses import dataclass

from .events import ConversationFact


@dataclass(frozen=True, kw_only=True)
class RatingInvited(ConversationFact):
    """The contact was asked to rate the service, by the agent or at the end."""

    agent_id: str
    by: str


@dataclass(frozen=True, kw_only=True)
class ConversationRated(ConversationFact):
    """The contact said what they thought of the service."""

    agent_id: str
    stars: int
