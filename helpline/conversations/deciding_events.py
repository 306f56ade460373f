"""What happens before a conversation has its team."""

from dataclasses import dataclass

from .events import ConversationFact


@dataclass(frozen=True, kw_only=True)
class ConversationUndecided(ConversationFact):
    """Somebody is asked who shall serve it, ``of`` whom: the contact, by a card of teams, or the business's server."""

    team_id: str
    of: str


@dataclass(frozen=True, kw_only=True)
class ConversationDecided(ConversationFact):
    """It is said who serves it, ``by`` contact, server or agent, or by nobody (``fallback``); ``why`` tells what went wrong."""

    by: str
    team_id: str
    agent_ids: list[str]
    why: str
