"""What was uploaded and never sent goes after a day, bytes and row; what was sent, or stands in a draft, stays."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from helpline.app import sweeping
from helpline.app.sweeping import discard_unsent, sweep
from helpline.core import Actor, Units, new_id
from helpline.drafts import actions as drafts
from helpline.drafts.shapes import DraftIn
from helpline.files import File, FileState
from helpline.files.actions import StorageFull, UnknownFile, discard, take_in
from helpline.files.storage import Storage
from helpline.people import Workspace
from helpline.people.workspace import change_workspace
from helpline.webchat import actions as webchat
from helpline.webchat.shapes import VisitorMessageIn
from tests.clock import Clock
from tests.make import World, make_world

DAY = timedelta(days=1, minutes=1).total_seconds()


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return Storage(tmp_path / "files")


def _upload(world: World, actor: Actor, storage: Storage, content: bytes = b"hello") -> str:
    id = new_id()

    def add(tx: object) -> str:
        file = File(workspace_id=world.workspace_id, id=id, name="a.txt", media_type="text/plain", size=len(content))
        file.url = f"/files/{id}"
        return take_in(tx, file).id  # type: ignore[arg-type]

    world.do(actor, add)
    storage.save(world.workspace_id, id, content)
    return id


def _sweep(world: World, storage: Storage) -> int:
    return asyncio.run(sweep(world.units, storage))


def _there(world: World, storage: Storage) -> set[str]:
    return {id for file in world.all(File) if storage.path(world.workspace_id, id := file.id).exists()}


def test_what_nobody_sent_is_gone_after_a_day(world: World, clock: Clock, storage: Storage) -> None:
    agent, conversation = world.agent(), world.write(world.visitor()).conversation_id
    sent, noted, unsent = (_upload(world, agent, storage) for _ in range(3))
    world.answer(agent, conversation, file_ids=[sent])
    world.answer(agent, conversation, visibility="internal", file_ids=[noted])
    assert _sweep(world, storage) == 0
    clock.advance(DAY)
    young = _upload(world, agent, storage)
    assert _sweep(world, storage) == 1
    assert _there(world, storage) == {sent, noted, young}
    assert not storage.path(world.workspace_id, unsent).exists()
    assert {file.id for file in world.all(File)} == {sent, noted, young}


def test_what_a_visitor_sent_stays(world: World, clock: Clock, storage: Storage) -> None:
    visitor = world.visitor()
    sent, _ = _upload(world, visitor, storage), _upload(world, visitor, storage)
    chat = world.see(webchat.open_channel, channel_id=visitor.channel_id)
    world.do(visitor, webchat.write, chat, VisitorMessageIn(id=new_id(), text="", file_ids=[sent]))
    clock.advance(DAY)
    assert _sweep(world, storage) == 1
    assert _there(world, storage) == {sent}


def test_a_file_in_a_draft_stays_as_long_as_the_draft(world: World, clock: Clock, storage: Storage) -> None:
    agent, conversation = world.agent(), world.write(world.visitor()).conversation_id
    file = _upload(world, agent, storage)
    world.do(agent, lambda tx: drafts.save(tx, conversation, DraftIn(text="see", version=0, file_ids=[file])).id)
    clock.advance(3 * DAY)
    assert _sweep(world, storage) == 0
    world.do(agent, drafts.discard, conversation)
    assert _sweep(world, storage) == 1
    assert _there(world, storage) == set()


def test_a_sweep_that_was_killed_is_finished_by_the_next(world: World, clock: Clock, storage: Storage) -> None:
    agent, conversation = world.agent(), world.write(world.visitor()).conversation_id
    before, after = _upload(world, agent, storage), _upload(world, agent, storage)
    clock.advance(DAY)
    due = world.do(None, discard_unsent)
    assert set(due) == {before, after}
    storage.remove(world.workspace_id, [before])  # and here the power went
    with pytest.raises(UnknownFile):
        world.answer(agent, conversation, file_ids=[after])
    assert _sweep(world, storage) == 2
    assert world.all(File) == []
    assert not storage.path(world.workspace_id, after).exists()


def test_an_upload_that_was_killed_leaves_nothing_for_good(world: World, clock: Clock, storage: Storage) -> None:
    file = _upload(world, world.agent(), storage)
    path = storage.path(world.workspace_id, file)
    path.rename(path.with_suffix(".part"))  # not whole yet when the power went
    clock.advance(DAY)
    assert _sweep(world, storage) == 1
    assert not path.with_suffix(".part").exists()


def test_what_is_sent_at_the_last_moment_is_not_discarded(world: World, storage: Storage) -> None:
    agent, conversation = world.agent(), world.write(world.visitor()).conversation_id
    file = _upload(world, agent, storage)
    world.answer(agent, conversation, file_ids=[file])
    world.do(None, discard, [file])
    assert [row.state for row in world.all(File)] == [FileState.SENT]


def test_no_more_is_taken_than_there_is_room_for(world: World, clock: Clock, storage: Storage) -> None:
    agent = world.agent()
    world.do(None, lambda tx: change_workspace(tx, storage_limit=10).id)
    _upload(world, agent, storage, b"123456")
    with pytest.raises(StorageFull):
        _upload(world, agent, storage, b"12345")
    _upload(world, agent, storage, b"1234")
    with pytest.raises(StorageFull):
        _upload(world, agent, storage, b"1")
    clock.advance(DAY)
    _sweep(world, storage)
    _upload(world, agent, storage, b"1234567890")
    world.do(None, lambda tx: change_workspace(tx, storage_limit=None).id)
    _upload(world, agent, storage, b"1")


def test_what_files_take_is_counted_as_they_come_and_go(world: World, clock: Clock, storage: Storage) -> None:
    used = lambda: world.see(lambda tx: tx.db.get_one(Workspace, tx.workspace_id).storage_used)  # noqa: E731
    agent, conversation = world.agent(), world.write(world.visitor()).conversation_id
    _upload(world, agent, storage, b"123")
    sent = _upload(world, agent, storage, b"12345")
    world.answer(agent, conversation, file_ids=[sent])
    assert used() == 8
    clock.advance(DAY)
    world.do(None, lambda tx: discard_unsent(tx))
    assert used() == 8  # its bytes are still there
    _sweep(world, storage)
    assert used() == 5


def test_what_visitors_do_not_send_leaves_most_of_the_room_to_others(
    world: World, clock: Clock, storage: Storage
) -> None:
    one, other, agent = world.visitor(), world.visitor(), world.agent()
    world.do(None, lambda tx: change_workspace(tx, storage_limit=40).id)
    sent = _upload(world, one, storage, b"123456789")
    with pytest.raises(StorageFull):
        _upload(world, other, storage, b"12")
    _upload(world, agent, storage, b"123456789012345")
    chat = world.see(webchat.open_channel, channel_id=one.channel_id)
    world.do(one, webchat.write, chat, VisitorMessageIn(id=new_id(), text="", file_ids=[sent]))
    _upload(world, other, storage, b"1234567890")


def test_what_cannot_be_deleted_holds_up_nobody(world: World, units: Units, clock: Clock, storage: Storage) -> None:
    other = make_world(units, "Other")
    stuck, *_ = files = [_upload(world, world.agent(), storage) for _ in range(3)]
    gone = _upload(other, other.agent(), storage)
    storage.path(world.workspace_id, stuck).unlink()
    storage.path(world.workspace_id, stuck).mkdir()
    clock.advance(DAY)
    assert _sweep(world, storage) == 3
    assert [file.id for file in world.all(File)] == [stuck]
    assert _there(world, storage) == {stuck}
    assert (other.all(File), storage.path(other.workspace_id, gone).exists()) == ([], False)
    assert not any(storage.path(world.workspace_id, id).exists() for id in files[1:])
    storage.path(world.workspace_id, stuck).rmdir()
    assert _sweep(world, storage) == 1


def test_more_than_are_thrown_away_at_once_all_go_but_those_in_drafts(
    world: World, clock: Clock, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "MOST_AT_ONCE", 2)
    agent, conversation = world.agent(), world.write(world.visitor()).conversation_id
    kept = [_upload(world, agent, storage) for _ in range(3)]
    world.do(agent, lambda tx: drafts.save(tx, conversation, DraftIn(text="see", version=0, file_ids=kept)).id)
    for _ in range(5):
        _upload(world, agent, storage)
    clock.advance(DAY)
    assert _sweep(world, storage) == 5
    assert {file.id for file in world.all(File)} == set(kept)
