"""Lists that an administrator puts in order by hand, whole or not at all."""

import pytest

from helpline.core import new_id
from helpline.core.facts import FactRow
from helpline.core.ordering import ListChanged
from helpline.people import queries as people
from helpline.people import workspace
from helpline.service_records import Reason, Result, choices, queries
from tests.make import World


def _results(world: World) -> list[str]:
    return world.see(lambda tx: [row.id for row in queries.results(tx)])


def _moves(world: World, topic: str) -> list[dict[str, object]]:
    return [row.payload for row in world.all(FactRow) if row.topic == topic and row.payload["fields"] == ["position"]]


def test_the_whole_list_is_put_in_order_and_a_fact_says_of_each_row_where_it_went(world: World) -> None:
    for label in ("One", "Two", "Three"):
        world.do(None, lambda tx, label=label: choices.add_result(tx, label=label).id)
    wanted = _results(world)[::-1]
    world.do(None, lambda tx: [row.id for row in choices.order_results(tx, wanted)])
    assert _results(world) == wanted
    told = {row["id"] for row in _moves(world, "result.set")}
    world.do(None, lambda tx: [row.id for row in choices.order_results(tx, wanted)])
    assert told
    assert {row["id"] for row in _moves(world, "result.set")} == told


def test_a_list_that_is_not_the_whole_one_is_refused_and_nothing_moves(world: World) -> None:
    world.do(None, lambda tx: choices.add_result(tx, label="Another").id)
    before = _results(world)
    for ids in ([], before[1:], [*before, new_id()], [*before[1:], before[1]]):
        with pytest.raises(ListChanged):
            world.do(None, lambda tx, ids=ids: [row.id for row in choices.order_results(tx, ids[::-1])])
    assert _results(world) == before
    assert _moves(world, "result.set") == []


def test_reasons_keep_their_heading(world: World) -> None:
    world.choices()
    heading = world.do(None, lambda tx: choices.add_reason(tx, label="Payment").id)
    below = world.do(None, lambda tx: choices.add_reason(tx, label="Refund", parent_id=heading).id)
    all_of = [row.id for row in world.all(Reason) if row.id not in (heading, below)]
    world.do(None, lambda tx: [row.id for row in choices.order_reasons(tx, [below, heading, *all_of])])
    told = world.see(lambda tx: [(row.id, row.parent_id) for row in queries.reasons(tx)])
    assert told[:2] == [(below, heading), (heading, None)]


def test_what_is_new_stands_behind_all_others(world: World) -> None:
    world.choices()
    result = world.do(None, lambda tx: choices.add_result(tx, label="A new one").id)
    reason = world.do(None, lambda tx: choices.add_reason(tx, label="A new one").id)
    first, second = (world.do(None, lambda tx, x=x: workspace.add_break_reason(tx, label=x).id) for x in ("Z", "A"))
    assert _results(world)[-1] == result
    assert max(world.all(Reason), key=lambda row: row.position).id == reason
    assert max(world.all(Result), key=lambda row: row.position).id == result
    assert _breaks(world)[-2:] == [first, second]
    world.do(None, lambda tx: [row.id for row in workspace.order_break_reasons(tx, _ids(tx)[::-1])])
    assert _breaks(world)[:2] == [second, first]


def _breaks(world: World) -> list[str]:
    return world.see(_ids)


def _ids(tx: object) -> list[str]:
    return [row.id for row in people.break_reasons(tx)]  # type: ignore[arg-type]
