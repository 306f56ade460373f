"""From bytes to lines, and lines to portions that a unit of work takes in without holding anybody up."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from helpline.core import DomainError

from .errors import ConversationTooLong, LineTooLong, NotALine
from .lines import ConversationLine, Line, MessageLine, decode

LONGEST = 4 * 1024 * 1024


class Most(NamedTuple):
    """Of one conversation, whose messages may follow it as lines: it is understood as a whole, so it has to be held."""

    messages: int
    bytes: int


MOST = Most(50_000, 64 * 1024 * 1024)
MOST_BY_API = Most(10_000, 16 * 1024 * 1024)
"""In the memory of the server, which has other things to do."""
PORTION = 100
"""Messages, or other lines, that one unit takes in: a few milliseconds of work."""


@dataclass
class Numbered:
    """A line with its number, or why it is none. A conversation whose messages follow as lines carries these, too."""

    number: int
    line: Line | None
    refusal: DomainError | None = None
    joined: list[int] = field(default_factory=list)
    """The numbers of the message lines that are part of it."""
    size: int = 0

    @property
    def weight(self) -> int:
        """How much work it is."""
        return 1 + (len(self.line.messages) if isinstance(self.line, ConversationLine) else 0)


@dataclass
class Reader:
    """Takes bytes as they come, and gives portions of lines as they are whole."""

    most: Most = MOST
    _rest: bytearray = field(default_factory=bytearray)
    _number: int = 0
    _portion: list[Numbered] = field(default_factory=list)
    _is_skipping: bool = False

    def feed(self, chunk: bytes) -> Iterator[list[Numbered]]:
        """The portions that are whole with ``chunk``."""
        self._rest += chunk
        *whole, rest = self._rest.split(b"\n")
        self._rest = bytearray(rest)
        yield from self._take(whole)
        if len(self._rest) > LONGEST:  # its beginning is dropped; when its end comes, it is refused
            self._rest, self._is_skipping = bytearray(), True

    def end(self) -> Iterator[list[Numbered]]:
        """What is left when there is no more."""
        yield from self._take([self._rest])
        if self._portion:
            yield self._portion

    def _take(self, whole: Iterable[bytes | bytearray]) -> Iterator[list[Numbered]]:
        for raw in whole:
            self._number += 1
            too_long, self._is_skipping = self._is_skipping or len(raw) > LONGEST, False
            if not too_long and not raw.strip():
                continue
            read = Numbered(self._number, None, LineTooLong()) if too_long else self._read(bytes(raw))
            if read is None:
                continue
            if self._portion and sum(one.weight for one in self._portion) >= PORTION:
                yield self._portion
                self._portion = []
            self._portion.append(read)

    def _read(self, raw: bytes) -> Numbered | None:
        try:
            line = decode(raw.removeprefix(b"\xef\xbb\xbf"))
        except msgspec.ValidationError as error:
            sentence, _, path = str(error).partition(" - at `$")
            return Numbered(self._number, None, NotALine(f"{sentence}.", field=path.strip("`.") or None))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return Numbered(self._number, None, NotALine("This line is not JSON."))
        before = self._portion[-1] if self._portion else None
        joined = before is not None and self._join(line, len(raw), before)
        return None if joined else Numbered(self._number, line)

    def _join(self, line: Line, size: int, to: Numbered) -> bool:
        """A message of the conversation right above is put there. One with too many is refused, and held no longer."""
        above = to.line
        if (
            not isinstance(above, ConversationLine)
            or not isinstance(line, MessageLine)
            or line.conversation != above.id
        ):
            return False
        to.joined.append(self._number)
        to.size += size
        if to.refusal is None:
            above.messages.append(line)
        if len(above.messages) > self.most.messages or to.size > self.most.bytes:
            to.refusal = ConversationTooLong(field="messages")
            above.messages.clear()
        return True


def portions(file: Iterable[bytes]) -> Iterator[list[Numbered]]:
    """A whole file in portions."""
    reader = Reader()
    for chunk in file:
        yield from reader.feed(chunk)
    yield from reader.end()
