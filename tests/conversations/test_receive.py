"""What a contact sends."""

import pytest

from helpline.conversations import Conversation, Message, State
from helpline.conversations.messages import NothingToSay
from helpline.core import Actor, Tx, new_id
from helpline.files.actions import UnknownFile
from helpline.files.models import File
from helpline.webchat import actions as webchat
from helpline.webchat.shapes import VisitorMessageIn
from tests.make import World


def _upload(world: World, actor: Actor, name: str = "photo.png") -> str:
    def keep(tx: Tx) -> str:
        file = File(
            workspace_id=tx.workspace_id, id=new_id(), name=name, media_type="image/png", size=3, url="/files/x"
        )
        file.uploader_kind, file.uploader_id, file.created_at = actor.kind, actor.id, tx.now
        tx.db.add(file)
        return file.id

    return world.do(actor, keep)


def _send(world: World, visitor: Actor, **said: object) -> object:
    chat = world.see(webchat.open_channel, channel_id=visitor.channel_id)
    return world.do(visitor, webchat.write, chat, VisitorMessageIn(id=new_id(), **said))


def test_the_first_message_opens_a_conversation_that_waits(world: World) -> None:
    said = world.write(world.visitor("Amara"), "Hello")
    row = world.conversation(said.conversation_id)
    assert (row.state, row.team_id, row.agent_id) == (State.WAITING, world.team, None)
    assert (row.contact_name, row.last_text, row.last_by, row.unread) == ("Amara", "Hello", "contact", 1)
    assert row.queued_at == row.created_at == row.waiting_since


def test_a_free_agent_has_it_at_once(world: World) -> None:
    agent = world.agent()
    row = world.conversation(world.write(world.visitor()).conversation_id)
    assert (row.state, row.agent_id) == (State.ACTIVE, agent.id)


def test_further_messages_go_into_the_open_conversation(world: World) -> None:
    visitor = world.visitor()
    first, second = world.write(visitor, "one"), world.write(visitor, "two")
    assert second.conversation_id == first.conversation_id
    row = world.conversation(first.conversation_id)
    assert (row.unread, row.last_text, row.waiting_since) == (2, "two", row.created_at)


def test_after_the_close_a_message_opens_a_new_one_linked_to_the_last(world: World) -> None:
    agent, visitor = world.agent(), world.visitor()
    first = world.write(visitor).conversation_id
    world.close(agent, first)
    second = world.write(visitor, "one more thing").conversation_id
    assert second != first
    assert world.conversation(second).previous_id == first
    assert world.conversation(first).state == State.CLOSED


def test_the_same_message_again_gives_the_same_answer_even_after_the_close(world: World) -> None:
    agent, visitor, id = world.agent(), world.visitor(), new_id()
    said = world.write(visitor, "Hello", id)
    world.close(agent, said.conversation_id)
    count = len(world.all(Message))
    assert world.write(visitor, "Hello", id) == said
    assert (len(world.all(Message)), len(world.all(Conversation))) == (count, 1)


def test_two_visitors_may_use_the_same_id(world: World) -> None:
    id = new_id()
    one, other = world.write(world.visitor(), "mine", id), world.write(world.visitor(), "mine too", id)
    assert one.id != other.id
    assert one.conversation_id != other.conversation_id


@pytest.mark.parametrize("text", ["", "  ", "\r\n", "\t \n"])
def test_a_message_says_something(world: World, text: str) -> None:
    with pytest.raises(NothingToSay) as refused:
        _send(world, world.visitor(), text=text)
    assert refused.value.field == "text"
    assert world.all(Conversation) == []


def test_a_file_alone_is_a_message(world: World) -> None:
    visitor = world.visitor()
    said = _send(world, visitor, file_ids=[_upload(world, visitor)])
    assert (said.kind, [file["name"] for file in _plain(said.files)]) == ("file", ["photo.png"])
    assert world.all(Conversation)[0].last_text == "photo.png"


def test_a_file_of_somebody_else_cannot_be_sent(world: World) -> None:
    visitor, other = world.visitor(), world.visitor()
    for file_ids in ([new_id()], [_upload(world, other)], [_upload(world, visitor), new_id()]):
        with pytest.raises(UnknownFile):
            _send(world, visitor, text="look", file_ids=file_ids)
    assert world.all(Message) == []


def test_the_page_is_remembered(world: World) -> None:
    visitor = world.visitor()
    _send(world, visitor, text="Hi", page="https://shop.example/boots")
    world.do(visitor, webchat.look_at, "https://shop.example/hats")
    assert world.all(Conversation)[0].page == "https://shop.example/hats"


def _plain(files: list[object]) -> list[dict[str, object]]:
    return [file if isinstance(file, dict) else {"name": file.name} for file in files]  # type: ignore[attr-defined]
