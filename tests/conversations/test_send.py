"""What an agent writes."""

import pytest

from helpline.conversations import Message
from helpline.conversations.answering import ConversationEnded, NewerMessages, NotYours, mark_seen
from helpline.conversations.messages import NothingToSay
from helpline.core import NotFound, new_id
from helpline.files.actions import UnknownFile
from tests.make import World


def test_an_answer_goes_to_the_contact_and_ends_their_waiting(world: World) -> None:
    agent, id = world.agent("Grace"), world.write(world.visitor()).conversation_id
    said = world.answer(agent, id, "Good morning")
    row = world.conversation(id)
    assert (said.author.name, said.visibility, said.seq) == ("Grace", "public", row.last_seq)
    assert (row.unread, row.waiting_since, row.last_by, row.first_answer_at) == (0, None, "agent", said.at)


def test_the_first_answer_stays_the_first(world: World) -> None:
    agent, id = world.agent(), world.write(world.visitor()).conversation_id
    first = world.answer(agent, id)
    world.answer(agent, id)
    assert world.conversation(id).first_answer_at == first.at


def test_an_answer_is_refused_when_the_contact_wrote_meanwhile(world: World) -> None:
    agent, visitor = world.agent(), world.visitor()
    first = world.write(visitor, "My order is late")
    world.write(visitor, "Never mind, it came")
    with pytest.raises(NewerMessages) as refused:
        world.answer(agent, first.conversation_id, "Let me look", seen_up_to=first.seq)
    assert [message.text for message in refused.value.extra["messages"]] == ["Never mind, it came"]
    assert world.conversation(first.conversation_id).unread == 2


def test_an_answer_can_be_sent_anyway(world: World) -> None:
    agent, visitor = world.agent(), world.visitor()
    first = world.write(visitor)
    world.write(visitor, "Hello?")
    said = world.answer(agent, first.conversation_id, seen_up_to=0, anyway=True)
    assert said.text == "Hello!"


def test_ones_own_messages_notes_and_events_are_nothing_newer(world: World) -> None:
    agent, colleague = world.agent(), world.agent()
    first = world.write(world.visitor())
    world.answer(agent, first.conversation_id)
    world.answer(colleague, first.conversation_id, "psst", visibility="internal")
    assert world.answer(agent, first.conversation_id, seen_up_to=first.seq).text == "Hello!"


def test_the_same_answer_again_is_one_message_even_after_the_close(world: World) -> None:
    agent, id, said_id = world.agent(), world.write(world.visitor()).conversation_id, new_id()
    said = world.answer(agent, id, id=said_id)
    world.close(agent, id)
    count = len(world.all(Message))
    assert world.answer(agent, id, id=said_id) == said
    assert len(world.all(Message)) == count


def test_a_closed_conversation_takes_notes_and_no_answers(world: World) -> None:
    agent, id = world.agent(), world.write(world.visitor()).conversation_id
    world.close(agent, id)
    with pytest.raises(ConversationEnded) as refused:
        world.answer(agent, id)
    assert refused.value.code() == "conversation_closed"
    assert world.answer(agent, id, "was rude", visibility="internal").visibility == "internal"


def test_only_the_agent_in_charge_answers(world: World) -> None:
    world.agent()
    colleague, id = world.agent(), world.write(world.visitor()).conversation_id
    with pytest.raises(NotYours):
        world.answer(colleague, id)
    assert world.answer(colleague, id, "a note", visibility="internal").text == "a note"


def test_a_waiting_conversation_is_taken_before_it_is_answered(world: World) -> None:
    agent, id = world.agent(ready=False), world.write(world.visitor()).conversation_id
    with pytest.raises(NotYours):
        world.answer(agent, id)


def test_a_conversation_of_another_team_is_not_there_but_for_supervisors(world: World) -> None:
    outsider = world.agent(teams=[], ready=False)
    supervisor = world.agent(teams=[], ready=False, role="supervisor")
    id = world.write(world.visitor()).conversation_id
    with pytest.raises(NotFound):
        world.answer(outsider, id, visibility="internal")
    assert world.answer(supervisor, id, visibility="internal").seq > 1


def test_nothing_is_no_answer_and_an_unknown_file_no_attachment(world: World) -> None:
    agent, id = world.agent(), world.write(world.visitor()).conversation_id
    with pytest.raises(NothingToSay):
        world.answer(agent, id, " \n")
    with pytest.raises(UnknownFile):
        world.answer(agent, id, "see", file_ids=[new_id()])


def test_a_note_leaves_the_contact_waiting(world: World) -> None:
    agent, id = world.agent(), world.write(world.visitor()).conversation_id
    world.answer(agent, id, "a note", visibility="internal")
    row = world.conversation(id)
    assert (row.unread, row.first_answer_at, row.last_text) == (1, None, "Hello")
    assert row.waiting_since is not None


def test_seen_means_all_was_seen_by_who_is_in_charge(world: World) -> None:
    agent, colleague, visitor = world.agent(), world.agent(), world.visitor()
    id = world.write(visitor).conversation_id
    world.do(colleague, lambda tx: mark_seen(tx, id, 99).unread)
    world.do(agent, lambda tx: mark_seen(tx, id, 1).unread)
    assert world.conversation(id).unread == 1
    last = world.conversation(id).last_seq
    world.do(agent, lambda tx: mark_seen(tx, id, last).unread)
    assert world.conversation(id).unread == 0
