"""Whether an agent is given a conversation, or offered it."""

from msgspec import Struct


class ServiceMode(Struct, kw_only=True):
    """Whether an agent is given a conversation, or offered it."""
