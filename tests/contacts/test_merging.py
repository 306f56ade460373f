"""Contacts that are one person: merged, and apart again as if nothing had been."""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from helpline.app.settings import Settings
from helpline.contacts import Contact, ContactMerge, ContactPoint, actions, merging, queries
from helpline.contacts.merging import FIELDS, ContactIsMerged, MergedFurther, NothingToMerge
from helpline.conversations import Conversation, points
from helpline.core import Actor, NotFound, Tx, Units, new_id
from helpline.core.facts import FactRow
from helpline.service_records import ServiceRecord, listing
from helpline.service_records import actions as records
from helpline.service_records.timeline import timeline
from helpline.webchat import actions as webchat
from helpline.webchat import introducing
from helpline.webchat.shapes import IdentityIn
from tests.make import World, make_world


def _add(world: World, name: str = "Amara", **fields: Any) -> str:
    return world.do(None, lambda tx: actions.add(tx, name=name, **fields).id)


def _merge(world: World, contact_id: str, *others: str) -> str:
    return world.do(None, lambda tx: merging.merge(tx, contact_id, others).id)


def _undo(world: World, merge_id: str) -> None:
    world.do(None, lambda tx: merging.undo(tx, merge_id).id)


def _contact(world: World, id: str) -> Contact:
    return next(row for row in world.all(Contact) if row.id == id)


def _visitor(world: World, contact_id: str, name: str = "") -> Actor:
    visitor = world.visitor(name)
    world.do(None, points.join, contact_id, visitor.id)
    return visitor


def _served(world: World, agent: Actor, visitor: Actor, *, completed: bool = False) -> str:
    """A conversation with its record; the conversation's id."""
    id = str(world.write(visitor).conversation_id)
    world.answer(agent, id)
    world.close(agent, id)
    if completed:
        _complete(world, agent, id)
    return id


def _complete(world: World, agent: Actor, conversation_id: str) -> None:
    result, reason = world.choices()
    record_id = world.conversation(conversation_id).record_id
    world.do(agent, lambda tx: records.complete(tx, str(record_id), result_id=result, reason_ids=[reason]).id)


def test_what_is_filled_wins_and_what_is_empty_is_filled_in_order(world: World) -> None:
    agent = world.agent()
    primary = _add(world, "Amara", email="amara@example.com")
    first = _add(world, "A. Okafor", email="other@example.com", phone="1")
    second = _add(world, "Amy", phone="2", company="Kestrel", agent_id=agent.id, notes="likes tea")
    _merge(world, primary, first, second)
    now = _contact(world, primary)
    assert (now.name, now.email, now.phone, now.company) == ("Amara", "amara@example.com", "1", "Kestrel")
    assert (now.agent_id, now.notes) == (agent.id, "likes tea")


def test_all_that_is_theirs_moves_and_comes_back(world: World) -> None:
    agent = world.agent()
    amara, ben = _add(world, "Amara"), _add(world, "Ben")
    visitor = _visitor(world, ben)
    over = _served(world, agent, visitor, completed=True)
    going_on = str(world.write(visitor).conversation_id)
    world.answer(agent, going_on)
    before = _state(world)
    merge = _merge(world, amara, ben)
    assert {row.contact_id for row in world.all(ContactPoint)} == {amara}
    assert {(row.contact_id, row.contact_name) for row in world.all(Conversation) if row.id == going_on} == {
        (amara, "Amara")
    }
    by_id = {row.id: row for row in world.records()}
    told = {id: by_id[str(world.conversation(id).record_id)] for id in (over, going_on)}
    assert {row.contact_id for row in told.values()} == {amara}
    assert (told[over].contact_name, told[going_on].contact_name) == ("Ben", "Amara")  # the one is written already
    shown = world.see(timeline, ben, 50, None)
    assert {(item.conversation or item.record).id for item in shown.items} == {over, going_on, *by_id}  # type: ignore[union-attr]
    _undo(world, merge)
    assert _state(world) == before


def test_merged_contacts_are_found_no_more_and_their_ids_lead_on(world: World) -> None:
    agent = world.agent(role="supervisor")
    amara, ben, cleo = _add(world, "Amara"), _add(world, "Ben"), _add(world, "Cleo")
    _served(world, agent, _visitor(world, ben))
    first = _merge(world, amara, ben)
    second = _merge(world, cleo, amara)

    def found(tx: Tx) -> list[str]:
        return [row.id for row in queries.search(tx, "", 50, None)[0]]

    assert world.see(found) == [cleo]
    assert world.see(lambda tx: queries.current(tx, ben).id) == cleo
    filtered = world.see(lambda tx: [row.id for row in listing.page(tx, listing.Filters(contact_id=(ben,)), 50).rows])
    assert filtered == [row.id for row in world.records()]
    with pytest.raises(ContactIsMerged):
        world.do(None, lambda tx: actions.change(tx, ben, None, name="Benjamin").id)
    other = world.visitor()
    world.do(None, points.join, ben, other.id)  # whoever still has the old one in hand means who they are now
    assert next(row.contact_id for row in world.all(ContactPoint) if row.id == other.id) == cleo
    with pytest.raises(MergedFurther):
        _undo(world, first)
    _undo(world, second)
    _undo(world, first)
    assert world.see(found) == [amara, ben, cleo]


def test_what_came_since_goes_by_the_contact_point_it_came_by(world: World) -> None:
    agent = world.agent()
    amara, ben = _add(world, "Amara"), _add(world, "Ben")
    hers, his = _visitor(world, amara), _visitor(world, ben)
    merge = _merge(world, amara, ben)
    new = _visitor(world, amara)
    since = {who.id: _served(world, agent, who, completed=True) for who in (hers, his, new)}
    world.do(None, lambda tx: actions.change(tx, amara, None, notes="written since").id)
    _undo(world, merge)
    theirs = {id: world.conversation(talk).contact_id for id, talk in since.items()}
    assert theirs == {hers.id: amara, his.id: ben, new.id: amara}
    by_point = {row.contact_point_id: row.contact_id for row in world.records()}
    assert by_point == theirs
    assert _contact(world, amara).notes == "written since"


def test_what_somebody_said_since_stays_said(world: World) -> None:
    amara, ben, cleo = _add(world, "Amara"), _add(world, "Ben", phone="1"), _add(world, "Cleo")
    his = _visitor(world, ben)
    merge = _merge(world, amara, ben)
    world.do(None, points.join, cleo, his.id)
    world.do(None, lambda tx: actions.change(tx, amara, None, phone="2").id)
    _undo(world, merge)
    assert next(row.contact_id for row in world.all(ContactPoint) if row.id == his.id) == cleo
    assert (_contact(world, amara).phone, _contact(world, ben).phone) == ("2", "1")


def test_the_visitor_of_a_merged_contact_goes_on_talking(world: World) -> None:
    agent = world.agent()
    amara, ben = _add(world, "Amara"), _add(world, "Ben")
    visitor = _visitor(world, ben)
    talk = world.write(visitor).conversation_id
    world.answer(agent, talk)
    _merge(world, amara, ben)
    assert world.write(visitor, "Still there?").conversation_id == talk
    view = world.do(visitor, webchat.view)
    assert view.visitor.name == "Amara"
    assert view.conversation is not None
    assert view.conversation.id == talk
    assert [one.text for one in view.messages if one.by != "system"][-1] == "Still there?"


def test_whom_a_site_vouches_for_is_who_they_turned_out_to_be(world: World) -> None:
    visitor = world.visitor()

    def introduce(name: str, **more: str) -> None:
        world.do(visitor, introducing.introduce, IdentityIn(id="42", name=name, **more), verified=True)

    introduce("Ben")
    (ben,) = (row.id for row in world.all(Contact))
    by_hand, of_the_site = _add(world, "Amara"), _add(world, "Cleo", external_id="7")
    _merge(world, by_hand, ben)
    introduce("Benjamin", email="ben@example.com")
    assert (_contact(world, by_hand).name, _contact(world, by_hand).email) == ("Benjamin", "ben@example.com")
    _merge(world, of_the_site, by_hand)
    introduce("Benedict", email="ben@example.com")
    assert _contact(world, of_the_site).name == "Cleo"
    assert {row.contact_id for row in world.all(ContactPoint)} == {of_the_site}


def test_what_cannot_be_merged_is_refused(world: World) -> None:
    amara, ben, cleo = _add(world, "Amara"), _add(world, "Ben"), _add(world, "Cleo")
    for others in ((), (amara,), (ben, amara)):
        with pytest.raises(NothingToMerge):
            _merge(world, amara, *others)
    with pytest.raises(NotFound):
        _merge(world, amara, new_id())
    _merge(world, amara, ben)
    for primary, other in ((cleo, ben), (ben, cleo)):
        with pytest.raises(ContactIsMerged):
            _merge(world, primary, other)
    with pytest.raises(NotFound):
        _undo(world, new_id())


def test_the_log_tells_who_was_merged_and_given_back(world: World) -> None:
    amara, ben = _add(world, "Amara"), _add(world, "Ben")
    merge = _merge(world, amara, ben)
    _undo(world, merge)
    _undo(world, merge)
    told = [row for row in world.all(FactRow) if row.topic.startswith("contact.merge")]
    assert [(row.topic, row.subject_id, row.audited) for row in told] == [
        ("contact.merged", amara, True),
        ("contact.merge_undone", amara, True),
    ]
    assert all(row.payload["merged"] == {ben: "Ben"} for row in told)


def _state(world: World) -> dict[str, dict[str, tuple[Any, ...]]]:
    """Whose everything is, and what the contacts say."""

    def read(tx: Tx) -> dict[str, dict[str, tuple[Any, ...]]]:
        columns: dict[Any, tuple[Any, ...]] = {
            Contact: (Contact.name, *(getattr(Contact, name) for name in FIELDS), Contact.merged_into_id),
            ContactPoint: (ContactPoint.contact_id, ContactPoint.name),
            Conversation: (Conversation.contact_id, Conversation.contact_name, Conversation.state),
            ServiceRecord: (ServiceRecord.contact_id, ServiceRecord.contact_name, ServiceRecord.state),
        }
        rows = {
            model.__tablename__: tx.execute(select(model.id, *those).where(model.workspace_id == tx.workspace_id))
            for model, those in columns.items()
        }
        return {name: {row[0]: tuple(row[1:]) for row in found} for name, found in rows.items()}

    return world.see(read)


WORDS = st.sampled_from(["", "a", "b"])
PEOPLE = st.lists(st.fixed_dictionaries({name: WORDS for name in FIELDS if name != "agent_id"}), min_size=3, max_size=5)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["visit", "visit", "join", "part", "serve", "serve", "complete", "write", "reopen"]),
        st.integers(0, 9),
        st.integers(0, 9),
    ),
    max_size=25,
)


@dataclass
class _Past:
    """Some contacts with a past, made by steps that take two numbers."""

    world: World
    agent: Actor
    contacts: list[str]
    visitors: list[Actor] = field(default_factory=list)

    def visit(self, _a: int, b: int) -> None:
        self.visitors.append(self.world.visitor(f"Visitor {b}"))
        self.join(-1, b)

    def join(self, a: int, b: int) -> None:
        if self.visitors:
            who = self.visitors[a % len(self.visitors)].id
            self.world.do(self.agent, points.join, self.contacts[b % len(self.contacts)], who)

    def part(self, a: int, _b: int) -> None:
        linked = [row for row in self.world.all(ContactPoint) if row.contact_id]
        if linked:
            point = linked[a % len(linked)]
            self.world.do(self.agent, points.part, point.contact_id, point.id)

    def write(self, a: int, _b: int) -> None:
        if self.visitors:
            self.world.write(self.visitors[a % len(self.visitors)])

    def serve(self, a: int, b: int) -> None:
        if self.visitors:
            id = str(self.world.write(self.visitors[a % len(self.visitors)]).conversation_id)
            self.world.answer(self.agent, id)
            if b % 3:
                self.world.close(self.agent, id)

    def complete(self, a: int, _b: int) -> None:
        todo = [row for row in self.world.records() if row.state != "completed"]
        if todo:
            result, reason = self.world.choices()
            id = todo[a % len(todo)].id
            self.world.do(self.agent, lambda tx: records.complete(tx, id, result_id=result, reason_ids=[reason]).id)

    def reopen(self, a: int, _b: int) -> None:
        done = [row for row in self.world.records() if row.state == "completed"]
        if done:
            self.world.do(self.agent, lambda tx: records.reopen(tx, done[a % len(done)].id).id)


@given(people=PEOPLE, steps=STEPS, at_once=st.booleans())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_to_merge_and_to_undo_it_is_to_do_nothing(
    units: Units, people: list[dict[str, str]], steps: list[tuple[str, int, int]], at_once: bool
) -> None:
    world = make_world(units)
    agent = world.agent(role="supervisor", limit=50)
    ids = [_add(world, f"Contact {number}", **fields) for number, fields in enumerate(people)]
    past = _Past(world, agent, ids)
    for verb, a, b in steps:
        getattr(past, verb)(a, b)
    before = _state(world)
    first, *others = ids
    merges = [_merge(world, first, *others)] if at_once else [_merge(world, two, one) for one, two in pairwise(ids)]
    for merge in reversed(merges):
        _undo(world, merge)
    assert _state(world) == before


def test_a_merge_of_one_workspace_is_nothing_to_another(world: World, units: Units) -> None:
    other = make_world(units, "Other")
    amara, ben, theirs = _add(world, "Amara"), _add(world, "Ben"), _add(other, "Cleo")
    with pytest.raises(NotFound):
        _merge(world, amara, theirs)
    merge = _merge(world, amara, ben)
    with pytest.raises(NotFound):
        _undo(other, merge)
    assert other.all(ContactMerge) == []


def test_two_who_merge_the_same_contact_at_once_do_not_both(world: World, settings: Settings) -> None:
    del settings
    from concurrent.futures import ThreadPoolExecutor

    for _ in range(5):
        amara, ben, cleo = _add(world, "Amara"), _add(world, "Ben"), _add(world, "Cleo")
        his = _visitor(world, ben)

        def attempt(primary: str, ben: str = ben) -> bool:
            try:
                return bool(_merge(world, primary, ben))
            except ContactIsMerged:
                return False

        with ThreadPoolExecutor(2) as both:
            done = list(both.map(attempt, (amara, cleo)))
        assert sorted(done) == [False, True]
        whose = next(row.contact_id for row in world.all(ContactPoint) if row.id == his.id)
        assert whose == _contact(world, ben).merged_into_id == (amara if done[0] else cleo)


def test_who_writes_joins_and_merges_at_once_leaves_nothing_behind(world: World) -> None:
    from concurrent.futures import ThreadPoolExecutor

    for _ in range(5):
        amara, ben = _add(world, "Amara"), _add(world, "Ben")
        talking, joining = _visitor(world, ben), world.visitor()
        with ThreadPoolExecutor(3) as all_at_once:
            doing = [
                all_at_once.submit(world.write, talking),
                all_at_once.submit(world.do, None, points.join, ben, joining.id),
                all_at_once.submit(_merge, world, amara, ben),
            ]
            for one in doing:
                one.result()
        mine = {talking.id, joining.id}
        assert {row.contact_id for row in world.all(ContactPoint) if row.id in mine} == {amara}
        said = [row for row in world.all(Conversation) if row.contact_point_id == talking.id]
        assert [(row.contact_id, row.contact_name) for row in said] == [(amara, "Amara")]
