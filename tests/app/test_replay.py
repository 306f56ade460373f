"""``helpline replay`` against a running server."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from helpline.app.cli.main import main
from tests.running import PASSWORD, Running

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


def test_a_dialogue_that_nobody_serves_is_given_up_and_told(
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
