"""The life of a service record: begun by the first answer, handed over, wrapped up, completed, opened again."""

from typing import Any

import pytest

from helpline.channels import Category
from helpline.channels import actions as channels
from helpline.contacts import actions as contacts
from helpline.conversations import State, identifying, serving
from helpline.core import Actor, NotFound, new_id
from helpline.service_records import ServiceRecord, actions, queries
from helpline.service_records.actions import (
    EditedMeanwhile,
    NotCompleted,
    NotYourRecord,
    RecordIncomplete,
    RecordIsCompleted,
    UnknownChoice,
)
from tests.make import World


def _begun(world: World, agent: Actor) -> tuple[str, str]:
    """A conversation that was answered, and its record."""
    id = world.write(world.visitor("Amara")).conversation_id
    world.answer(agent, id)
    return id, str(world.conversation(id).record_id)


def _record(world: World, id: str) -> ServiceRecord:
    return next(row for row in world.records() if row.id == id)


def _edit(world: World, by: Actor, id: str, version: int | None = None, **changes: Any) -> None:
    world.do(by, lambda tx: actions.edit(tx, id, version, **changes).id)


def _complete(world: World, by: Actor, id: str) -> None:
    result, reason = world.choices()
    world.do(by, lambda tx: actions.complete(tx, id, result_id=result, reason_ids=[reason]).id)


def _hand_to(world: World, by: Actor, id: str, to: Actor) -> None:
    world.do(by, lambda tx: serving.transfer(tx, id, agent_id=to.id, team_id=None).state)


def test_the_first_answer_makes_it_and_a_note_or_a_second_answer_does_not(world: World) -> None:
    agent, id = world.agent(), world.write(world.visitor("Amara")).conversation_id
    world.answer(agent, id, visibility="internal")
    assert world.records() == []
    world.answer(agent, id)
    world.answer(agent, id)
    (record,) = world.records()
    assert (record.number, record.state, record.handler_id) == (1, "open", agent.id)
    assert (record.contact_name, record.channel_kind, record.category_name) == ("Amara", "webchat", "General")


def test_the_owner_is_the_categorys_and_stays_as_it_was(world: World) -> None:
    agent, category = world.agent(), world.all(Category)[0].id
    owner = world.do(None, lambda tx: channels.add_owner(tx, name="Brand").id)
    world.do(None, lambda tx: channels.change(tx, tx.get(Category, category), owner_id=owner).id)
    _, record_id = _begun(world, agent)
    world.do(None, lambda tx: channels.change(tx, tx.get(Category, category), owner_id=None, name="Renamed").id)
    record = _record(world, record_id)
    assert (record.owner_id, record.owner_name, record.category_name) == (owner, "Brand", "General")


def test_a_new_conversation_with_the_same_handler_joins_the_unfinished_record(world: World) -> None:
    agent, visitor = world.agent(), world.visitor()
    first = world.write(visitor).conversation_id
    world.answer(agent, first)
    world.close(agent, first)
    assert world.records()[0].state == "wrap_up"
    second = world.write(visitor).conversation_id
    world.answer(agent, second)
    (record,) = world.records()
    assert (record.state, record.conversation_ended_at) == ("open", None)
    assert [row.id for row in world.see(queries.conversations_of, record.id)] == [first, second]


def test_after_the_completion_a_new_conversation_makes_a_new_record(world: World) -> None:
    agent, visitor = world.agent(), world.visitor()
    first = world.write(visitor).conversation_id
    world.answer(agent, first)
    _complete(world, agent, world.records()[0].id)
    world.answer(agent, world.write(visitor).conversation_id)
    assert sorted((row.number, row.state) for row in world.records()) == [(1, "completed"), (2, "open")]


def test_a_hand_over_moves_the_handler_and_is_kept(world: World) -> None:
    agent, colleague = world.agent(), world.agent(ready=False)
    id, record_id = _begun(world, agent)
    _hand_to(world, agent, id, colleague)
    assert _record(world, record_id).handler_id == colleague.id
    kept = world.see(lambda tx: [(row.from_id, row.to_id, row.why) for row in queries.handovers(tx, record_id)])
    assert kept == [(None, agent.id, "first_answer"), (agent.id, colleague.id, "transferred")]
    with pytest.raises(NotYourRecord):
        _edit(world, agent, record_id, notes="still mine?")


def test_the_end_of_the_conversation_starts_the_wrap_up(world: World) -> None:
    agent = world.agent()
    id, record_id = _begun(world, agent)
    world.close(agent, id)
    record = _record(world, record_id)
    assert (record.state, record.ended_at) == ("wrap_up", None)
    assert record.conversation_ended_at == world.conversation(id).closed_at


def test_to_complete_it_result_and_reasons_are_needed(world: World) -> None:
    agent = world.agent()
    id, record_id = _begun(world, agent)
    with pytest.raises(RecordIncomplete) as refused:
        world.do(agent, lambda tx: actions.complete(tx, record_id).id)
    assert [error["field"] for error in refused.value.extra["errors"]] == ["result", "reasons"]
    assert (_record(world, record_id).state, world.conversation(id).state) == ("open", State.ACTIVE)


def test_a_category_can_ask_for_notes_and_the_contact_too(world: World) -> None:
    agent, category = world.agent(), world.all(Category)[0].id
    world.do(None, lambda tx: channels.change(tx, tx.get(Category, category), requires=["notes", "contact"]).id)
    id, record_id = _begun(world, agent)
    with pytest.raises(RecordIncomplete) as refused:
        world.do(agent, lambda tx: actions.complete(tx, record_id, notes="  ").id)
    assert [error["field"] for error in refused.value.extra["errors"]] == ["notes", "contact"]
    world.do(agent, lambda tx: identifying.identify(tx, id, contacts.add(tx, name="Amara Okoye")).id)
    world.do(agent, lambda tx: actions.complete(tx, record_id, notes="called").id)
    assert (_record(world, record_id).state, _record(world, record_id).contact_name) == ("completed", "Amara Okoye")


def test_completing_ends_the_conversation_and_frees_the_place(world: World) -> None:
    agent = world.agent(limit=1)
    id, record_id = _begun(world, agent)
    waiting = world.write(world.visitor()).conversation_id
    _complete(world, agent, record_id)
    assert world.conversation(id).close_reason == "agent_closed"
    assert world.conversation(waiting).agent_id == agent.id
    record = _record(world, record_id)
    assert record.ended_at is not None
    assert record.result_label == "Completed"


def test_completed_is_read_only_and_completing_again_changes_nothing(world: World) -> None:
    agent = world.agent()
    _, record_id = _begun(world, agent)
    _complete(world, agent, record_id)
    before = _record(world, record_id).version
    with pytest.raises(RecordIsCompleted) as refused:
        _edit(world, agent, record_id, notes="too late")
    assert refused.value.code() == "record_completed"
    _complete(world, agent, record_id)
    assert _record(world, record_id).version == before


def test_reopened_it_can_be_edited_by_its_handler(world: World) -> None:
    agent, colleague = world.agent(), world.agent(ready=False)
    _, record_id = _begun(world, agent)
    with pytest.raises(NotCompleted):
        world.do(agent, lambda tx: actions.reopen(tx, record_id).id)
    _complete(world, agent, record_id)
    with pytest.raises(NotYourRecord):
        world.do(colleague, lambda tx: actions.reopen(tx, record_id).id)
    world.do(world.agent(role="supervisor", ready=False), lambda tx: actions.reopen(tx, record_id).id)
    _edit(world, agent, record_id, notes="one more thing")
    record = _record(world, record_id)
    assert (record.state, record.ended_at, record.handler_id) == ("open", None, agent.id)


def test_who_edits_an_older_version_is_told_of_the_newer(world: World) -> None:
    agent, supervisor = world.agent(), world.agent(role="supervisor", ready=False)
    _, record_id = _begun(world, agent)
    version = _record(world, record_id).version
    _edit(world, supervisor, record_id, version, notes="first")
    with pytest.raises(EditedMeanwhile) as refused:
        _edit(world, agent, record_id, version, notes="second")
    assert refused.value.extra["record"].notes == "first"
    _edit(world, agent, record_id, version + 1, notes="second")
    assert _record(world, record_id).notes == "second"


def test_who_completes_an_older_version_is_told_too(world: World) -> None:
    agent, supervisor = world.agent(), world.agent(role="supervisor", ready=False)
    id, record_id = _begun(world, agent)
    version = _record(world, record_id).version
    _edit(world, supervisor, record_id, version, notes="first")
    result, reason = world.choices()
    with pytest.raises(EditedMeanwhile):
        world.do(agent, lambda tx: actions.complete(tx, record_id, version, result_id=result, reason_ids=[reason]).id)
    assert world.conversation(id).state == State.ACTIVE
    _complete(world, agent, record_id)
    assert _record(world, record_id).state == "completed"


def test_its_handler_says_who_the_contact_is_also_where_they_may_not_read_a_conversation(world: World) -> None:
    agent, visitor, outsider = world.agent(), world.visitor(), world.agent(teams=[], ready=False)
    first = world.write(visitor).conversation_id
    world.answer(agent, first)
    world.close(agent, first)
    second = world.write(visitor).conversation_id
    world.answer(agent, second)
    _hand_to(world, agent, second, outsider)
    (record,) = world.records()
    contact = world.do(None, lambda tx: contacts.add(tx, name="Amara Okoye").id)
    result, reason = world.choices()
    world.do(
        outsider,
        lambda tx: actions.complete(tx, record.id, contact_id=contact, result_id=result, reason_ids=[reason]).id,
    )
    assert {world.conversation(id).contact_id for id in (first, second)} == {contact}
    assert _record(world, record.id).contact_name == "Amara Okoye"


def test_what_changes_nothing_is_no_edit(world: World) -> None:
    agent = world.agent()
    _, record_id = _begun(world, agent)
    before = _record(world, record_id).version
    _edit(world, agent, record_id, notes="", result_id=None, reason_ids=[], contact_id=None)
    assert _record(world, record_id).version == before


def test_a_record_of_another_team_is_not_there(world: World) -> None:
    _, record_id = _begun(world, world.agent())
    outsider = world.agent(teams=[], ready=False)
    with pytest.raises(NotFound):
        _edit(world, outsider, record_id, notes="?")


@pytest.mark.parametrize("field", ["result_id", "reason_ids"])
def test_a_choice_comes_from_the_list(world: World, field: str) -> None:
    agent, unknown = world.agent(), new_id()
    _, record_id = _begun(world, agent)
    with pytest.raises(UnknownChoice):
        _edit(world, agent, record_id, **{field: unknown if field == "result_id" else [unknown]})


def test_an_unknown_contact_is_not_there(world: World) -> None:
    agent = world.agent()
    _, record_id = _begun(world, agent)
    with pytest.raises(NotFound):
        _edit(world, agent, record_id, contact_id=new_id())
