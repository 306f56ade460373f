"""What is shown to a contact beside messages: that somebody writes or has read, a sign at a message, a change of one.

It is said at once and once. It waits behind nothing, nothing waits behind it, and when it is lost nothing else is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

COMMON = ("👍", "❤️", "😂", "😮", "😢", "🙏", "🎉")
"""Offered where a provider takes any."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """A message as the provider knows it, of either side."""

    external_id: str
    tokens: Mapping[str, str] = field(default_factory=dict)
    """What came along to speak of it by (``Particulars.tokens``)."""


@dataclass(frozen=True, kw_only=True)
class Sign:
    """Something to show; ``about`` is the message in question."""

    to: str
    about: Known


@dataclass(frozen=True, kw_only=True)
class Typing(Sign):
    """An agent writes; ``about`` is what the contact said last."""


@dataclass(frozen=True, kw_only=True)
class Read(Sign):
    """What the contact wrote has been read, up to this."""


@dataclass(frozen=True, kw_only=True)
class Heard(Sign):
    """What the contact tapped has arrived: its button comes to rest. ``about`` is what waits for that."""


@dataclass(frozen=True, kw_only=True)
class React(Sign):
    """An agent puts a sign to a message; an empty one takes it away."""

    emoji: str


@dataclass(frozen=True, kw_only=True)
class Edit(Sign):
    """An agent changed a message of theirs."""

    text: str


@dataclass(frozen=True, kw_only=True)
class TakeBack(Sign):
    """An agent took a message of theirs back."""
