"""A backup that is taken in the middle of the work is whole."""

import json
from pathlib import Path

import msgspec
import pytest

from bench.restored import restored_from_the_middle
from helpline.app.settings import Settings
from tests.ports import free_port
from tests.scenarios.test_kills import TURNS


def test_the_doctor_finds_nothing_in_what_was_restored_nor_after_a_start(
    settings: Settings, database: str, tmp_path: Path
) -> None:
    if database != "sqlite":
        pytest.skip("a server's database is backed up with its own tools")
    file = tmp_path / "dialogues.jsonl"
    dialogues = [{"id": f"d{number}", "reason": "parcel", "turns": TURNS} for number in range(12)]
    file.write_text("\n".join(map(json.dumps, dialogues)))
    here = msgspec.structs.replace(settings, port=free_port())
    told = restored_from_the_middle(here, file, tmp_path, concurrency=4, agents=2, patience=60)
    assert told["replay_ok"]
    assert 6 <= told["backup_after_dialogues"] < 12
    assert (told["findings_when_restored"], told["findings_after_a_start"]) == ([], [])
