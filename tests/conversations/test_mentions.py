"""Asking a colleague in with a note."""

import pytest

from helpline.conversations import State, api, queries, serving
from helpline.conversations.answering import mark_seen
from helpline.conversations.mentioning import MentionInAnswer, UnknownColleague, mine
from helpline.conversations.models import Mention
from helpline.conversations.queries import OnlyMentioned
from helpline.conversations.shapes import ContactLinkIn, desks
from helpline.core import Actor, NotFound, new_id
from tests.make import World


def _unread(world: World, agent: Actor) -> list[str]:
    return world.do(agent, lambda tx: [one.conversation_id for one in mine(tx) if one.read_at is None])


def _ask(world: World, agent: Actor, conversation_id: str, *colleagues: Actor) -> int:
    ids = [one.id for one in colleagues]
    return world.answer(agent, conversation_id, "@you please", visibility="internal", mentions=ids).seq


def test_who_is_mentioned_may_read_the_conversation_and_is_told(world: World) -> None:
    agent, outsider, stranger = world.agent(), world.agent(teams=[]), world.agent(teams=[])
    id = world.write(world.visitor()).conversation_id
    with pytest.raises(NotFound):
        world.do(outsider, lambda tx: queries.visible(tx, id).id)
    seq = _ask(world, agent, id, outsider)
    assert world.do(outsider, lambda tx: queries.visible(tx, id).id) == id
    assert world.do(outsider, lambda tx: [row.id for row in queries.in_view(tx, "mentions", limit=5)[0]]) == [id]
    assert _unread(world, outsider) == [id]
    with pytest.raises(NotFound):
        world.do(stranger, lambda tx: queries.visible(tx, id).id)
    world.do(outsider, lambda tx: mark_seen(tx, id, seq - 1).id)
    assert _unread(world, outsider) == [id]
    world.do(outsider, lambda tx: mark_seen(tx, id, seq).id)
    assert _unread(world, outsider) == []
    assert world.do(outsider, lambda tx: queries.visible(tx, id).id) == id


def test_to_be_mentioned_is_to_read_and_to_leave_notes_and_no_more(world: World) -> None:
    agent, outsider = world.agent(ready=False), world.agent(teams=[], ready=False)
    id = world.write(world.visitor()).conversation_id
    _ask(world, agent, id, outsider)
    for refused in (
        lambda tx: serving.take(tx, id).state,
        lambda tx: serving.transfer(tx, id, agent_id=outsider.id, team_id=None).state,
        lambda tx: api.close(tx, id).state,
        lambda tx: api.link_contact(tx, id, ContactLinkIn(contact_id=None)).state,
    ):
        with pytest.raises(OnlyMentioned):
            world.do(outsider, refused)
    world.answer(outsider, id, "I know them", visibility="internal")
    assert world.conversation(id).state == State.WAITING
    assert world.do(agent, lambda tx: serving.take(tx, id).state) == State.ACTIVE


def test_each_colleague_is_told_once_and_nobody_by_themselves(world: World) -> None:
    agent, mei, id = world.agent(), world.agent(), world.write(world.visitor()).conversation_id
    _ask(world, agent, id, mei, mei, agent)
    assert [(row.agent_id, row.by_id) for row in world.all(Mention)] == [(mei.id, agent.id)]


def test_one_mentions_colleagues_who_are_there_and_only_in_notes(world: World) -> None:
    agent, id = world.agent(), world.write(world.visitor()).conversation_id
    with pytest.raises(UnknownColleague):
        world.answer(agent, id, "@nobody", visibility="internal", mentions=[new_id()])
    with pytest.raises(MentionInAnswer):
        world.answer(agent, id, "@mei", mentions=[agent.id])
    assert world.all(Mention) == []


def test_who_is_mentioned_follows_the_conversation_live_and_goes_on_to_when_they_ask_in_another(world: World) -> None:
    agent, mei, joao = world.agent(), world.agent(teams=[]), world.agent(teams=[])
    visitor = world.visitor()
    id = world.write(visitor).conversation_id
    assert f"agent:{mei.id}" not in desks(world.conversation(id))
    _ask(world, agent, id, mei)
    _ask(world, mei, id, joao)
    assert {f"agent:{mei.id}", f"agent:{joao.id}"} <= desks(world.conversation(id))
    world.write(visitor, "Still there?")
    world.close(agent, id)
    assert {f"agent:{mei.id}", f"agent:{joao.id}"} <= desks(world.conversation(id))
