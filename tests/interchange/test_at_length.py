"""Long conversations come in part by part, and whole all the same."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from helpline.app.care.doctor import CHECKS
from helpline.conversations import Conversation, Message
from helpline.interchange import reading
from helpline.interchange.actions import take_in
from helpline.interchange.at_length import PART, write_next
from helpline.interchange.bringing import Bringing, importer
from helpline.interchange.errors import BrokenOff, ConversationTooLong
from helpline.interchange.lines import decode
from helpline.interchange.reading import Most, Reader
from tests.interchange.bring import bring, empty_world, outcomes, raw_lines, written
from tests.interchange.bring import take_in as take_in_all
from tests.make import World
from tests.scenarios.invariants import Invariants

BEGAN = datetime(2025, 3, 4, 9, tzinfo=UTC)
MANY = 2 * PART + 40


def _talk(world: World) -> dict[str, Any]:
    said: list[dict[str, Any]] = [{"text": f"No {n}"} for n in range(MANY)]
    for n, one in enumerate(said):
        one |= {"at": (BEGAN + timedelta(seconds=n)).isoformat(), "id": str(n)}
        one |= {"by": "agent", "agent": "Bo"} if n % 2 else {}
    said[MANY - 1] |= {"visibility": "internal", "mentions": [{"agent": "Bo"}, {"agent": "Cy"}]}
    over = (BEGAN + timedelta(seconds=MANY)).isoformat()
    talk = {"type": "conversation", "id": "t", "channel": "Web chat", "closed_at": over}
    return {**talk, "messages": said, "record": {"notes": "Long"}}


@pytest.fixture
def peopled(world: World) -> World:
    world.agent("Bo", ready=False)
    world.agent("Cy", ready=False, teams=[])
    return world


def _is_whole(world: World) -> None:
    [row] = world.all(Conversation)
    said = sorted(world.all(Message), key=lambda one: one.seq)
    assert [one.seq for one in said] == list(range(1, MANY + 4))
    assert (row.last_seq, len(row.mentioned)) == (MANY + 3, 1)
    assert [one.text for one in said if not one.event] == [f"No {n}" for n in range(MANY)]
    assert [found for check in CHECKS for found in world.see(lambda tx, check=check: list(check(tx)))] == []
    Invariants(world).check()


def test_a_long_conversation_is_written_in_units_of_some_and_is_whole(peopled: World) -> None:
    units: list[int] = []
    between = lambda: units.append(len(peopled.all(Message)))  # noqa: E731
    bringing = Bringing(peopled.units, importer(peopled.workspace_id), between=between)
    [portion] = reading.portions([raw_lines(_talk(peopled))])
    assert outcomes(bringing.take_in(portion)) == ["new"]
    assert units == [PART, 2 * PART]
    _is_whole(peopled)
    assert outcomes(bring(peopled, _talk(peopled))) == ["unchanged"]


@pytest.mark.parametrize("parts", [0, 1, 2])
def test_an_import_that_broke_off_in_the_midst_of_one_goes_on_where_it_stood(peopled: World, parts: int) -> None:
    talk = _talk(peopled)
    line, actor = decode(json.dumps(talk).encode()), importer(peopled.workspace_id)
    _, [rest] = peopled.do(actor, take_in, [line], {}, create_missing=False)
    ends = [peopled.do(actor, write_next, rest) for _ in range(parts)]
    assert ends == [False, True][:parts]
    told = bring(peopled, {**talk, "page": "https://acme.example/"})
    assert [one.code or None for one in told] == ([BrokenOff.code()] if parts < 2 else [None])
    if parts == 2:
        return
    assert outcomes(bring(peopled, talk)) == ["new"]
    _is_whole(peopled)
    assert outcomes(bring(peopled, talk, {**talk, "page": "https://acme.example/"})) == ["unchanged", "changed"]


def test_a_long_conversation_lives_on_elsewhere_line_by_line_the_same(peopled: World) -> None:
    bring(peopled, _talk(peopled))
    lines = written(peopled)
    other = empty_world(peopled.units, "ada@acme.example")
    assert set(outcomes(take_in_all(other, lines))) <= {"new", "changed", "unchanged"}
    assert written(other).splitlines() == lines.splitlines()


@pytest.mark.parametrize("most", [Most(3, 10_000), Most(1000, 400)], ids=["messages", "bytes"])
def test_a_conversation_with_too_many_messages_is_refused_whole_and_the_next_goes_in(world: World, most: Most) -> None:
    talk = {"type": "conversation", "id": "t", "channel": "Web chat"}
    said = [
        {"type": "message", "conversation": "t", "id": str(n), "at": BEGAN.isoformat(), "text": "x"} for n in range(6)
    ]
    short = {"type": "contact", "id": "c", "name": "Niamh"}
    reader, bringing = Reader(most), Bringing(world.units, importer(world.workspace_id))
    portions = [*reader.feed(raw_lines(talk, *said, short)), *reader.end()]
    told = [line for portion in portions for line in bringing.take_in(portion)]
    assert [line.line for line in told] == list(range(1, 9))
    assert outcomes(told) == ["refused"] * 7 + ["new"]
    assert {line.code for line in told[:7]} == {ConversationTooLong.code()}
    assert world.all(Conversation) == []
