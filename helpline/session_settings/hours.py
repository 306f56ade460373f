"""When agents are there, and what is said when they are not."""

from msgspec import Struct


class Hours(Struct, kw_only=True):
    """When agents are there, and what is said when they are not."""
