"""Every figure against rows that were reckoned exactly, by others; and what holds between the formulas."""

import json
from pathlib import Path
from typing import Any

import pytest

from helpline.staffing import Demand, Limits, Unreckonable, Unstable, expect, needed, waits_by_class
from helpline.staffing.erlang import blocked

EXACT = Path(__file__).parents[3] / "shared" / "data" / "queue-exact" / "erlang_exact.json"
ROWS: list[dict[str, Any]] = json.loads(EXACT.read_text()) if EXACT.exists() else []
near = pytest.approx


def _demand(row: dict[str, Any]) -> Demand:
    return Demand(row["calls_per_30min"] / 1800, row["aht_s"])


def _rows(model: str, column: str) -> Any:
    chosen = [row for row in ROWS if row["model"] == model and column in row]
    return pytest.mark.parametrize("row", chosen or [pytest.param({}, marks=pytest.mark.skip("no exact rows here"))])


@_rows("B", "p_block")
def test_lines_are_taken_as_erlang_b_says(row: dict[str, Any]) -> None:
    assert blocked(row["erlangs"], row["lines"]) == near(row["p_block"], rel=1e-6)
    assert expect(Demand(row["erlangs"], 1), row["lines"], Limits(0, places=0)).blocked == near(
        row["p_block"], rel=1e-6
    )


@_rows("C", "asa")
def test_everybody_waits_as_erlang_c_says(row: dict[str, Any]) -> None:
    found = expect(_demand(row), row["agents"], Limits(row["threshold_s"]))
    assert (found.delayed, found.mean_wait) == near((row["p_wait"], row["asa"]), rel=1e-6)
    assert (found.service_level, found.occupancy) == near((row["service_level"], row["occupancy"]), rel=1e-6)
    assert found.queue == near(row["queue"], rel=1e-6)


@_rows("C", "min_agents")
def test_the_fewest_agents_for_a_target_are_found(row: dict[str, Any]) -> None:
    found = needed(_demand(row), row["target_service_level"], Limits(row["threshold_s"]))
    assert found.agents == row["min_agents"]


@_rows("A", "p_abandon")
def test_people_leave_as_erlang_a_says(row: dict[str, Any]) -> None:
    found = expect(_demand(row), row["agents"], Limits(row["threshold_s"], patience=row["patience_s"]))
    assert (found.delayed, found.abandoned) == near((row["p_wait"], row["p_abandon"]), rel=1e-6)
    assert (found.mean_wait, found.queue) == near((row["mean_wait_all"], row["queue"]), rel=1e-6)
    assert found.occupancy == near(row["occupancy"], rel=1e-6)
    assert found.service_level == near(row["answered_within_t_of_offered"], rel=1e-6)
    assert found.service_level_of_answered == near(row["answered_within_t_of_answered"], rel=1e-6)
    assert found.over_within == near(row["left_or_answered_within_t"], rel=1e-6)


@_rows("M/M/c/c+k", "p_block")
def test_who_finds_the_queue_full_is_turned_away(row: dict[str, Any]) -> None:
    found = expect(_demand(row), row["agents"], Limits(20, places=row["waiting_places"]))
    assert (found.blocked, found.delayed) == near((row["p_block"], row["p_delay_entering"]), rel=1e-6)
    assert (found.mean_wait, found.occupancy) == near((row["mean_wait_entering_s"], row["occupancy"]), rel=1e-6)


@_rows("C with non-preemptive priority", "mean_wait_s_by_class")
def test_each_class_waits_as_cobham_says(row: dict[str, Any]) -> None:
    classes = [Demand(calls / row["interval_s"], row["aht_s"]) for calls in row["calls"]]
    assert waits_by_class(classes, row["agents"]) == near(row["mean_wait_s_by_class"], rel=1e-6)


@pytest.mark.parametrize("agents", [1, 7, 40])
@pytest.mark.parametrize("within", [0.0, 5.0, 60.0, 4000.0])
def test_without_limits_all_the_formulas_agree(agents: int, within: float) -> None:
    demand = Demand(agents * 0.8 / 200, 200)
    free = expect(demand, agents, Limits(within))
    for limited in (
        expect(demand, agents, Limits(within, patience=5e6)),
        expect(demand, agents, Limits(within, places=2000)),
    ):
        assert limited.service_level == near(free.service_level, rel=1e-3)
        assert limited.mean_wait == near(free.mean_wait, rel=5e-3)
        assert limited.over_within == near(limited.service_level, abs=1e-3)


@pytest.mark.parametrize(("rate", "handling"), [(100.0, 900.0), (0.0001, 1.0), (20.0, 300.0)])
@pytest.mark.parametrize("spare", [-40, 1, 500])
def test_large_and_small_numbers_stay_within_their_bounds(rate: float, handling: float, spare: int) -> None:
    demand = Demand(rate, handling)
    agents = max(demand.fewest + spare, 1)
    found = [expect(demand, agents, Limits(20, patience=90)), expect(demand, agents, Limits(20, places=300))]
    found += [expect(demand, agents, Limits(20))] if agents > demand.erlangs else []
    for each in found:
        shares = (each.delayed, each.service_level, each.occupancy, each.abandoned, each.blocked, each.over_within)
        assert all(-1e-9 <= share <= 1 for share in shares), each
        assert each.service_level <= each.over_within + 1e-9
        assert demand.rate * (1 - each.abandoned - each.blocked) == near(each.occupancy * agents / handling, rel=1e-6)


def test_the_fewest_with_impatience_or_a_short_queue_are_the_fewest() -> None:
    demand = Demand(100 / 1800, 180)
    for limits in ({"patience": 60.0}, {"places": 4}, {"places": 0}):
        found = needed(demand, 0.9, Limits(20, **limits))  # type: ignore[arg-type]
        fewer = expect(demand, found.agents - 1, Limits(20, **limits))  # type: ignore[arg-type]
        assert fewer.service_level < 0.9 <= found.service_level


def test_a_queue_that_cannot_be_stable_is_refused_with_what_it_would_take() -> None:
    with pytest.raises(
        Unstable, match=r"10 agents cannot keep up: what comes in keeps 10 busy.* At least 11 are needed"
    ):
        expect(Demand(100 / 1800, 180), 10, Limits(20))
    with pytest.raises(Unstable):
        waits_by_class([Demand(1, 6), Demand(1, 6)], 12)


def test_an_unlikely_target_is_refused() -> None:
    with pytest.raises(Unreckonable, match="between 0 and 1"):
        needed(Demand(1, 1), 1.0, Limits(20))
