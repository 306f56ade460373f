"""What an agent has begun to write is kept, follows them, and goes when it is sent."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from helpline.app.settings import Settings
from helpline.core import Actor, NotFound, Tx, new_id
from helpline.core.errors import EditedMeanwhile
from helpline.drafts import actions, queries
from helpline.drafts.models import Draft
from helpline.drafts.shapes import DraftIn, DraftOut, draft_out
from helpline.files.actions import UnknownFile
from tests.listening import open_desk, say, until, upserted
from tests.make import World, until_they_wait
from tests.running import Running


def _save(world: World, agent: Actor, conversation_id: str, text: str, version: int = 0, **more: object) -> DraftOut:
    given = DraftIn(text=text, version=version, **more)  # type: ignore[arg-type]
    return world.do(agent, lambda tx: draft_out(actions.save(tx, conversation_id, given)))


def _texts(world: World, agent: Actor) -> list[str]:
    return world.do(agent, lambda tx: [draft.text for draft in queries.all_mine(tx)])


def test_a_draft_is_kept_with_its_kind_and_its_version(world: World) -> None:
    agent, id = world.agent(), world.write(world.visitor()).conversation_id
    first = _save(world, agent, id, "Let me")
    second = _save(world, agent, id, "Let me ask Mei", first.version, visibility="internal")
    assert (second.id, second.version, second.visibility) == (first.id, 2, "internal")
    assert _texts(world, agent) == ["Let me ask Mei"]


@pytest.mark.parametrize(("visibility", "sent"), [("internal", "Ask Mei first"), ("public", "It leaves today")])
def test_of_a_reply_and_a_note_only_what_was_sent_goes(world: World, visibility: str, sent: str) -> None:
    agent, id = world.agent(), world.write(world.visitor()).conversation_id
    kept = _save(world, agent, id, "Ask Mei first", visibility="internal", aside="It leaves today")
    world.answer(agent, id, sent, draft=kept.version, visibility=visibility)
    (left,) = world.all(Draft)
    beside = {"Ask Mei first": "It leaves today", "It leaves today": "Ask Mei first"}[sent]
    assert (left.text, left.aside, left.visibility, left.empty) == ("", beside, visibility, False)
    other = "public" if visibility == "internal" else "internal"
    world.answer(agent, id, beside, draft=left.version, visibility=other)
    (gone,) = world.all(Draft)
    assert (gone.text, gone.aside, gone.empty) == ("", "", True)


def test_each_agent_has_their_own(world: World) -> None:
    one, other, id = world.agent(), world.agent(), world.write(world.visitor()).conversation_id
    _save(world, one, id, "mine")
    _save(world, other, id, "theirs")
    assert (_texts(world, one), _texts(world, other)) == (["mine"], ["theirs"])


def test_what_another_desk_kept_meanwhile_is_not_overwritten(world: World) -> None:
    agent, id = world.agent(), world.write(world.visitor()).conversation_id
    _save(world, agent, id, "from the first desk")
    with pytest.raises(EditedMeanwhile) as refused:
        _save(world, agent, id, "from the second desk", version=0)
    assert refused.value.extra["draft"].text == "from the first desk"
    with pytest.raises(EditedMeanwhile):
        _save(world, agent, id, "from nowhere", version=7)
    assert _texts(world, agent) == ["from the first desk"]


def test_sending_takes_the_draft_along_in_the_same_transaction(world: World) -> None:
    agent, id = world.agent(), world.write(world.visitor()).conversation_id
    kept = _save(world, agent, id, "It leaves today")
    world.answer(agent, id, "It leaves today.", draft=kept.version)
    assert _texts(world, agent) == []
    [row] = world.all(Draft)
    assert (row.empty, row.text, row.version) == (True, "", 2)


def test_what_was_written_after_the_message_stays(world: World) -> None:
    agent, id = world.agent(), world.write(world.visitor()).conversation_id
    kept = _save(world, agent, id, "It leaves today")
    _save(world, agent, id, "And another thing", kept.version)
    world.answer(agent, id, "It leaves today", draft=kept.version)
    assert _texts(world, agent) == ["And another thing"]


def test_a_message_of_a_program_leaves_the_draft_unless_it_says_the_same(world: World) -> None:
    agent, id = world.agent(), world.write(world.visitor()).conversation_id
    _save(world, agent, id, "It leaves today ")
    world.answer(agent, id, "Something else")
    assert _texts(world, agent) == ["It leaves today "]
    world.answer(agent, id, "It leaves today")
    assert _texts(world, agent) == []


def test_changes_of_the_conversation_never_touch_it(world: World) -> None:
    agent, visitor = world.agent(), world.visitor()
    id = world.write(visitor).conversation_id
    _save(world, agent, id, "half a sent")
    world.write(visitor, "Hello?")
    world.answer(agent, id, "Yes?")
    world.close(agent, id)
    assert _texts(world, agent) == ["half a sent"]


def test_a_draft_can_be_thrown_away_and_begun_again(world: World) -> None:
    agent, id = world.agent(), world.write(world.visitor()).conversation_id
    _save(world, agent, id, "no")
    world.do(agent, actions.discard, id)
    world.do(agent, actions.discard, id)
    assert _texts(world, agent) == []
    assert _save(world, agent, id, "yes", version=2).version == 3


def test_nothing_can_be_drafted_where_one_may_not_read_nor_with_files_of_others(world: World) -> None:
    stranger, agent = world.agent(teams=[]), world.agent()
    id = world.write(world.visitor()).conversation_id
    with pytest.raises(NotFound):
        _save(world, stranger, id, "hello")
    with pytest.raises(UnknownFile):
        _save(world, agent, id, "hello", file_ids=[new_id()])
    assert world.all(Draft) == []


def test_another_desk_of_the_agent_hears_of_it_and_their_colleague_does_not(running: Running) -> None:
    admin = running.set_up()
    key = admin.get("/api/channels").json()[0]["public_key"]
    visitor = running.client(running.client().post(f"/api/webchat/{key}/visitors", json={}).json()["token"])
    said = visitor.post("/api/webchat/messages", json={"id": new_id(), "text": "Hello"}).json()
    address = f"/api/conversations/{said['conversation_id']}/draft"
    assert admin.get(address).status_code == 404
    colleague = {"name": "Bo", "email": "bo@example.com", "password": "correct horse battery", "role": "administrator"}
    assert admin.post("/api/agents", json=colleague).status_code == 201
    other = running.client()
    other.post("/api/session", json={"email": "bo@example.com", "password": "correct horse battery"})
    with open_desk(running, admin) as (mine, _), open_desk(running, other) as (theirs, _):
        kept = admin.put(address, json={"version": 0, "text": "Half a sent"}).json()
        [row] = until(mine, upserted("draft"))
        assert (row["text"], row["version"], row["conversation_id"]) == ("Half a sent", 1, said["conversation_id"])
        assert admin.get("/api/drafts").json() == [kept] == [admin.get(address).json()]
        refused = admin.put(address, json={"version": 0, "text": "Other"})
        assert (refused.status_code, refused.json()["code"]) == (409, "edited_meanwhile")
        assert refused.json()["draft"]["text"] == "Half a sent"
        assert admin.delete(address).status_code == 204
        [row] = until(mine, upserted("draft"))
        assert (row["text"], row["version"]) == ("", 2)
        say(theirs, type="ping")
        heard = until(theirs, lambda frame: frame if frame["type"] == "pong" or upserted("draft")(frame) else None)
        assert heard["type"] == "pong"
    assert other.get("/api/drafts").json() == []


def test_what_is_kept_while_the_message_is_being_sent_stays(world: World, settings: Settings) -> None:
    if settings.is_embedded:
        pytest.skip("SQLite has one writer; nobody meets")
    agent, id = world.agent(), world.write(world.visitor()).conversation_id
    kept = _save(world, agent, id, "It leaves today")
    saved, may_commit = threading.Event(), threading.Event()

    def save(tx: Tx) -> None:
        actions.save(tx, id, DraftIn(text="And one more thing", version=kept.version))
        tx.db.flush()
        saved.set()
        may_commit.wait(60)

    with ThreadPoolExecutor(2) as pool:
        saving = pool.submit(world.do, agent, save)
        saved.wait(60)
        sending = pool.submit(world.answer, agent, id, "It leaves today", draft=kept.version)
        until_they_wait(settings, 1)
        may_commit.set()
        saving.result(60)
        sending.result(60)
    assert _texts(world, agent) == ["And one more thing"]
