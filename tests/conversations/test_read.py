"""What the contact has seen of what was written to them."""

from helpline.conversations import Message
from helpline.core import new_id
from helpline.webchat import actions as webchat
from tests.listening import open_chat, open_desk, say, until, upserted
from tests.make import World
from tests.running import Running


def _states(world: World) -> dict[str, str]:
    return {row.text: row.state for row in world.all(Message) if row.author_kind != "system"}


def test_answers_are_read_as_far_as_the_contact_has_seen_and_notes_never(world: World) -> None:
    agent, visitor = world.agent(), world.visitor()
    id = world.write(visitor, "Hi").conversation_id
    first = world.answer(agent, id, "one")
    world.answer(agent, id, "psst", visibility="internal")
    second = world.answer(agent, id, "two")
    world.do(visitor, webchat.have_read, first.seq)
    assert _states(world) == {"Hi": "sent", "one": "read", "psst": "sent", "two": "sent"}
    world.do(visitor, webchat.have_read, second.seq)
    assert _states(world) == {"Hi": "sent", "one": "read", "psst": "sent", "two": "read"}


def test_nobody_reads_for_another_and_who_has_written_nothing_reads_nothing(world: World) -> None:
    agent, visitor = world.agent(), world.visitor()
    said = world.answer(agent, world.write(visitor, "Hi").conversation_id, "one")
    world.do(world.visitor(), webchat.have_read, said.seq)
    assert _states(world)["one"] == "sent"


def test_the_desk_hears_that_the_widget_has_shown_the_answer(running: Running) -> None:
    admin = running.set_up()
    key = admin.get("/api/channels").json()[0]["public_key"]
    token = running.client().post(f"/api/webchat/{key}/visitors", json={}).json()["token"]
    said = running.client(token).post("/api/webchat/messages", json={"id": new_id(), "text": "Hello"}).json()
    id = said["conversation_id"]
    admin.post(f"/api/conversations/{id}/take")
    answer = admin.post(f"/api/conversations/{id}/messages", json={"id": new_id(), "text": "Hi"}).json()
    with open_desk(running, admin) as (desk, _), open_chat(running, token) as (chat, _):
        say(chat, type="seen", seq=answer["seq"])
        [row] = until(desk, upserted("message"))
        assert (row["id"], row["state"]) == (answer["id"], "read")
        say(chat, type="seen", seq=answer["seq"])
        say(chat, type="ping")
        assert until(chat, lambda frame: frame if frame["type"] == "pong" else None)
