"""What clients are told about a change: ``{upsert: …, remove: …}`` entries, each addressed to groups.

A group is a string such as ``agent:ID``, ``team:ID``, ``conversation:ID``, ``visitor:ID``, ``supervisors``, ``all_records`` or
``everyone`` (every desk of the workspace). Which rows were told to whom is kept with the fact, so a client that comes back gets
what it missed.
"""

from collections.abc import Iterable
from typing import Any

import msgspec

NOTHING = msgspec.Raw(b"null")


class Update(msgspec.Struct, frozen=True):
    """One row as clients should now have it. ``data`` is the encoded wire shape."""

    kind: str
    id: str
    data: msgspec.Raw
    to: frozenset[str]

    @classmethod
    def of(cls, kind: str, id: str, shape: Any, to: Iterable[str]) -> "Update":
        """Encode ``shape`` once, for everybody who will get it."""
        return cls(kind, id, msgspec.Raw(msgspec.json.encode(shape)), frozenset(to))

    @classmethod
    def gone(cls, kind: str, id: str, to: Iterable[str]) -> "Update":
        """The row is no more; whoever has it forgets it."""
        return cls(kind, id, NOTHING, frozenset(to))

    @property
    def is_gone(self) -> bool:
        """Whether there is no such row any more."""
        return bytes(self.data) == bytes(NOTHING)


def references(updates: list[Update]) -> str | None:
    """The updates as they are kept in the fact log: which rows, told to whom. Nothing for nothing.

    Not their data: who catches up wants the rows as they are now, each once, however often it changed meanwhile.
    """
    kept = [(update.kind, update.id, sorted(update.to)) for update in updates]
    return msgspec.json.encode(kept).decode() if kept else None


def referenced(kept: str | None) -> list[tuple[str, str, frozenset[str]]]:
    """Back from the fact log: (kind, id, groups)."""
    return msgspec.json.decode(kept, type=list[tuple[str, str, frozenset[str]]]) if kept else []
