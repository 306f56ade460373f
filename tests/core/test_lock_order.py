"""Locks are taken in one order, as they are really asked for: read from the statements that hold rows."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from helpline.contacts import ContactMerge, merging
from helpline.contacts import actions as contacts
from helpline.conversations import CloseReason, Conversation, serving, snoozing
from helpline.conversations.jobs import wake
from helpline.core import Actor, new_id
from helpline.interchange.bringing import Bringing, importer
from helpline.interchange.lines import decode
from helpline.interchange.reading import Numbered
from helpline.people import Agent, Team, actions, jobs, queries, workspace
from helpline.service_records import actions as records
from helpline.webchat import actions as webchat
from helpline.webchat.shapes import VisitorMessageIn
from tests.clock import Clock
from tests.make import World

ORDER = ["contact_point", "contact", "team", "conversation", "presence", "service_record"]
TEAM, PRESENCE = ORDER.index("team"), ORDER.index("presence")
_HOLDS = re.compile(r"FROM (\w+).*FOR (?:NO KEY )?(?:UPDATE|SHARE)", re.DOTALL)
_CHANGES = re.compile(r"UPDATE (\w+) SET")
_GIVEN = re.compile(r"%\((\w+)\)s")


@contextmanager
def _locks() -> Iterator[list[tuple[int, frozenset[str]]]]:
    """What is held meanwhile that was not held before: the kind's place in the order, and which rows.

    A row is held by who asks for it, and by who changes it without asking.
    """
    taken: list[tuple[int, frozenset[str]]] = []
    held: set[tuple[int, str]] = set()

    def note(_c: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        table = _HOLDS.search(statement) or _CHANGES.match(statement)
        if table is None or table[1] not in ORDER or not cursor.rowcount:
            return
        kind = ORDER.index(table[1])
        condition = " ".join(statement.split()).partition(" WHERE ")[2].partition(" RETURNING ")[0]
        given = {str(parameters[name]) for name in _GIVEN.findall(condition)}
        new = {one for one in given if (kind, one) not in held}
        if new:
            taken.append((kind, frozenset(new)))
            held.update((kind, id) for id in new)

    event.listen(Engine, "after_cursor_execute", note)
    try:
        yield taken
    finally:
        event.remove(Engine, "after_cursor_execute", note)


def _in_order(world: World, actor: Actor | None, action: Callable[..., Any]) -> None:
    with _locks() as taken:
        world.do(actor, action)
    _check([kind for kind, _ in taken])


def _check(kinds: list[int]) -> None:
    """Contact points, then teams, then the rest: in order too, unless a team is held, under which routing goes on freely.

    Whoever takes an agent holds a team, so two who take agents and conversations in different orders have met before.
    """
    names = [ORDER[kind] for kind in kinds]
    first = [kind for kind in kinds if kind <= TEAM]
    rest = kinds[len(first) :]
    assert kinds[: len(first)] == sorted(first), names
    assert kinds.count(TEAM) <= 1, "teams are held all at once, in the order of their ids"
    assert rest == sorted(rest) or TEAM in first, names
    assert PRESENCE not in rest or TEAM in first, names


@pytest.fixture(autouse=True)
def _where_there_are_locks(database: str) -> None:
    if database == "sqlite":
        pytest.skip("SQLite has one writer and no locks of rows.")


def _begun(world: World, agent: Actor) -> str:
    world.answer(agent, world.write(world.visitor()).conversation_id)
    return str(world.records()[0].id)


def test_a_records_contact_is_set(world: World) -> None:
    agent = world.agent()
    record = _begun(world, agent)
    contact = world.do(None, lambda tx: contacts.add(tx, name="Amara").id)
    _in_order(world, agent, lambda tx: records.edit(tx, record, None, contact_id=contact).id)


def test_contacts_are_merged_and_apart_again(world: World) -> None:
    agent = world.agent()
    record = _begun(world, agent)
    one, other = (world.do(None, lambda tx, name=name: contacts.add(tx, name=name).id) for name in ("Amara", "Ben"))
    world.do(agent, lambda tx: records.edit(tx, record, None, contact_id=other).id)
    _in_order(world, agent, lambda tx: merging.merge(tx, one, [other]).id)
    merged = world.all(ContactMerge)[0].id
    _in_order(world, agent, lambda tx: merging.undo(tx, merged).id)


def test_a_record_is_completed_while_its_conversation_runs(world: World) -> None:
    agent, (result, reason) = world.agent(), world.choices()
    record = _begun(world, agent)
    contact = world.do(None, lambda tx: contacts.add(tx, name="Amara").id)
    given = {"contact_id": contact, "result_id": result, "reason_ids": [reason]}
    _in_order(world, agent, lambda tx: records.complete(tx, record, **given).id)


def test_a_lost_agent_is_given_up_on(world: World) -> None:
    agent = world.agent()
    for _ in range(2):
        world.write(world.visitor())
    world.lose(agent)
    with _locks() as taken:
        world.do(None, jobs.give_up_on, agent.id)
    kinds = [ORDER[kind] for kind, _ in taken]
    assert kinds == ["team", "conversation", "presence"]


def test_teams_and_limits_are_changed(world: World) -> None:
    second = world.do(None, lambda tx: actions.add_team(tx, name="Second").id)
    third = world.do(None, lambda tx: actions.add_team(tx, name="Third").id)
    one, two = world.agent(teams=[world.team, second]), world.agent(teams=[world.team, third])
    members = [one.id, two.id]
    _in_order(world, None, lambda tx: actions.change_team(tx, tx.get(Team, world.team), limit=9).id)
    _in_order(world, None, lambda tx: actions.change_team(tx, tx.get(Team, second), member_ids=members).id)
    _in_order(world, None, lambda tx: actions.change_agent(tx, tx.get(Agent, one.id), team_ids=[third]).id)
    _in_order(world, None, lambda tx: actions.change_agent(tx, tx.get(Agent, two.id), limit=1).id)
    _in_order(world, None, lambda tx: workspace.change_workspace(tx, limit=7).id)
    assert world.see(lambda tx: queries.teams_of(tx, one.id)) == [third]


def test_a_first_message_comes_and_a_second(world: World) -> None:
    world.agent()
    visitor = world.visitor()
    chat = world.see(webchat.open_channel, channel_id=visitor.channel_id)
    for _ in range(2):
        said = VisitorMessageIn(id=new_id(), text="Hello")
        _in_order(world, visitor, lambda tx, said=said: webchat.write(tx, chat, said))


def test_somebody_takes_what_waits(world: World) -> None:
    agent = world.agent(ready=False)
    waiting = world.write(world.visitor()).conversation_id
    _in_order(world, agent, lambda tx: serving.take(tx, waiting).state)


def test_a_conversation_is_handed_on_while_others_wait(world: World) -> None:
    second = world.do(None, lambda tx: actions.add_team(tx, name="Second").id)
    one, other = world.agent(limit=1), world.agent(limit=1, teams=[world.team, second], ready=False)
    first = _begun_conversation(world, one)
    world.write(world.visitor())
    _in_order(world, one, lambda tx: serving.transfer(tx, first, agent_id=other.id, team_id=None).state)
    _in_order(world, other, lambda tx: serving.transfer(tx, first, agent_id=None, team_id=second).state)


def test_an_agent_is_switched_off_whose_work_goes_to_others(world: World) -> None:
    leaving = world.agent(limit=2)
    for _ in range(3):
        world.write(world.visitor())
    world.agent(limit=2)
    _in_order(world, None, lambda tx: actions.change_agent(tx, tx.get(Agent, leaving.id), active=False).id)


def test_a_conversation_ends_while_somebody_waits(world: World) -> None:
    agent, (result, reason) = world.agent(limit=1), world.choices()
    record = _begun(world, agent)
    conversation = world.all(Conversation)[0].id
    world.write(world.visitor())
    _in_order(world, agent, lambda tx: serving.close(tx, conversation, CloseReason.AGENT_CLOSED).state)
    contact = world.do(None, lambda tx: contacts.add(tx, name="Amara").id)
    given = {"contact_id": contact, "result_id": result, "reason_ids": [reason]}
    _in_order(world, agent, lambda tx: records.complete(tx, record, **given).id)


def test_a_record_is_completed_whose_conversation_frees_a_place(world: World) -> None:
    agent, (result, reason) = world.agent(limit=1), world.choices()
    record = _begun(world, agent)
    world.write(world.visitor())
    given = {"result_id": result, "reason_ids": [reason]}
    _in_order(world, agent, lambda tx: records.complete(tx, record, **given).id)


def test_what_was_put_aside_comes_back(world: World, clock: Clock) -> None:
    agent = world.agent()
    conversation = _begun_conversation(world, agent)
    until = clock() + timedelta(hours=1)
    _in_order(world, agent, lambda tx: snoozing.snooze(tx, conversation, until).state)
    clock.advance(3601)
    _in_order(world, None, lambda tx: wake(tx, conversation))


def test_the_past_is_taken_in(world: World) -> None:
    line = {
        "type": "conversation",
        "id": "1",
        "channel": "Web chat",
        "contact": {"type": "contact", "id": "c", "name": "Amara"},
        "messages": [
            {"at": "2025-01-06T09:00:00Z", "by": "contact", "text": "Hello"},
            {"at": "2025-01-06T09:01:00Z", "by": "agent", "agent": "ada@acme.example", "text": "Good day"},
        ],
        "closed_at": "2025-01-06T10:00:00Z",
        "record": {"ended_at": "2025-01-06T10:01:00Z"},
    }
    bringing = Bringing(world.units, importer(world.workspace_id), create_missing=True)
    for _ in range(2):
        with _locks() as taken:
            [told] = bringing.take_in([Numbered(1, decode(json.dumps(line).encode()))])
        assert told.outcome in {"new", "unchanged"}, told
        _check([kind for kind, _ in taken])


def _begun_conversation(world: World, agent: Actor) -> str:
    _begun(world, agent)
    return str(world.all(Conversation)[0].id)
