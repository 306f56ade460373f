"""What an import brings open goes on here, is somebody's, and stays Helpline's."""

from typing import Any

import pytest

from helpline.conversations import Conversation
from helpline.conversations.shapes import desks
from helpline.core import Actor
from helpline.interchange.errors import GoesOnHere, TeamSwitchedOff
from helpline.people import Agent, Presence
from tests.interchange.bring import TALK, bring, outcomes
from tests.make import World
from tests.scenarios.invariants import Invariants

SAID = TALK["messages"][0]
WAITS: dict[str, Any] = {"type": "conversation", "id": "w", "channel": "Web chat", "state": "waiting"}
SERVED = {**WAITS, "id": "s", "state": "active", "agent": "old@acme.example"}
OLD = {"type": "agent", "email": "old@acme.example", "name": "Old"}


def _email(world: World, agent: Actor) -> str:
    return next(str(row.email) for row in world.all(Agent) if row.id == agent.id)


@pytest.mark.parametrize("lines", [[], [OLD]], ids=["made as missing", "of a line of its own"])
def test_what_somebody_served_who_is_switched_off_here_goes_back_to_the_queue(world: World, lines: list[Any]) -> None:
    noted = {"at": "2025-03-04T09:01:00Z", "by": "agent", "text": "On its way", "agent": OLD["email"]}
    aside = {"snoozed_at": "2025-03-04T09:02:00Z", "snoozed_until": "2099-01-01T00:00:00Z"}
    talk = {**SERVED, **aside, "messages": [SAID, noted], "record": {"ended_at": None}}
    assert set(outcomes(bring(world, *lines, talk, create_missing=True))) == {"new"}
    [row] = world.all(Conversation)
    assert (row.state, row.agent_id, row.snoozed_until, row.assigned_at is None) == ("waiting", None, None, False)
    assert {one.load for one in world.all(Presence)} == {0}
    Invariants(world).check()
    bo = world.agent("Bo")
    assert world.conversation(row.id).agent_id == bo.id
    [record] = world.records()
    assert (record.handler_id, record.state) == (bo.id, "open")
    Invariants(world).check()
    assert outcomes(bring(world, talk, create_missing=True)) == ["unchanged"]


def test_what_somebody_served_who_is_switched_off_here_goes_to_who_is_free(world: World) -> None:
    bo = world.agent("Bo")
    assert outcomes(bring(world, {**SERVED, "messages": [SAID]}, create_missing=True)) == ["new"]
    [row] = world.all(Conversation)
    assert (row.state, row.agent_id, world.presence(bo).load) == ("active", bo.id, 1)
    Invariants(world).check()


def test_nothing_goes_on_in_a_team_that_is_switched_off(world: World) -> None:
    bo = world.agent("Bo", ready=False)
    night = {"type": "team", "name": "Night", "active": False}
    in_it = {"team": "Night", "messages": [SAID]}
    served = {**SERVED, **in_it, "agent": _email(world, bo)}
    told = bring(world, night, {**WAITS, **in_it}, served, {**WAITS, **in_it, "state": "closed"})
    assert [(line.code or None, line.field or None) for line in told[1:3]] == [(TeamSwitchedOff.code(), "team")] * 2
    assert outcomes(told) == ["new", "refused", "refused", "new"]
    Invariants(world).check()


def test_what_went_on_here_stays_when_it_is_over(world: World) -> None:
    bo = world.agent("Bo")
    talk = {**WAITS, "messages": [SAID]}
    bring(world, talk)
    [row] = world.all(Conversation)
    world.answer(bo, row.id, "It is here")
    world.close(bo, row.id)
    before = world.conversation(row.id)
    late = {"type": "message", "conversation": "w", "id": "m", "at": SAID["at"], "text": "later"}
    changed = {**talk, "contact_name": "Mallory", "record": {"notes": "Nothing of it"}}
    told = bring(world, talk, changed, late, {**changed, "state": "closed"})
    assert [line.outcome for line in told] == ["unchanged", "refused", "refused", "refused"]
    assert {line.code for line in told[1:]} == {GoesOnHere.code()}
    assert world.conversation(row.id).version == before.version
    assert [record.notes for record in world.records()] == [""]


def test_who_was_asked_in_hears_what_goes_on_after_the_move(world: World) -> None:
    bo, cy = world.agent("Bo", ready=False), world.agent("Cy", ready=False, teams=[])
    mine = _email(world, bo)
    note = {"at": "2025-03-04T09:01:00Z", "by": "agent", "agent": mine, "text": "You two", "visibility": "internal"}
    note["mentions"] = [{"agent": _email(world, cy)}, {"agent": mine}]
    talks = [{**WAITS, "messages": [SAID, note]}, {**TALK, "contact": None, "record": None}]
    talks[1]["messages"] = [SAID, {**note, "visibility": "public", "mentions": []}]
    talks[1]["closed_at"] = note["at"]
    late = {**note, "type": "message", "conversation": "t-1", "id": "m-9", "at": "2025-03-07T09:00:00Z"}
    assert outcomes(bring(world, *talks, late)) == ["new"] * 3
    for row in world.all(Conversation):
        assert row.mentioned == [cy.id]
        assert f"agent:{cy.id}" in desks(row)
