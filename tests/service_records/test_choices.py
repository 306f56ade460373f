"""The administrator's lists: results, and reasons on two levels that may be limited to channel categories."""

from typing import Any

import pytest

from helpline.channels import Category
from helpline.channels import actions as channels
from helpline.core import Actor, Tx, new_id
from helpline.core.facts import FactRow
from helpline.service_records import Reason, Result, ServiceRecord, actions, choices, listing
from helpline.service_records.actions import UnknownChoice
from helpline.service_records.choices import LabelTaken, NotAHeading, UnknownCategory
from helpline.session_settings import actions as session_settings
from tests.clock import Clock
from tests.make import World


def _reason(world: World, **values: Any) -> str:
    return world.do(None, lambda tx: choices.add_reason(tx, **values).id)


def _change(world: World, model: type[Reason] | type[Result], id: str, **values: Any) -> None:
    world.do(None, lambda tx: choices.change(tx, tx.get(model, id), **values).id)


def _begun(world: World) -> tuple[Actor, str]:
    agent, id = world.agent(), world.write(world.visitor()).conversation_id
    world.answer(agent, id)
    return agent, world.records()[0].id


def _choose(world: World, by: Actor, record_id: str, *reason_ids: str) -> list[str]:
    return world.do(
        by,
        lambda tx: [row["label"] for row in actions.edit(tx, record_id, None, reason_ids=list(reason_ids)).reasons],
    )


def test_there_are_two_levels(world: World) -> None:
    heading = _reason(world, label="Delivery")
    below = _reason(world, label="Late", parent_id=heading)
    for parent in (below, new_id()):
        with pytest.raises(NotAHeading):
            _reason(world, label="Very late", parent_id=parent)
    other = _reason(world, label="Payment")
    for parent in (other, heading):
        with pytest.raises(NotAHeading):
            _change(world, Reason, heading, parent_id=parent)


def test_only_what_is_below_a_heading_can_be_chosen(world: World) -> None:
    agent, record_id = _begun(world)
    _, reason = world.choices()
    heading = next(row.parent_id for row in world.all(Reason) if row.id == reason)
    with pytest.raises(UnknownChoice):
        _choose(world, agent, record_id, str(heading))
    assert len(_choose(world, agent, record_id, reason, reason)) == 1


def test_a_reason_limited_to_categories_is_chosen_only_there(world: World) -> None:
    agent, record_id = _begun(world)
    here = world.records()[0].category_id
    there = world.do(None, lambda tx: channels.add_category(tx, name="Elsewhere", team_id=world.team).id)
    heading = _reason(world, label="Delivery")
    fits = _reason(world, label="Late", parent_id=heading, category_ids=[here])
    foreign = _reason(world, label="Lost", parent_id=heading, category_ids=[there])
    with pytest.raises(UnknownChoice):
        _choose(world, agent, record_id, foreign)
    assert _choose(world, agent, record_id, fits) == ["Late"]


def test_the_category_of_a_reason_has_to_be_there(world: World) -> None:
    with pytest.raises(UnknownCategory):
        _reason(world, label="Late", category_ids=[world.all(Category)[0].id, new_id()])


def test_a_label_is_used_once_in_its_place(world: World) -> None:
    one, other = _reason(world, label="Delivery"), _reason(world, label="Payment")
    _reason(world, label="Late", parent_id=one)
    _reason(world, label="Late", parent_id=other)
    for parent in (None, one):
        with pytest.raises(LabelTaken):
            _reason(world, label="Late" if parent else "Delivery", parent_id=parent)
    with pytest.raises(LabelTaken):
        world.do(None, lambda tx: choices.add_result(tx, label="Completed").id)


def test_what_is_switched_off_stays_on_old_records_and_is_offered_on_no_new_one(world: World) -> None:
    agent, record_id = _begun(world)
    result, reason = world.choices()
    world.do(agent, lambda tx: actions.edit(tx, record_id, None, result_id=result, reason_ids=[reason]).id)
    _change(world, Result, result, active=False, label="Renamed")
    _change(world, Reason, reason, active=False, label="Renamed too")
    old_label = world.records()[0].reasons[0]["label"]
    assert _choose(world, agent, record_id, reason) == [old_label] != ["Renamed too"]
    world.do(agent, lambda tx: actions.complete(tx, record_id).id)
    assert (world.records()[0].result_label, world.records()[0].state) == ("Completed", "completed")
    world.answer(agent, world.write(world.visitor()).conversation_id)
    new = next(row.id for row in world.records() if row.state == "open")
    with pytest.raises(UnknownChoice):
        _choose(world, agent, new, reason)


def test_filtering_by_a_heading_finds_what_is_below_it(world: World) -> None:
    agent, record_id = _begun(world)
    _, reason = world.choices()
    heading = str(next(row.parent_id for row in world.all(Reason) if row.id == reason))
    _choose(world, agent, record_id, reason)
    for chosen, found in ((heading, [record_id]), (reason, [record_id]), (new_id(), [])):
        filters = listing.Filters(reason_id=[chosen])
        assert world.see(lambda tx, filters=filters: [row.id for row in listing.page(tx, filters, 10).rows]) == found


def _result(world: World, **values: Any) -> str:
    return world.do(None, lambda tx: choices.add_result(tx, **values).id)


def _silent(world: World, clock: Clock) -> ServiceRecord:
    """The record of a conversation whose contact fell silent."""
    world.do(None, lambda tx: session_settings.change(tx, None, {"closure": {"contact_timeout": 60}}).version)
    _begun(world)
    world.wait(clock, 61)
    (record,) = world.records()
    assert record.state == "wrap_up"
    return record


def test_a_service_that_ends_by_itself_gets_the_automatic_result(world: World, clock: Clock) -> None:
    _result(world, label="Was it", automatic=True)
    result = _result(world, label="Fell silent", automatic=True)  # one only: it takes the place of the other
    record = _silent(world, clock)
    assert (record.result_id, record.result_label) == (result, "Fell silent")
    assert [row.label for row in world.all(Result) if row.automatic] == ["Fell silent"]
    told = [row.payload["fields"] for row in world.all(FactRow) if row.topic == "record.edited"]
    assert told == [["result"]]


def test_a_category_may_have_an_automatic_result_of_its_own(world: World, clock: Clock) -> None:
    here = world.all(Category)[0].id
    _result(world, label="Fell silent", automatic=True)
    _result(world, label="Was it", automatic_in=[here])
    own = _result(world, label="Call back", automatic_in=[here])  # one only: it takes the place of the other
    assert _silent(world, clock).result_id == own
    assert {row.label: row.automatic_in for row in world.all(Result) if row.automatic_in} == {"Call back": [here]}
    assert [row.label for row in world.all(Result) if row.automatic] == ["Fell silent"]
    with pytest.raises(UnknownCategory) as refused:
        _change(world, Result, own, automatic_in=[new_id()])
    assert refused.value.field == "automatic_in"


def test_what_somebody_ended_or_chose_a_result_for_keeps_what_it_says(world: World, clock: Clock) -> None:
    _result(world, label="Fell silent", automatic=True)
    agent, record = _begun(world)
    chosen, _ = world.choices()
    world.do(agent, lambda tx: actions.edit(tx, record, None, result_id=chosen).id)
    world.do(None, lambda tx: session_settings.change(tx, None, {"closure": {"contact_timeout": 60}}).version)
    world.wait(clock, 61)
    other = world.write(world.visitor()).conversation_id
    world.answer(agent, other)
    world.close(agent, other)
    assert [row.result_id for row in world.records()] == [chosen, None]


def test_an_automatic_result_that_is_off_or_for_other_services_is_not_given(world: World, clock: Clock) -> None:
    result = _result(world, label="Fell silent", automatic=True, applies_to=["phone"])
    assert _silent(world, clock).result_id is None
    _change(world, Result, result, applies_to=[], active=False)
    _begun(world)
    world.wait(clock, 61)
    assert {row.result_id for row in world.records()} == {None}


@pytest.mark.parametrize(
    ("to", "is_offered"),
    [
        ([], True),
        (["inbound"], True),
        (["outbound"], False),
        (["messaging", "inbound"], True),
        (["phone", "inbound"], False),
    ],
)
def test_a_result_is_chosen_on_the_services_it_applies_to(world: World, to: list[str], is_offered: bool) -> None:
    agent, record = _begun(world)
    result = _result(world, label="Limited", applies_to=to)

    def choose(tx: Tx) -> str | None:
        return actions.edit(tx, record, None, result_id=result).result_id

    if is_offered:
        assert world.do(agent, choose) == result
    else:
        with pytest.raises(UnknownChoice):
            world.do(agent, choose)
