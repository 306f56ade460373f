"""What holds the words that somebody looks for, read as far as somebody asks and no farther."""

from collections.abc import Callable, Iterable, Iterator

from .blocks import SIZE, Blocks, places_of

FEW = 1000
"""So many that are found are looked up in any order; of more, some are met soon on the way through a list."""
FIRST, WIDER, ALL = 8, 8, 1 << 30
"""Days that are read at first, how many times more of them after that, and whenever nothing was found in them."""


class Found:
    """Blocks of numbers, from one end of time to the other."""

    def __init__(self, read: Callable[[int, int], Blocks], first: int, last: int, *, is_down: bool = True) -> None:
        self._read, self._first, self._last, self._is_down = read, first, last, is_down
        self._also, self._blocks, self._days = Blocks(), Blocks(), FIRST

    def along_with(self, numbers: Iterable[int]) -> "Found":
        """These too."""
        for number in numbers:
            self._also[number // SIZE] = self._also.get(number // SIZE, 0) | 1 << number % SIZE
        return self

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """Each day on which there are some, in order, with their bits."""
        told = 0
        while told < len(self._blocks) or self._go_on():
            blocks = list(self._blocks.items())[told:]
            told += len(blocks)
            yield from blocks

    @property
    def are_few(self) -> bool:
        """Whether they are better looked up than met."""
        while (is_few := sum(map(int.bit_count, self._blocks.values())) <= FEW) and self._go_on():
            continue
        return is_few

    @property
    def numbers(self) -> list[int]:
        """Each of them."""
        return [number for block, bits in self for number in numbers_in(block, bits)]

    def holds(self, number: int | None) -> bool:
        """Whether it is one of them."""
        if number is None:
            return False
        while self._first <= number // SIZE <= self._last and self._go_on():
            continue
        return bool(self._blocks.get(number // SIZE, 0) >> number % SIZE & 1)

    def _go_on(self) -> bool:
        """Read some more days; whether there were any."""
        first, last = self._first, self._last
        if first > last:
            return False
        if self._is_down:
            first = max(first, last - self._days + 1)
            self._last = first - 1
        else:
            last = min(last, first + self._days - 1)
            self._first = last + 1
        some = self._read(first, last)
        for block in self._also.keys() & range(first, last + 1):
            some[block] = some.get(block, 0) | self._also[block]
        self._blocks |= {block: some[block] for block in sorted(some, reverse=self._is_down)}
        self._days = self._days * WIDER if some else ALL
        return True


def numbers_in(block: int, bits: int) -> list[int]:
    """The numbers that these bits of a block are."""
    return [block * SIZE + place for place in places_of(bits)]
