"""Files that come along with lines: sent with a message, or yet to be sent from a draft."""

from typing import Any

from helpline.app.sweeping import discard_unsent
from helpline.conversations import Conversation
from helpline.drafts import actions as drafts
from helpline.files import File, FileState
from helpline.interchange.bringing import Bringing, importer
from helpline.interchange.entries import Stored
from helpline.interchange.reading import portions
from tests.clock import Clock
from tests.interchange.bring import TALK, outcomes, raw_lines
from tests.make import World

SCAN, PHOTO = {"name": "scan.png", "path": "1"}, {"name": "photo.png", "path": "2"}
BESIDE = {
    one["path"]: Stored(one["path"] * 36, one["name"], "image/png", 5, f"/files/{one['path']}") for one in (SCAN, PHOTO)
}
TEXTS: dict[str, Any] = {**TALK, "contact": None, "record": None, "messages": [TALK["messages"][0]]}


def _bring(world: World, *lines: Any) -> list[str]:
    bringing = Bringing(world.units, importer(world.workspace_id), files_of=lambda _: BESIDE)
    return outcomes([told for portion in portions([raw_lines(*lines)]) for told in bringing.take_in(portion)])


def _states(world: World) -> dict[str, str]:
    return {file.name: file.state for file in world.all(File)}


def test_a_file_of_a_draft_goes_with_the_draft_and_stays_when_it_was_sent(world: World, clock: Clock) -> None:
    world.agent("Bo", ready=False)
    draft = {"type": "draft", "conversation": "t-1", "agent": "Bo", "files": [SCAN, PHOTO]}
    sent = {"type": "message", "conversation": "t-1", "id": "m-2", "at": "2025-03-07T09:00:00Z", "files": [PHOTO]}
    assert _bring(world, TEXTS, draft) == ["new", "new"]
    assert _states(world) == {"scan.png": FileState.UPLOADED, "photo.png": FileState.UPLOADED}
    assert _bring(world, sent) == ["new"]
    clock.advance(3 * 86_400)
    world.do(None, lambda tx: len(discard_unsent(tx)))
    assert _states(world) == {"scan.png": FileState.UPLOADED, "photo.png": FileState.SENT}
    bo = next(agent for agent in world.agents.values())
    talk = world.all(Conversation)[0].id
    world.do(bo, drafts.discard, talk)
    world.do(None, lambda tx: len(discard_unsent(tx)))
    assert _states(world) == {"scan.png": FileState.DISCARDED, "photo.png": FileState.SENT}


def test_a_file_without_a_text_is_the_last_line_of_its_conversation(world: World) -> None:
    late = {"type": "message", "conversation": "t-1", "id": "m-2", "at": "2025-03-07T09:00:00Z", "files": [SCAN]}
    assert _bring(world, TEXTS, {"type": "contact", "id": "c", "name": "C"}, late) == ["new", "new", "new"]
    [row] = world.all(Conversation)
    assert (row.last_text, row.last_at.day) == ("scan.png", 7)
