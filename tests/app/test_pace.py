"""How fast a provider is called. What is asserted is only that something took long enough, which no slow machine can spoil."""

import asyncio
import time

from helpline.app.lines.pace import LONGEST_HOLD, Pace


def took(pace: Pace, turns: int, per_second: float) -> float:
    async def take() -> None:
        await asyncio.gather(*(pace.turn(per_second) for _ in range(turns)))

    start = time.monotonic()
    asyncio.run(take())
    return time.monotonic() - start


def test_so_many_calls_a_second_are_made_also_where_one_left_off() -> None:
    pace = Pace()
    start = time.monotonic()
    for _ in range(2):  # as two shifts do, one after the other
        took(pace, 3, 20)
    assert time.monotonic() - start >= 5 / 20


def test_a_provider_that_says_it_is_too_much_has_peace_for_a_moment_and_not_for_as_long_as_it_likes() -> None:
    pace = Pace()
    pace.hold(0.2)
    assert took(pace, 1, 1000) >= 0.19
    pace.hold(3600)
    assert pace._next - time.monotonic() <= LONGEST_HOLD
