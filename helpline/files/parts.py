"""A part of a file, as players ask for it: some play nothing of a server that only gives the whole."""

import re
from pathlib import Path
from typing import NamedTuple

_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


class Part(NamedTuple):
    """From the first byte to the last one, of so many."""

    first: int
    last: int
    size: int

    @property
    def header(self) -> str:
        """As ``Content-Range`` says it."""
        return f"bytes {self.first}-{self.last}/{self.size}"

    def read(self, path: Path) -> bytes:
        """Its bytes."""
        with path.open("rb") as file:
            file.seek(self.first)
            return file.read(self.last - self.first + 1)


def part_of(header: str, size: int) -> Part | None:
    """The one part that a ``Range`` asks for; nothing where the whole is to be given, as for what makes no sense."""
    asked = _RANGE.fullmatch(header.strip())
    if asked is None or asked[1] == asked[2] == "":
        return None
    if asked[1] == "":
        first, last = max(size - int(asked[2]), 0), size - 1
    else:
        first, last = int(asked[1]), min(int(asked[2]), size - 1) if asked[2] else size - 1
    return Part(first, last, size) if first <= last else None
