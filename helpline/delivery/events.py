"""What becomes of messages to contacts by channels outside."""

from dataclasses import dataclass

from helpline.core import Fact


@dataclass(frozen=True, kw_only=True)
class DeliveryMoved(Fact):
    """A message to a contact was queued, sent, delivered, read, failed, or may have been lost on the way (``unknown``)."""

    conversation_id: str
    message_id: str
    delivery_id: str
    state: str
    failure: str = ""
    reason: str = ""
    detail: str = ""

    @property
    def subject(self) -> str:
        return self.conversation_id
