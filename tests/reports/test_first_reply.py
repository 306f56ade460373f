"""First-reply times, computed from facts."""

import csv
import json
from pathlib import Path

import httpx
import pytest

from bench.past import SHARED, lines, waits
from helpline.app.replay.dialogues import Dialogue, read
from helpline.conversations import Conversation, Message
from helpline.core.facts import FactRow
from helpline.reports import first_reply, rows_file
from helpline.reports.first_reply import FirstReply, Span, figures
from tests.clock import Clock
from tests.interchange.bring import bring, outcomes
from tests.make import World
from tests.running import Running


def _generated(count: int) -> list[Dialogue]:
    turns = [
        ("customer", "Hi"),
        ("customer", "Anybody?"),
        ("action", "Looks it up"),
        ("agent", "Hello"),
        ("agent", "…"),
    ]
    return [Dialogue(id=f"d-{n}", reason=f"Reason {n % 7}", turns=turns[: 2 + n % 4]) for n in range(count)]  # type: ignore[arg-type]


EVER = Span()


def _replies(world: World, span: Span = EVER) -> list[FirstReply]:
    return world.see(lambda tx: list(first_reply.replies(tx, span)))


@pytest.mark.parametrize("source", ["generated", "shared"])
def test_an_imported_past_counts_once_and_its_first_replies_are_those_of_the_file(world: World, source: str) -> None:
    if source == "shared" and not SHARED.exists():
        pytest.skip("the shared dialogues are not here")
    told = list(lines(_generated(40), days=5) if source == "generated" else lines(read(SHARED)[::10], days=2))
    assert outcomes(bring(world, *told, create_missing=True)) == ["new"] * len(told)
    assert sorted(one.seconds for one in _replies(world)) == waits(told)
    rows = {model: len(world.all(model)) for model in (Conversation, Message, FactRow)}
    assert outcomes(bring(world, *told, create_missing=True)) == ["unchanged"] * len(told)
    assert {model: len(world.all(model)) for model in (Conversation, Message, FactRow)} == rows
    assert sorted(one.seconds for one in _replies(world)) == waits(told)


def test_a_wait_goes_from_the_first_message_to_the_first_answer_and_not_to_a_note(world: World, clock: Clock) -> None:
    agent = world.agent()
    talk = world.write(world.visitor()).conversation_id
    clock.advance(5)
    world.answer(agent, talk, "thinking", visibility="internal")
    clock.advance(7)
    world.answer(agent, talk)
    clock.advance(60)
    world.answer(agent, talk, "and another")
    [reply] = _replies(world)
    assert (reply.conversation_id, reply.agent_id, round(reply.seconds, 3)) == (talk, agent.id, 12.0)


def test_a_span_counts_the_answers_that_were_given_in_it(world: World, clock: Clock) -> None:
    agent = world.agent()
    early = world.write(world.visitor()).conversation_id
    world.answer(agent, early)
    clock.advance(3600)
    middle = clock.now
    late = world.write(world.visitor()).conversation_id
    world.answer(agent, late)
    assert [one.conversation_id for one in _replies(world, Span(before=middle))] == [early]
    assert [one.conversation_id for one in _replies(world, Span(since=middle))] == [late]
    assert _replies(world, Span(agent_id="nobody")) == []
    assert len(_replies(world, Span(agent_id=agent.id))) == 2


def test_rows_come_in_pages_without_gap_or_overlap(world: World) -> None:
    agent = world.agent(limit=20)
    talks = [world.write(world.visitor()).conversation_id for _ in range(7)]
    for talk in talks:
        world.answer(agent, talk)
    found, after = [], None
    while True:
        rows, after = world.see(lambda tx, after=after: first_reply.page(tx, Span(), 3, after))
        found += [row.conversation_id for row in rows]
        if after is None:
            break
    assert found == talks


@pytest.mark.parametrize(
    ("waits", "expected"),
    [
        ([], (0, 0.0, 0.0, 0.0, 0.0)),
        ([4.0], (1, 4.0, 4.0, 4.0, 4.0)),
        ([3.0, 1.0], (2, 2.0, 1.0, 3.0, 3.0)),
        ([float(n) for n in range(10, 0, -1)], (10, 5.5, 5.0, 9.0, 10.0)),
    ],
)
def test_a_percentile_is_a_value_that_occurred(waits: list[float], expected: tuple[float, ...]) -> None:
    found = figures(waits)
    assert (found.count, found.mean, found.p50, found.p90, found.longest) == expected


@pytest.fixture
def admin(running: Running) -> httpx.Client:
    return running.set_up()


def test_the_report_counts_by_day_of_the_workspace_and_by_agent_and_shows_its_rows(
    running: Running, admin: httpx.Client, tmp_path: Path
) -> None:
    talk = {"type": "conversation", "channel": "Web chat", "agent": "ada@example.com"}
    one = {**talk, "id": "1", "messages": _said("2025-03-04T22:59:00Z", "2025-03-04T23:30:00Z")}
    two = {**talk, "id": "2", "messages": _said("2025-03-05T09:00:00Z", "2025-03-05T09:00:10.5Z")}
    body = "\n".join(json.dumps(line) for line in (one, two))
    assert admin.post("/api/import", content=body).text.count('"new"') == 2
    days = admin.get("/api/reports/first-reply").json()
    assert [(group["key"], group["seconds"]["p50"]) for group in days["groups"]] == [
        ("2025-03-04", 1860.0),
        ("2025-03-05", 10.5),
    ]
    assert days["total"] == {"count": 2, "mean": 935.25, "p50": 10.5, "p90": 1860.0, "longest": 1860.0}
    admin.patch("/api/workspace", json={"timezone": "Asia/Taipei"})
    taipei = admin.get("/api/reports/first-reply").json()
    assert (taipei["timezone"], [group["key"] for group in taipei["groups"]]) == ("Asia/Taipei", ["2025-03-05"])
    [ada] = admin.get("/api/reports/first-reply", params={"by": "agent"}).json()["groups"]
    assert (ada["name"], ada["seconds"]["count"]) == ("Ada", 2)
    rows = admin.get("/api/reports/first-reply/rows", params={"since": "2025-03-05T00:00:00Z"}).json()["items"]
    assert [row["seconds"] for row in rows] == [10.5]


def test_the_rows_are_a_file_that_a_spreadsheet_does_not_run(
    admin: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows_file, "AT_ONCE", 2)
    ada = admin.get("/api/session").json()["agent"]["id"]
    admin.patch(f"/api/agents/{ada}", json={"name": '=HYPERLINK("http://evil.example")'}).raise_for_status()
    talk = {"type": "conversation", "channel": "Web chat", "agent": "ada@example.com"}
    asked = [
        {**talk, "id": str(n), "messages": _said(f"2025-03-0{n}T09:00:00Z", f"2025-03-0{n}T09:00:10.5Z")}
        for n in range(1, 6)
    ]
    assert admin.post("/api/import", content="\n".join(map(json.dumps, asked))).text.count('"new"') == 5
    whole = admin.get("/api/reports/first-reply/export")
    assert whole.headers["content-disposition"] == 'attachment; filename="first-replies.csv"'
    rows = list(csv.DictReader(whole.content.decode("utf-8-sig").splitlines()))
    assert [row["seconds"] for row in rows] == ["10.5"] * 5
    assert {row["agent"] for row in rows} == {'\'=HYPERLINK("http://evil.example")'}
    since = {"since": "2025-03-04T00:00:00Z", "format": "jsonl"}
    lines = admin.get("/api/reports/first-reply/export", params=since).text.splitlines()
    assert [json.loads(line)["answered_at"][:10] for line in lines] == ["2025-03-04", "2025-03-05"]
    assert admin.get("/api/reports/first-reply/export", params={"format": "xlsx"}).status_code == 400


def _said(asked: str, answered: str) -> list[dict[str, str]]:
    return [{"at": asked, "text": "?"}, {"at": answered, "by": "agent", "text": "!"}]
