"""How hooks are told: until they are taken, and twice or in disorder where a test wants it."""

import json
import random

from helpline.app.simulating_channels.hooks import Event, Hooks, Sealed


def seal(events: list[Event], redelivered: bool) -> Sealed:
    return Sealed({"again": str(redelivered)}, json.dumps(events).encode())


def told(hooks: Hooks) -> list[list[Event]]:
    return [json.loads(one.body) for one in hooks.told]


def test_what_is_not_taken_is_told_again() -> None:
    hooks, answers = Hooks(seal), iter([500, 200, 200])
    hooks.put({"n": 1})
    hooks.put({"n": 2})
    assert hooks.deliver(lambda *_: next(answers)) == [500, 200]
    assert hooks.waiting == 1
    assert hooks.deliver(lambda *_: next(answers)) == [200]
    assert told(hooks) == [[{"n": 1}], [{"n": 2}], [{"n": 1}]]
    assert [one.headers["again"] for one in hooks.told] == ["False", "False", "True"]


def test_events_can_be_told_three_times_in_any_order() -> None:
    hooks = Hooks(seal)
    for n in range(5):
        hooks.put({"n": n})
    assert hooks.deliver(lambda *_: 200, times=3, chance=random.Random(4)) == [200] * 15
    numbers = [events[0]["n"] for events in told(hooks)]
    assert sorted(numbers) == sorted(list(range(5)) * 3)
    assert numbers != list(range(5)) * 3
    assert hooks.waiting == 0


def test_events_can_be_told_together() -> None:
    hooks = Hooks(seal, most=2)
    for n in range(3):
        hooks.put({"n": n})
    hooks.deliver(lambda *_: 200, together=True)
    assert told(hooks) == [[{"n": 0}, {"n": 1}], [{"n": 2}]]
