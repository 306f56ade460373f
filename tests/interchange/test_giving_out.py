"""What is given out is taken in elsewhere, and given out again it says the same."""

import json
from typing import Any

from sqlalchemy import select

from helpline.conversations import CloseReason, serving
from helpline.core import Units
from helpline.people import Agent, Availability
from helpline.people.models import ApiToken
from helpline.service_records import actions as records
from tests.app.furnished import furnished, token_for
from tests.interchange.bring import CONTACT, TALK, bring, empty_world, outcomes, take_in, written
from tests.make import World, make_world
from tests.scenarios.invariants import Invariants


def _given(world: World) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written(world).splitlines()]


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


def test_what_was_given_out_and_taken_in_elsewhere_is_given_out_the_same(units: Units) -> None:
    first, other = _lived(make_world(units, "Acme")), empty_world(units, "ada@acme.example")
    lines = written(first)
    assert [line for line in take_in(other, lines) if line.outcome == "refused"] == []
    Invariants(other).check()
    assert written(other) == lines
    kinds = [json.loads(line)["type"] for line in lines.splitlines()]
    assert set(kinds) >= {"workspace", "team", "agent", "category", "channel", "result", "reason", "contact"}
    assert kinds.count("conversation") == 3


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


def test_more_than_a_page_is_given_out_whole(world: World) -> None:
    contacts = [{**CONTACT, "id": f"c-{number}"} for number in range(203)]
    bring(world, *contacts)
    assert [line["id"] for line in _given(world) if line["type"] == "contact"] == [line["id"] for line in contacts]
