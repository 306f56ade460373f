"""The first of a list that hold some words: whichever way through it is the shorter one, what is met is the same."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpline.search import Found, first_of, look_up, sift, sifting
from helpline.search.blocks import SIZE, Blocks, block_of
from helpline.search.sifting import Key

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
FIRST = block_of(BEGIN)

Row = tuple[datetime, str, int]
rows = st.lists(st.tuples(st.integers(0, 3000), st.booleans(), st.booleans()), max_size=60)
"""For each of them: after how many hours it began, whether it holds the words, whether it is on the list."""


def _found(blocks: Blocks, *, is_down: bool = True) -> Found:
    def read(first: int, last: int) -> Blocks:
        return {block: bits for block, bits in blocks.items() if first <= block <= last}

    return Found(read, min(blocks, default=0), max(blocks, default=-1), is_down=is_down)


def _blocks(numbers: set[int]) -> Blocks:
    blocks: Blocks = {}
    for number in numbers:
        blocks[number // SIZE] = blocks.get(number // SIZE, 0) | 1 << number % SIZE
    return blocks


def _made(given: list[tuple[int, bool, bool]]) -> tuple[list[Row], set[int], set[int]]:
    made: list[Row] = []
    for place, (hours, _, _) in enumerate(given):
        at = BEGIN + timedelta(hours=hours)
        made.append((at, f"id{place % 7}{place}", block_of(at) * SIZE + place))
    holding = {row[2] for row, (_, holds, _) in zip(made, given, strict=True) if holds}
    return made, holding, {row[2] for row, (_, _, is_listed) in zip(made, given, strict=True) if is_listed}


@given(rows, st.booleans(), st.integers(1, 8), st.sampled_from([1, 3, 500]), st.sampled_from([1, 2, 200]))
@pytest.mark.parametrize("farthest", [4, 30_000])
def test_page_by_page_each_is_met_once_and_in_order(
    farthest: int, given: list[tuple[int, bool, bool]], is_down: bool, most: int, dear: int, step: int
) -> None:
    made, holding, listed = _made(given)
    expected = sorted(((at, id) for at, id, no in made if no in holding & listed), reverse=is_down)
    met: list[Key] = []
    after: Key | None = None
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("DEAR", dear), ("STEP", step), ("FARTHEST", farthest)):
            patch.setattr(sifting, name, value)
        for _ in range(500):
            page = _page(made, holding, listed, after, most, is_down=is_down)
            met += page.keys[:most]
            after = page.keys[most - 1] if len(page.keys) > most else page.last
            if after is None:
                break
    assert met == expected


def _page(
    made: list[Row], holding: set[int], listed: set[int], after: Key | None, most: int, *, is_down: bool
) -> sifting.Sifted:
    found = _found(_blocks(holding), is_down=is_down)

    def is_behind(row: Row, place: Key | None) -> bool:
        return place is None or (row[:2] < place if is_down else row[:2] > place)

    def read(last: Key | None, most: int) -> list[Row]:
        some = [row for row in made if row[2] in listed and is_behind(row, last or after)]
        return sorted(some, key=lambda row: row[:2], reverse=is_down)[:most]

    def look(numbers: list[int]) -> list[Key]:
        return [row[:2] for row in made if row[2] in listed.intersection(numbers) and is_behind(row, after)]

    return first_of([look_up(found, look, most + 1, is_down=is_down), sift(found, read)], most + 1)


def test_what_comes_first_is_read_and_no_more() -> None:
    read: list[tuple[int, int]] = []

    def days(first: int, last: int) -> Blocks:
        read.append((first, last))
        return dict.fromkeys(range(first, last + 1), 1)

    found = Found(days, 1, 1000)
    assert read == []
    assert next(iter(found)) == (1000, 1)
    assert read == [(993, 1000)]
    assert found.holds(990 * SIZE)
    assert not found.holds(990 * SIZE + 1)
    assert read == [(993, 1000), (929, 992)]
    assert not found.holds(1001 * SIZE)
    assert not found.holds(None)
    assert len(read) == 2


def test_where_the_newest_days_have_none_all_others_are_read_at_once() -> None:
    read: list[tuple[int, int]] = []

    def none(first: int, last: int) -> Blocks:
        read.append((first, last))
        return {}

    assert list(Found(none, 1, 1000)) == []
    assert read == [(993, 1000), (1, 992)]


def test_what_is_few_is_known_without_reading_all_of_what_is_many() -> None:
    assert _found(dict.fromkeys(range(500), 1)).are_few
    many = _found(dict.fromkeys(range(500), (1 << 100) - 1))
    assert not many.are_few
    assert not many.holds(7 * SIZE + 100)
    assert many.holds(7 * SIZE + 99)


def test_others_can_be_found_along_with_them() -> None:
    found = _found({3: 0b1, 9: 0b10}).along_with([3 * SIZE + 2, 5 * SIZE])
    assert list(found) == [(9, 0b10), (5, 0b1), (3, 0b101)]
    assert found.numbers == [9 * SIZE + 1, 5 * SIZE, 3 * SIZE, 3 * SIZE + 2]


def test_who_goes_through_them_misses_none_while_others_read_on() -> None:
    found = _found(dict.fromkeys(range(100), 1))
    told = []
    for block, _bits in found:
        told.append(block)
        assert found.holds(0)
    assert told == list(range(99, -1, -1))
