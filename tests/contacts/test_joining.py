"""One person behind several visits: joined by an agent, never by itself, and taken back."""

import pytest

from helpline.contacts import Contact, ContactPoint, actions, queries
from helpline.conversations import Conversation, points
from helpline.core import Actor, NotFound, Tx, new_id
from helpline.core.facts import FactRow
from helpline.service_records.timeline import TimelinePage, timeline
from helpline.webchat import actions as webchat
from helpline.webchat.shapes import VisitorIn
from tests.make import World


def _visitor(world: World, name: str, email: str) -> Actor:
    id = world.do(None, webchat.enter, world.channel, VisitorIn(name=name, email=email))
    return Actor("visitor", world.workspace_id, id, channel_id=world.channel)


def _add(world: World, **fields: str) -> str:
    return world.do(None, lambda tx: actions.add(tx, **fields).id)  # type: ignore[arg-type]


def _suggested(world: World, contact_id: str) -> list[str]:
    return world.see(lambda tx: [row.id for row in points.may_be_theirs(tx, tx.get(Contact, contact_id))])


def _may_be(world: World, visitor: Actor) -> list[str]:
    return world.see(lambda tx: [row.id for row in points.may_be(tx, visitor.id)])


def _timeline(world: World, actor: Actor, contact_id: str, limit: int = 50, after: str | None = None) -> TimelinePage:
    return world.units.read_now(actor, timeline, contact_id, limit, after)


def _shown(page: TimelinePage) -> list[str]:
    return [(item.conversation or item.record).id for item in page.items if item.conversation or item.record]


def _contact_of(world: World, visitor: Actor) -> str | None:
    return next(row.contact_id for row in world.all(ContactPoint) if row.id == visitor.id)


def test_the_same_address_is_offered_and_never_joined_by_itself(world: World) -> None:
    amara = _add(world, name="Amara", email="Amara@Example.com")
    again = _visitor(world, "A", "amara@example.COM")
    stranger = _visitor(world, "B", "other@example.com")
    world.write(again)
    assert (_may_be(world, again), _may_be(world, stranger)) == ([amara], [])
    assert _suggested(world, amara) == [again.id]
    assert _contact_of(world, again) is None
    world.do(None, points.join, amara, again.id)
    assert (_may_be(world, again), _suggested(world, amara)) == ([], [])


def test_an_address_that_a_joined_visit_gave_is_offered_too(world: World) -> None:
    amara = _add(world, name="Amara")
    first, second = (_visitor(world, "A", "a@example.com") for _ in range(2))
    world.do(None, points.join, amara, first.id)
    assert (_may_be(world, second), _suggested(world, amara)) == ([amara], [second.id])
    nobody = _visitor(world, "B", "")
    assert _may_be(world, nobody) == []


def test_joined_visits_stand_on_one_profile_and_apart_again_when_taken_back(world: World) -> None:
    agent = world.agent(role="supervisor")
    first, second = world.visitor("One"), world.visitor("Two")
    older, newer = (str(world.write(who).conversation_id) for who in (first, second))
    world.answer(agent, older)
    world.close(agent, older)
    amara = _add(world, name="Amara")
    for who in (first, second):
        world.do(agent, points.join, amara, who.id)
    (record,) = world.records()
    assert _shown(_timeline(world, agent, amara)) == [record.id, newer, older]
    assert [world.conversation(id).contact_name for id in (older, newer)] == ["Amara", "Amara"]
    assert (record.contact_id, record.contact_name) == (amara, "Amara")
    world.do(agent, points.part, amara, second.id)
    assert _shown(_timeline(world, agent, amara)) == [record.id, older]
    assert (world.conversation(newer).contact_id, world.conversation(newer).contact_name) == (None, "Two")
    told = [row.payload for row in world.all(FactRow) if row.topic == "contact.point_linked"]
    assert [(row["contact_id"], row["was"]) for row in told] == [(amara, None), (amara, None), (None, amara)]


def test_a_visit_without_a_conversation_can_be_joined(world: World) -> None:
    amara, visitor = _add(world, name="Amara"), world.visitor()
    world.do(None, points.join, amara, visitor.id)
    world.do(None, points.join, amara, visitor.id)
    assert _contact_of(world, visitor) == amara
    said = world.write(visitor)
    assert world.conversation(said.conversation_id).contact_name == "Amara"


def test_what_is_not_there_or_not_theirs_is_refused(world: World) -> None:
    amara, ben, visitor = _add(world, name="Amara"), _add(world, name="Ben"), world.visitor()
    world.do(None, points.join, amara, visitor.id)
    for refused in (
        (points.join, amara, new_id()),
        (points.join, new_id(), visitor.id),
        (points.part, ben, visitor.id),
    ):
        with pytest.raises(NotFound):
            world.do(None, *refused)
    assert _contact_of(world, visitor) == amara


def test_the_timeline_is_paged_without_a_gap_and_shows_what_one_may_see(world: World) -> None:
    agent, boss = world.agent(limit=1), world.agent(role="supervisor", ready=False, teams=[])
    visitor, amara = world.visitor(), _add(world, name="Amara")
    world.do(None, points.join, amara, visitor.id)
    for _ in range(3):
        id = str(world.write(visitor).conversation_id)
        world.answer(agent, id)
        world.close(agent, id)
    whole = _shown(_timeline(world, boss, amara))
    assert len(whole) == len(world.all(Conversation)) + len(world.records())
    found: list[str] = []
    after: str | None = None
    while True:
        page = _timeline(world, boss, amara, 2, after)
        found += _shown(page)
        after = page.next
        if after is None:
            break
    assert found == whole
    assert _shown(_timeline(world, world.agent(teams=[]), amara)) == []


def test_contacts_are_found_by_an_address_they_came_by_and_sorted(world: World) -> None:
    first, second = _add(world, name="Zoe"), _add(world, name="Amara")
    world.do(None, points.join, first, _visitor(world, "Z", "zoe@kestrel.example").id)

    def found(text: str, sort: queries.Sort, limit: int = 10, after: str | None = None) -> tuple[list[str], str | None]:
        def ask(tx: Tx) -> tuple[list[str], str | None]:
            rows, more = queries.search(tx, text, limit, after, sort)
            return [row.id for row in rows], more

        return world.see(ask)

    assert found("KESTREL", "name") == ([first], None)
    assert found("", "name")[0] == [second, first]
    for sort, order in (("name", [second, first]), ("newest", [second, first])):
        one, more = found("", sort, 1)
        two, end = found("", sort, 1, more)
        assert ([*one, *two], end) == (order, None)
