"""Whoever says which team serves, and however flaky they are: nothing is lost, nothing twice, and the facts explain it all."""

import json
from pathlib import Path

import msgspec
import pytest

from bench.deciding import replay_decided
from helpline.app.settings import Settings
from tests.ports import free_port

TURNS = [["customer", "Hello?"], ["agent", "Yes?"], ["customer", "My parcel 包裹"], ["agent", "Is on its way."]]


@pytest.mark.parametrize("policy", ["contact_chooses_team", "business_server"])
def test_nothing_is_lost_when_others_decide_and_the_server_is_killed(
    settings: Settings, tmp_path: Path, policy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HELPLINE_MAY_CALL", "")
    file = tmp_path / "dialogues.jsonl"
    dialogues = [{"id": f"d{number}", "reason": "parcel", "turns": TURNS} for number in range(20)]
    file.write_text("\n".join(map(json.dumps, dialogues)))
    own = msgspec.structs.replace(settings, port=free_port())
    told = replay_decided(own, file, policy, kills=1, concurrency=5, agents=2)
    assert [told[name] for name in ("failed", "lost", "duplicated", "out_of_order", "holes")] == [0, 0, 0, 0, 0]
    assert [told[name] for name in ("undecided", "decided_twice")] == [0, 0], told
    assert told["asked_about"] == sum(told["how"].values()) >= 20
    assert told["ok"]
