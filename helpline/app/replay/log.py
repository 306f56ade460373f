"""What one side received of a dialogue: every message once for each place it was received at, with the time of arrival."""

import time
from collections.abc import Iterator

from .frames import Message, VisitorMessage

Received = Message | VisitorMessage
Place = tuple[str, int, str]


class Log:
    """Messages by (conversation, seq, id). The same at the same place is one; at another place it is a second one."""

    def __init__(self) -> None:
        self._messages: dict[Place, Received] = {}
        self._at: dict[str, float] = {}

    def take(self, message: Received) -> None:
        """Keep a message, if it is new."""
        place = (message.conversation_id, message.seq, message.id)
        if place not in self._messages:
            self._messages[place] = message
            self._at.setdefault(message.id, time.perf_counter())

    def arrived(self, message_id: str) -> float | None:
        """When it first arrived; nothing before that."""
        return self._at.get(message_id)

    def last_of(self, conversation_id: str) -> int:
        """The highest place known of a conversation."""
        return max((seq for id, seq, _ in self._messages if id == conversation_id), default=0)

    def __iter__(self) -> Iterator[Received]:
        """In the order of their places."""
        return iter([self._messages[place] for place in sorted(self._messages)])
