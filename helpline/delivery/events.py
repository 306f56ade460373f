"""What becomes of messages to contacts by channels outside."""

from dataclasses import dataclass

from helpline.core import Fact


@dataclass(frozen=True, kw_only=True)
class DeliveryFact(Fact):
    """Something became of a message to a contact, or is why it became no more."""

    conversation_id: str
    message_id: str
    delivery_id: str
    failure: str = ""
    reason: str = ""
    detail: str = ""

    @property
    def subject(self) -> str:
        return self.conversation_id


@dataclass(frozen=True, kw_only=True)
class DeliveryMoved(DeliveryFact):
    """A message to a contact was queued, sent, delivered, read, failed, or may have been lost on the way (``unknown``)."""

    state: str


@dataclass(frozen=True, kw_only=True)
class CopyFailed(DeliveryFact):
    """Of a message that went out, a copy for somebody else did not arrive."""

    address: str
