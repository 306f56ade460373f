"""Sets of numbers, 4,096 to a block: few as they are, many as bits. In memory always as bits, which are joined at once."""

import struct
from collections.abc import Iterator

SIZE = 4096
_BYTES = SIZE // 8
_FEW = _BYTES // 2
"""So many numbers, two bytes each, take as much as the bits."""

Blocks = dict[int, int]
"""The bits of each block."""


def pack(bits: int) -> bytes:
    """How a block is kept."""
    if bits.bit_count() >= _FEW:
        return bits.to_bytes(_BYTES, "little")
    places = list(places_of(bits))
    return struct.pack(f"<{len(places)}H", *places)


def unpack(kept: bytes) -> int:
    """The bits of what was kept."""
    if len(kept) == _BYTES:
        return int.from_bytes(kept, "little")
    spread = bytearray(_BYTES)
    for place in struct.unpack(f"<{len(kept) // 2}H", kept):
        spread[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(spread, "little")


def places_of(bits: int) -> Iterator[int]:
    """Which bits are set, the highest first."""
    while bits:
        place = bits.bit_length() - 1
        yield place
        bits ^= 1 << place


def both(one: Blocks, other: Blocks) -> Blocks:
    """What is in both."""
    return {block: shared for block, bits in one.items() if (shared := bits & other.get(block, 0))}
