"""``helpline replay`` against a running server."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from rich.console import Console

from helpline.app.cli.main import main
from helpline.app.replay.dialogues import read
from helpline.app.replay.run import Wish
from helpline.app.replay.run import replay as run
from helpline.app.replay.summary import Summary
from tests.running import PASSWORD, PATIENCE, Running
from tests.scenarios.explained import Explained

DIALOGUES = [
    {
        "id": f"d{number}",
        "category": ["bank", "旅遊", None][number % 3],
        "reason": ["fraud", "多领域"][number % 2],
        "turns": [
            ["customer", "Hello?"],
            ["customer", f"Anybody there? 有人嗎 {number}"],
            ["action", "looked the account up"],
            ["agent", "Here I am."],
            ["agent", "What is it?"],
            ["customer", "  Nothing, thanks.  "],
        ],
    }
    for number in range(5)
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A dialogue file."""
    written = tmp_path / "dialogues.jsonl"
    written.write_text("\n".join(json.dumps(dialogue) for dialogue in DIALOGUES))
    return written


def replay(monkeypatch: pytest.MonkeyPatch, *arguments: Any) -> int:
    """The exit code of the command."""
    monkeypatch.setattr(sys, "argv", ["helpline", "replay", *map(str, arguments)])
    monkeypatch.setenv("HELPLINE_REPLAY_PASSWORD", PASSWORD)
    try:
        main()
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def test_a_fresh_installation_is_set_up_and_everything_arrives(
    running: Running, file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = (file, "--url", running.url, "--email", "ada@example.com", "--concurrency", 3, "--agents", 2, "--json")
    for _ in ("a new installation", "one that has been replayed on"):
        assert replay(monkeypatch, *given) == 0
        told = json.loads(capsys.readouterr().out)
        assert told["ok"]
        assert [told[name] for name in ("dialogues", "failed", "records_completed")] == [5, 0, 5]
        assert told["messages_sent"] == told["messages_received"] == 30
        assert [told[name] for name in ("lost", "duplicated", "out_of_order", "holes")] == [0, 0, 0, 0]
        assert told["latency_ms"]["p50"] > 0


def test_what_it_leaves_behind_is_real_and_nobody_stays_ready(
    running: Running, file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    client = running.set_up()
    assert replay(monkeypatch, file, "--url", running.url, "--email", "ada@example.com", "--agents", 2) == 0
    assert "5 of 5" in capsys.readouterr().out
    records = client.get("/api/records").json()["items"]
    headings = {row["id"]: row["label"] for row in client.get("/api/reasons").json() if row["parent_id"] is None}
    reasons = {row["id"]: row for row in client.get("/api/reasons").json()}
    found = {record["notes"]: reasons[record["reasons"][0]["id"]] for record in records}
    assert len(records) == len(found) == len(DIALOGUES)
    for dialogue in DIALOGUES:
        reason = found[f"Replay of {dialogue['id']}"]
        assert (headings[reason["parent_id"]], reason["label"]) == (dialogue["category"] or "Other", dialogue["reason"])
    simulated = [row for row in client.get("/api/agents").json() if row["email"].startswith("replay-agent-")]
    assert [row["availability"]["state"] for row in simulated] == ["offline", "offline"]
    assert client.get("/api/tokens").json() == []
    client.close()


def test_a_dialogue_without_an_answer_makes_no_record(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    unanswered = tmp_path / "unanswered.jsonl"
    unanswered.write_text(json.dumps({"id": "u", "reason": "none", "turns": [["customer", "Hello?"], ["action", "-"]]}))
    given = (unanswered, "--url", running.url, "--email", "ada@example.com", "--agents", 1, "--json")
    assert replay(monkeypatch, *given) == 0
    told = json.loads(capsys.readouterr().out)
    assert [told["messages_received"], told["records_expected"], told["records_completed"]] == [2, 0, 0]


def test_a_token_of_an_administrator_will_do(
    running: Running, file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    client = running.set_up()
    token = client.post("/api/tokens", json={"name": "mine"}).json()["token"]
    assert replay(monkeypatch, file, "--url", running.url, "--token", token, "--agents", 2, "--json") == 0
    assert json.loads(capsys.readouterr().out)["ok"]
    assert [row["name"] for row in client.get("/api/tokens").json()] == ["mine"]
    client.close()


async def _play_while_conversations_are_handed_on(url: str, file: Path, token: str) -> tuple[Summary, int]:
    """Every open conversation goes to the other agent, again and again, while its dialogue is played."""
    wish = Wish([url], concurrency=4, agents=2, patience=60, token=token)
    playing = asyncio.create_task(run(read(file), wish, Console(stderr=True)))
    handed_on = 0
    headers = {"authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(base_url=url, headers=headers, timeout=PATIENCE) as client:
        while not playing.done():
            agents = [row["id"] for row in (await client.get("/api/agents")).json() if "replay-agent-" in row["email"]]
            for row in (await client.get("/api/conversations", params={"view": "all"})).json()["items"]:
                for other in set(agents) - {row["agent_id"]} if row["agent_id"] else ():
                    path = f"/api/conversations/{row['id']}/transfer"
                    answer = await client.post(path, json={"agent_id": other, "note": "yours"})
                    handed_on += answer.status_code == 200
    return await playing, handed_on


def test_a_dialogue_goes_on_with_whoever_has_it_now(running: Running, tmp_path: Path) -> None:
    client = running.set_up()
    token = client.post("/api/tokens", json={"name": "mine"}).json()["token"]
    file = tmp_path / "long.jsonl"
    long = [{**dialogue, "turns": dialogue["turns"] * 4} for dialogue in DIALOGUES]  # type: ignore[operator]
    file.write_text("\n".join(map(json.dumps, long)))
    summary, handed_on = asyncio.run(_play_while_conversations_are_handed_on(running.url, file, token))
    assert handed_on > 0
    assert summary.is_right, summary
    assert summary.messages_received == 5 * 4 * 6
    client.close()


def test_a_dialogue_that_cannot_be_completed_is_given_up_and_told(
    running: Running, file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    client = running.set_up()
    category = client.get("/api/channel-categories").json()[0]["id"]
    client.patch(f"/api/channel-categories/{category}", json={"requires": ["contact"]}).raise_for_status()
    given = (file, "--url", running.url, "--email", "ada@example.com", "--agents", 2, "--json")
    assert replay(monkeypatch, *given) == 1
    told = json.loads(capsys.readouterr().out)
    assert [told["ok"], told["failed"], told["records_completed"], told["lost"]] == [False, 5, 0, 0]
    assert "record_incomplete" in told["failures"][0]
    assert "while completing the service record" in told["failures"][0]
    client.close()


def test_mistakes_are_told_in_a_sentence(
    running: Running, file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    running.set_up().close()

    def told(*arguments: Any) -> tuple[int, str]:
        code = replay(monkeypatch, *arguments)
        return code, " ".join(capsys.readouterr().err.split())

    here = ("--url", running.url)
    code, sentence = told(file, *here, "--email", "ada@example.com", "--password", "not the password")
    assert (code, "wrong_credentials" in sentence) == (1, True)
    code, sentence = told(file, "--url", "http://127.0.0.1:9", "--email", "ada@example.com")
    assert (code, "http://127.0.0.1:9 cannot be reached" in sentence) == (1, True)
    code, sentence = told(file, "--url", "localhost:8000", "--email", "ada@example.com")
    assert (code, "is not an address" in sentence) == (1, True)
    code, sentence = told(file.with_name("none.jsonl"), *here, "--email", "ada@example.com")
    assert (code, "cannot be read" in sentence) == (1, True)
    code, sentence = told(file, *here)
    assert (code, "Say who the administrator is" in sentence) == (1, True)
    code, sentence = told(file, *here, "--token", "hl_wrong")
    assert (code, "not_signed_in" in sentence) == (1, True)
    code, sentence = told(file, *here, "--concurrency", 0)
    assert (code, "concurrency" in sentence) == (2, True)


def test_nothing_is_lost_where_agents_are_offered_conversations_and_let_some_go_by(
    running: Running, tmp_path: Path
) -> None:
    admin = running.set_up()
    manual = {"version": 0, "service_mode": {"mode": "manual", "connect_within": 5}}
    assert admin.patch("/api/session-settings", json=manual).status_code == 200
    file = tmp_path / "dialogues.jsonl"
    many = [{**DIALOGUES[number % 5], "id": f"m{number}"} for number in range(12)]
    file.write_text("\n".join(map(json.dumps, many)))
    wish = Wish([running.url], 6, 3, 120, "ada@example.com", PASSWORD, misses=0.4)
    told = asyncio.run(run(read(file), wish, Console(quiet=True))).plain()
    assert told["ok"], told
    missed = 0
    for row in admin.get("/api/conversations", params={"view": "closed", "limit": 100}).json()["items"]:
        facts = admin.get(f"/api/conversations/{row['id']}/facts").json()
        talk = Explained()
        for fact in facts:
            talk.hear(fact["topic"], row["id"], fact["payload"])
        told_so = talk.talks[row["id"]]
        assert (told_so.state, told_so.agent_id, told_so.reason) == ("closed", row["agent_id"], row["close_reason"])
        missed += sum(fact["topic"] == "conversation.offer_ended" for fact in facts)
    assert missed
    admin.close()
