"""How an agent is found for a conversation."""

from msgspec import Struct


class Allocation(Struct, kw_only=True):
    """How an agent is found for a conversation."""
