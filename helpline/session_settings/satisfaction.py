"""How contacts are asked what they thought of a service."""

from typing import Annotated

from msgspec import Meta, Struct

from .prompts import Texts


class Satisfaction(Struct, kw_only=True):
    """Who asks for a rating, when, and for how long it is taken."""

    agent_invites: bool = False
    """Whether agents may invite to rate."""
    after_close: bool = False
    """Whether the card is sent by itself after a conversation is closed."""
    least_messages: Annotated[int, Meta(ge=0, le=100)] = 1
    """How many messages the contact must have written to an agent for a card that is sent by itself."""
    valid_for: Annotated[int, Meta(ge=60, le=30 * 86_400)] = 86_400
    """Seconds in which a rating is taken."""
    reasons: Annotated[list[Texts], Meta(max_length=12)] = []
    """What may be ticked beside the stars, each in several languages."""
