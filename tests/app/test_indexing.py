"""The index follows what is said: on its own, from the first fact, exactly, also when it is broken off or made anew."""

import time

import pytest

from helpline.app import noting
from helpline.app.indexing import behind, catch_up
from helpline.app.noting import begin_anew, read_step, take_step
from helpline.core import Actor, Tx
from helpline.search.models import Findable, Posting
from helpline.service_records import actions as records
from helpline.service_records import listing
from helpline.service_records.listing import Filters
from tests.make import World, make_world
from tests.running import Running


def _found(world: World, text: str) -> list[int]:
    return sorted(row.number for row in world.see(lambda tx: _rows(tx, text)))


def _rows(tx: Tx, text: str) -> list[object]:
    rows = listing.page(tx, Filters(text=text), 50).rows
    for row in rows:
        tx.db.expunge(row)
    return list(rows)


@pytest.fixture
def served(world: World) -> World:
    return _serve(world)


def _serve(world: World) -> World:
    """Two services: the first with a note, the second over two conversations."""
    agent = world.agent("Bo", limit=50)
    first = world.write(world.visitor("Grace"), "Where is my parcel?").conversation_id
    world.answer(agent, first, "It is in the depot")
    visitor = world.visitor("Alan")
    for text in ("我要退貨", "再來一次"):
        talk = world.write(visitor, text).conversation_id
        world.answer(agent, talk, "好的")
        world.close(agent, talk)
    number_one = next(row.id for row in world.records() if row.number == 1)
    world.do(agent, lambda tx: records.edit(tx, number_one, None, notes="Sent a voucher").id)
    return world


def _is_right(world: World) -> None:
    for text in ("parcel", "depot", "voucher", "grace", "parcel voucher"):
        assert _found(world, text) == [1], text
    for text in ("退貨", "一次", "退貨 一次", "alan", "好"):
        assert _found(world, text) == [2], text
    assert _found(world, "parcel 退貨") == []
    assert len(world.records()) == 2


def test_a_record_is_found_by_all_its_conversations_and_its_notes(served: World) -> None:
    served.index()
    _is_right(served)


@pytest.mark.parametrize("at_once", [1, 2, 3, 7])
def test_however_small_the_steps_it_comes_to_the_same(
    served: World, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(noting, "AT_ONCE", at_once)
    served.index()
    _is_right(served)


def test_noted_as_it_happens_it_comes_to_the_same(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    do = World.do

    def and_index(self: World, *args: object, **kwargs: object) -> object:
        done = do(self, *args, **kwargs)  # type: ignore[arg-type]
        catch_up(self.units, self.workspace_id)
        return done

    monkeypatch.setattr(World, "do", and_index)
    _is_right(_serve(world))


def test_made_anew_it_is_the_same(served: World) -> None:
    served.index()
    before = sorted((row.word, row.block, row.numbers) for row in served.all(Posting))
    while served.do(None, begin_anew):
        pass
    assert served.all(Posting) == served.all(Findable) == []
    assert _found(served, "parcel") == []
    served.index()
    assert sorted((row.word, row.block, len(row.numbers)) for row in served.all(Posting)) == [
        (word, block, len(numbers)) for word, block, numbers in before
    ]
    _is_right(served)


def test_of_two_that_read_the_same_one_writes(served: World) -> None:
    step = served.see(read_step)
    assert step is not None
    assert served.do(None, take_step, step) is True
    assert served.do(None, take_step, step) is False
    served.index()
    assert served.see(read_step) is None
    _is_right(served)


def test_nobody_is_behind_when_all_is_noted_and_workspaces_share_nothing(served: World) -> None:
    other = make_world(served.units, "Other")
    other.write(other.visitor("Grace"), "Where is my parcel?")
    nobody = Actor("system", "")
    assert set(served.units.read_now(nobody, behind)) == {served.workspace_id, other.workspace_id}
    other.index()
    served.index()
    assert served.units.read_now(nobody, behind) == []
    assert _found(other, "parcel") == []
    _is_right(served)


def test_a_running_server_finds_what_was_said_a_moment_ago(running: Running) -> None:
    admin = running.set_up()
    key = admin.get("/api/channels").json()[0]["public_key"]
    visitor = running.client(running.client().post(f"/api/webchat/{key}/visitors", json={}).json()["token"])
    said = visitor.post("/api/webchat/messages", json={"id": "0123456789", "text": "請問退貨"}).json()
    asked = {"view": "any", "q": "退貨"}
    while not (found := admin.get("/api/conversations", params=asked).json()["items"]):
        time.sleep(0.05)
    assert [row["id"] for row in found] == [said["conversation_id"]]


def test_words_that_are_deleted_from_the_notes_are_found_no_more(world: World) -> None:
    agent = world.agent()
    talk = world.write(world.visitor(), "The kettle leaks").conversation_id
    world.answer(agent, talk)
    (record,) = world.records()

    def noted(text: str) -> None:
        world.do(agent, lambda tx: records.edit(tx, record.id, None, notes=text).id)
        world.index()

    def found(text: str) -> list[str]:
        return world.see(lambda tx: [row.id for row in listing.page(tx, listing.Filters(text=text), 9).rows])

    noted("Kettle sent to the workshop 退貨")
    assert found("workshop") == found("退貨") == [record.id]
    noted("Sent back")
    assert found("workshop") == found("退貨") == []
    assert found("sent") == found("kettle") == [record.id]  # the one is still noted, the other was said
    noted("To the workshop again")
    assert found("workshop") == [record.id]
    noted("")
    assert found("workshop") == []
    assert found("kettle leaks") == [record.id]
