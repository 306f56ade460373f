"""Whether an agent is given a conversation, or offered it."""

from typing import Annotated, Literal

from msgspec import Meta, Struct


class ServiceMode(Struct, kw_only=True):
    """Whether an agent is given a conversation, or offered it."""

    mode: Literal["automatic", "manual"] = "automatic"
    """Served at once, without a click; or offered to an agent, who connects."""
    connect_within: Annotated[int, Meta(ge=5, le=300)] = 20
    """Seconds an agent has to connect before the offer goes to the next one."""
    break_after_miss: bool = False
    """Whether an agent who let an offer go by is put on break, so that the next one does not go by as well."""
