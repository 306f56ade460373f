"""What is given out is taken in elsewhere, and given out again it says the same."""

import json
from typing import Any

from sqlalchemy import select

from helpline.conversations import CloseReason, Conversation, serving
from helpline.core import Units
from helpline.interchange.giving import everything
from helpline.interchange.lines import encode
from helpline.people import Agent, Availability
from helpline.people.models import ApiToken
from helpline.service_records import actions as records
from tests.app.furnished import furnished, token_for
from tests.interchange.bring import CONTACT, TALK, bring, outcomes
from tests.make import World, make_world
from tests.scenarios.invariants import Invariants


def _given(world: World) -> list[dict[str, Any]]:
    return [json.loads(encode(line)) for line in everything(world.units, world.workspace_id)]


def _lived(world: World) -> World:
    """A workspace with a past of every kind: served, handed on, given up, and taken in from elsewhere."""
    bo, cy = world.agent("Bo"), world.agent("Cy", ready=False)
    result, reason = world.choices()
    talk = world.write(world.visitor("Niamh"), "Where is it? 謝謝").conversation_id
    world.answer(bo, talk, "On its way")
    world.answer(bo, talk, "VIP", visibility="internal")
    world.do(bo, lambda tx: serving.transfer(tx, talk, agent_id=cy.id, team_id=None, note="Yours").id)
    world.answer(cy, talk, "Hello again")
    world.close(cy, talk)
    [record] = world.records()
    world.do(cy, lambda tx: records.complete(tx, record.id, result_id=result, reason_ids=[reason], notes="Late").id)
    world.become(bo, Availability.BUSY)
    given_up = world.write(world.visitor(), "Anybody?").conversation_id
    world.do(None, lambda tx: serving.close(tx, given_up, CloseReason.ABANDONED).state)
    past = {**TALK, "id": "t-9", "agent": "Bo", "messages": [{**one} for one in TALK["messages"]]}
    for said in past["messages"]:
        said.pop("agent", None)
    assert outcomes(bring(world, CONTACT, past, create_missing=True)) == ["new", "new"]
    return world


def _told(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without the numbers of records, which are each workspace's own."""
    for line in lines:
        (line.get("record") or line).pop("number", None)
    return lines


def test_what_was_given_out_and_taken_in_elsewhere_is_given_out_the_same(units: Units) -> None:
    first, other = _lived(make_world(units, "Acme")), make_world(units, "Copy")
    lines = _given(first)
    told = bring(other, *lines, create_missing=True)
    assert [line for line in told if line.outcome == "refused"] == []
    Invariants(other).check()
    its_own = next(line for line in _given(other) if line.get("email") == "ada@copy.example")
    assert _told([line for line in _given(other) if line != its_own]) == _told(lines)
    assert {line["type"] for line in lines} >= {"team", "agent", "category", "channel", "result", "reason", "contact"}
    assert sum(line["type"] == "conversation" for line in lines) == 3


def test_an_export_taken_in_where_it_came_from_changes_nothing(world: World) -> None:
    lines = _given(_lived(world))
    assert set(outcomes(bring(world, *lines))) == {"unchanged"}
    assert _given(world) == lines


def test_no_secret_is_given_out(units: Units) -> None:
    world, rows = furnished(units, "Acme")
    token = token_for(world, next(iter(world.agents.values())))
    written = json.dumps(_given(world))
    hashes = world.see(lambda tx: list(tx.db.scalars(select(Agent.password_hash))))
    digests = [row.digest for row in world.all(ApiToken)]
    for secret in [token, rows["sign_in"], *hashes, *digests]:
        assert secret not in written


def test_what_is_open_is_given_out_as_it_is_and_not_taken_in(units: Units) -> None:
    world, other = make_world(units, "Acme"), make_world(units, "Copy")
    world.write(world.visitor(), "Hello")
    [line] = [line for line in _given(world) if line["type"] == "conversation"]
    assert line["state"] == "waiting"
    assert outcomes(bring(other, line, create_missing=True)) == ["refused"]
    assert other.all(Conversation) == []


def test_more_than_a_page_is_given_out_whole(world: World) -> None:
    contacts = [{**CONTACT, "id": f"c-{number}"} for number in range(203)]
    bring(world, *contacts)
    assert [line["id"] for line in _given(world) if line["type"] == "contact"] == [line["id"] for line in contacts]
