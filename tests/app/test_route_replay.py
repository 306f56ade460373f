"""The bank's day of January 1999 on the real allocation code: each call as in the exact result. Without the data, a small day."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from helpline.app.cli.say import Refused
from helpline.app.simulating.day import Outcome, play
from helpline.app.simulating.reading import Arrival, Day, read

BANK = Path(__file__).parents[3] / "shared" / "data" / "queue-anonbank"
CALLS = BANK / "replay_jan_calls.json"


def _call(id: str, arrive: float, handle: float, **more: Any) -> Arrival:
    return Arrival(id=id, arrive=arrive, handle=handle, **more)


def _told(outcomes: list[Outcome]) -> list[tuple[str, str, str | None, float]]:
    return [(one.id, one.outcome, one.agent, one.wait) for one in outcomes]


def test_who_leaves_goes_before_who_is_freed_and_that_before_who_comes() -> None:
    calls = [_call("a", 0, 10), _call("b", 1, 5, patience=9), _call("c", 2, 5), _call("d", 10, 5)]
    assert _told(play(Day(agents=[("one", None)], calls=calls))) == [
        ("a", "answered", "one", 0),
        ("b", "abandoned", None, 9),
        ("c", "answered", "one", 8),
        ("d", "answered", "one", 5),
    ]


def test_skills_and_points_count_and_who_is_never_served_still_waits() -> None:
    calls = [_call("a", 0, 100), _call("b", 1, 1, skills=["x"]), _call("c", 2, 1, skills=["y"]), _call("d", 3, 1)]
    calls.append(_call("e", 4, 1, priority=50))
    day = Day(agents=[("one", ["x"]), ("two", [])], points_per_second=1, calls=calls)
    assert _told(play(day))[1:] == [
        ("b", "answered", "one", 99),
        ("c", "waiting", None, 99),
        ("d", "answered", "two", 0),
        ("e", "answered", "two", 0),
    ]


@pytest.mark.skipif(not CALLS.exists(), reason="the bank's day is not here")
@pytest.mark.timeout(900)
@pytest.mark.parametrize("rules", ["fifo", "credit90", "skills"])
def test_the_banks_day_is_as_it_was_reckoned(rules: str) -> None:
    file = BANK / f"replay_jan_{rules}.json"
    outcomes, exact = play(read(CALLS, file)), json.loads(file.read_text())
    known = {one["id"]: (one["id"], one["outcome"], one["agent"], one["wait"]) for one in exact["calls"]}
    told = _told(outcomes)
    assert sum(one == known[one[0]] for one in told) >= 0.995 * len(known)
    calls, skills = {call.id: call for call in read(CALLS, file).calls}, dict(exact["agents"])
    served: dict[str, list[tuple[float, float]]] = {}
    for id, _, agent, wait in told:
        if agent:
            call = calls[id]
            assert skills[agent] is None or call.type in skills[agent]
            served.setdefault(agent, []).append((call.arrive + wait, call.arrive + wait + call.handle))
    for spans in served.values():
        spans.sort()
        assert all(end <= begin for (_, end), (begin, _) in pairwise(spans))


def test_a_wrong_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "day.json"
    with pytest.raises(Refused, match="cannot be read"):
        read(file, None)
    file.write_text('{"agents": [], "calls": []}')
    with pytest.raises(Refused, match="is no such day: Expected `array` of length >= 1"):
        read(file, None)
