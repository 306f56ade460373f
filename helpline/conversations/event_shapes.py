"""What happened in a conversation, as its log shows it between the messages; ``name`` says which of these it is."""

from datetime import datetime
from typing import Literal

from helpline.channels.forms import Kind
from helpline.core import Out
from helpline.session_settings.closure import ServiceEnd

from .models import CloseReason
from .rules import NotGiven, Why


class _Event(Out, tag_field="name"):
    pass


class QueuedEvent(_Event, tag="queued"):
    team_id: str


class DecidedEvent(_Event, tag="decided"):
    """Who shall serve it was said: ``by`` whom, and what went wrong if that was nobody who was asked."""

    by: Literal["contact", "server", "agent", "fallback"]
    of: Literal["contact", "server"]
    team_id: str
    team_name: str
    agents: list[str]
    why: str


class AssignedEvent(_Event, tag="assigned"):
    agent_id: str
    agent_name: str
    team_id: str
    waited_seconds: float
    why: Why


class StartedEvent(_Event, tag="started"):
    agent_id: str
    agent_name: str
    team_id: str


class TransferredEvent(_Event, tag="transferred"):
    by_id: str
    by_name: str
    note: str
    to_agent_id: str | None = None
    to_agent_name: str | None = None
    to_team_id: str | None = None
    to_team_name: str | None = None


class OverflowedEvent(_Event, tag="overflowed"):
    to_team_id: str
    to_team_name: str
    why: NotGiven


class MessageLeftEvent(_Event, tag="message_left"):
    why: NotGiven


class ReturnedEvent(_Event, tag="returned"):
    agent_id: str
    agent_name: str
    why: Literal["agent_lost", "agent_silent"]


class OfferEndedEvent(_Event, tag="offer_ended"):
    agent_id: str
    agent_name: str
    why: Literal["missed", "declined", "lost"]


class ClosedEvent(_Event, tag="closed"):
    reason: CloseReason
    by_name: str


class AgentRemindedEvent(_Event, tag="agent_reminded"):
    agent_id: str
    agent_name: str
    waited_seconds: float


class EscalatedEvent(_Event, tag="escalated"):
    agent_id: str
    agent_name: str
    waited_seconds: float


class LimitNearEvent(_Event, tag="limit_near"):
    ends_at: datetime
    end: ServiceEnd


class LimitReachedEvent(_Event, tag="limit_reached"):
    end: ServiceEnd


class FormAnswer(Out):
    """What was said in the form before the chat; ``label`` as the contact read it, empty where the kind says enough."""

    id: str
    kind: Kind
    label: str
    value: str


class FormEvent(_Event, tag="form"):
    answers: list[FormAnswer]


class IntroducedEvent(_Event, tag="introduced"):
    """What the site said of the contact: vouched for by its signature, or only claimed."""

    answers: list[FormAnswer]
    verified: bool


class MailPointsAtEvent(_Event, tag="mail_points_at"):
    """The mail says that it answers another conversation, in which its sender has no part."""

    other_id: str
    settled: Literal["", "joined", "apart"] = ""
    """What somebody said to it: that the two contacts are one, or that they are not."""
    by_id: str = ""
    by_name: str = ""


class MailReturnedEvent(_Event, tag="mail_returned"):
    """A mail server told what became of a mail."""

    action: Literal["failed", "delayed", "delivered", "relayed", "expanded"]
    detail: str
    copies: list[str] = []
    """To whom, where it is about copies alone."""


class VisitorAssignedEvent(_Event, tag="assigned"):
    agent_name: str


class VisitorClosedEvent(_Event, tag="closed"):
    reason: CloseReason


EventOut = (
    QueuedEvent
    | DecidedEvent
    | AssignedEvent
    | StartedEvent
    | TransferredEvent
    | ReturnedEvent
    | OverflowedEvent
    | MessageLeftEvent
    | AgentRemindedEvent
    | EscalatedEvent
    | LimitNearEvent
    | LimitReachedEvent
    | OfferEndedEvent
    | ClosedEvent
    | FormEvent
    | IntroducedEvent
    | MailPointsAtEvent
    | MailReturnedEvent
)
VisitorEventOut = VisitorAssignedEvent | VisitorClosedEvent
