"""Decisions about service records."""

from collections.abc import Collection

DIRECTIONS = frozenset({"inbound", "outbound"})
WAYS = frozenset({"phone", "messaging"})


def applies(to: Collection[str], direction: str, channel_kind: str) -> bool:
    """Whether a result that is limited to these kinds of services is offered on one of this direction, by this channel."""
    way = "phone" if channel_kind == "phone" else "messaging"
    kinds = frozenset(to)
    return (not kinds & DIRECTIONS or direction in kinds) and (not kinds & WAYS or way in kinds)
