"""What happens when an agent speaks first."""

from dataclasses import dataclass

from .events import ConversationFact


@dataclass(frozen=True, kw_only=True)
class ConversationStarted(ConversationFact):
    """An agent wrote first, where no conversation was open, and serves it."""

    channel_id: str
    contact_point_id: str
    previous_id: str | None
    team_id: str
    agent_id: str
