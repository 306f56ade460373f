"""From bytes to lines, and lines to portions that a unit of work takes in without holding anybody up."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import msgspec

from helpline.core import DomainError

from .errors import LineTooLong, NotALine
from .lines import ConversationLine, Line, MessageLine, decode

LONGEST = 4 * 1024 * 1024
MOST_MESSAGES, MOST_BYTES = 100_000, 256 * 1024 * 1024
"""Of one conversation, whose messages may follow it as lines: it is taken in whole, so it has to be held."""
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
        if before is not None and before.size < MOST_BYTES and _belongs_to(line, before.line):
            before.joined.append(self._number)
            before.size += len(raw)
            return None
        return Numbered(self._number, line)


def _belongs_to(line: Line, before: Line | None) -> bool:
    """Whether it is a message of the conversation right above; it is put there then."""
    if not isinstance(before, ConversationLine) or not isinstance(line, MessageLine):
        return False
    if line.conversation != before.id or len(before.messages) >= MOST_MESSAGES:
        return False
    before.messages.append(line)
    return True


def portions(file: Iterable[bytes]) -> Iterator[list[Numbered]]:
    """A whole file in portions."""
    reader = Reader()
    for chunk in file:
        yield from reader.feed(chunk)
    yield from reader.end()
