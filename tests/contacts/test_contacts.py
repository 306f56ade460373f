"""Contacts, and saying who somebody is."""

import pytest

from helpline.contacts import Contact, actions, queries
from helpline.contacts.actions import EditedMeanwhile
from helpline.conversations import identifying
from helpline.core import Tx
from helpline.core.facts import FactRow
from tests.make import World


def _add(world: World, **fields: str) -> str:
    return world.do(None, lambda tx: actions.add(tx, **fields).id)  # type: ignore[arg-type]


def test_an_older_version_does_not_overwrite_a_newer(world: World) -> None:
    id = _add(world, name="Amara")
    world.do(None, lambda tx: actions.change(tx, id, 1, phone="1").id)
    with pytest.raises(EditedMeanwhile):
        world.do(None, lambda tx: actions.change(tx, id, 1, phone="2").id)
    world.do(None, lambda tx: actions.change(tx, id, None, phone="3").id)
    assert [(row.phone, row.version) for row in world.all(Contact)] == [("3", 3)]


def test_a_contact_point_that_is_linked_gives_its_conversations_the_name(world: World) -> None:
    agent, visitor = world.agent(), world.visitor("Visitor")
    first = world.write(visitor).conversation_id
    id = _add(world, name="Amara Okoye")
    world.do(agent, lambda tx: identifying.identify(tx, first, tx.get(Contact, id)).id)
    assert (world.conversation(first).contact_id, world.conversation(first).contact_name) == (id, "Amara Okoye")
    world.close(agent, first)
    second = world.write(visitor).conversation_id
    assert (world.conversation(second).contact_id, world.conversation(second).contact_name) == (id, "Amara Okoye")
    world.do(agent, lambda tx: identifying.identify(tx, second, None).id)
    assert (world.conversation(second).contact_id, world.conversation(second).contact_name) == (None, "Visitor")


def test_every_conversation_that_takes_the_name_over_says_so(world: World) -> None:
    agent, visitor = world.agent(), world.visitor("Visitor")
    first = world.write(visitor).conversation_id
    world.close(agent, first)
    second = world.write(visitor).conversation_id
    id = _add(world, name="Amara Okoye")
    world.do(agent, lambda tx: identifying.identify(tx, first, tx.get(Contact, id)).id)
    world.do(agent, lambda tx: identifying.identify(tx, first, tx.get(Contact, id)).id)
    said = [row.subject_id for row in world.all(FactRow) if row.topic == "conversation.identified"]
    assert sorted(said) == sorted([first, second])
    assert world.conversation(second).contact_name == "Amara Okoye"


@pytest.mark.parametrize("text", ["okoye", "AMARA", "amara@", "+44", "nile%", "_river"])
def test_contacts_are_found_by_what_is_known_of_them(world: World, text: str) -> None:
    _add(world, name="Amara Okoye", email="amara@example.com", phone="+44 20", company="Nile% _River")
    _add(world, name="Somebody else", company="Nile Delta river")
    assert world.see(_found, text) == ["Amara Okoye"]


def _found(tx: Tx, text: str) -> list[str]:
    return [row.name for row in queries.search(tx, text, 10, None)[0]]
