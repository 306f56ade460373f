"""What the clocks of a session bring about."""

from dataclasses import dataclass

from .events import ConversationFact


@dataclass(frozen=True, kw_only=True)
class ContactReminded(ConversationFact):
    """The contact, who had not answered for a while, was asked whether they are still there."""


@dataclass(frozen=True, kw_only=True)
class AgentReminded(ConversationFact):
    """The agent in charge was told that the contact waits for an answer."""

    agent_id: str
    waited_seconds: float


@dataclass(frozen=True, kw_only=True)
class ConversationEscalated(ConversationFact):
    """The supervisors were told that a contact waits for their agent's answer for long."""

    agent_id: str
    waited_seconds: float


@dataclass(frozen=True, kw_only=True)
class ServiceLimitNear(ConversationFact):
    """The agent in charge was told that the service has nearly lasted as long as it may."""

    agent_id: str


@dataclass(frozen=True, kw_only=True)
class ServiceLimitReached(ConversationFact):
    """A service has lasted as long as it may; it is closed when it ``ends`` there, else only the agent is told."""

    agent_id: str
    ends: bool
