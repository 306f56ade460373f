"""Sets of numbers, a day to a block: few as they are, many as bits. In memory always as bits, which are joined at once."""

import re
import struct
from datetime import UTC, datetime

SIZE = 1 << 24
"""Numbers of a day; more than can begin in a workspace between two midnights."""
_FEW, _MANY = b"\0", b"\1"
_SET = re.compile("1")

Blocks = dict[int, int]
"""The bits of each block."""


def block_of(at: datetime) -> int:
    """The day's block: blocks are in the order of time."""
    return at.astimezone(UTC).toordinal()


def begins(block: int) -> datetime:
    """When its day begins."""
    return datetime.fromordinal(block).replace(tzinfo=UTC)


def pack(bits: int) -> bytes:
    """How a block is kept: as four bytes for each, unless a bit for each that might be there is less."""
    if 4 * bits.bit_count() >= bits.bit_length() // 8:
        return _MANY + bits.to_bytes(bits.bit_length() // 8 + 1, "little")
    places = places_of(bits)
    return _FEW + struct.pack(f"<{len(places)}I", *places)


def unpack(kept: bytes) -> int:
    """The bits of what was kept."""
    if kept[:1] == _MANY:
        return int.from_bytes(kept[1:], "little")
    places = struct.unpack(f"<{len(kept) // 4}I", kept[1:])
    spread = bytearray(places[-1] // 8 + 1)
    for place in places:
        spread[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(spread, "little")


def places_of(bits: int) -> list[int]:
    """Which bits are set."""
    return [found.start() for found in _SET.finditer(bin(bits)[:1:-1])]


def both(one: Blocks, other: Blocks) -> Blocks:
    """What is in both."""
    return {block: shared for block, bits in one.items() if (shared := bits & other.get(block, 0))}
