"""What changes in messages after they were written."""

from dataclasses import dataclass

from .events import MessageFact


@dataclass(frozen=True, kw_only=True)
class MessageAmended(MessageFact):
    """Something about a message changed after it was written. ``how``: edited, deleted, reacted, or its files arrived."""

    how: str
