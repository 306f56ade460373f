"""How many are served and wait at once, how long, and what happens then."""

from msgspec import Struct


class Queueing(Struct, kw_only=True):
    """How many are served and wait at once, how long, and what happens then."""
