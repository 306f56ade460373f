"""What was said outside of Helpline."""

from dataclasses import dataclass

from .events import MessageFact


@dataclass(frozen=True, kw_only=True)
class MessageSaidElsewhere(MessageFact):
    """Somebody of our side, or a program, wrote to the contact outside of Helpline: at the provider's."""

    app: str
    """What the provider calls the program; empty where a person wrote, or nobody says."""
