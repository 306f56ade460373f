"""What becomes of messages that go out later."""

from dataclasses import dataclass

from helpline.core import Fact


@dataclass(frozen=True, kw_only=True)
class ScheduledFact(Fact):
    """Something about a message that goes out later."""

    conversation_id: str
    scheduled_id: str

    @property
    def subject(self) -> str:
        return self.conversation_id


@dataclass(frozen=True, kw_only=True)
class MessageScheduled(ScheduledFact):
    """An agent wrote to the contact, to go out at ``due_at``: a time they chose (``chosen``), or once it cannot be taken back."""

    agent_id: str
    due_at: str
    chosen: bool
    draft: int | None = None


@dataclass(frozen=True, kw_only=True)
class ScheduledMessageSent(ScheduledFact):
    """A message that waited for its time went out."""

    message_id: str


@dataclass(frozen=True, kw_only=True)
class ScheduledMessageTakenBack(ScheduledFact):
    """Its author took a message back before it went out; it is in their draft again."""

    agent_id: str


@dataclass(frozen=True, kw_only=True)
class ScheduledMessageDiscarded(ScheduledFact):
    """A message that waited for its time is not to go out any more."""

    agent_id: str


@dataclass(frozen=True, kw_only=True)
class ScheduledMessageMoved(ScheduledFact):
    """The contact went on in a new conversation; what was still to go out is there now."""

    from_conversation_id: str
