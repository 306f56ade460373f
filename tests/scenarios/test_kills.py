"""Nothing that was acknowledged is lost, and nothing happens twice, although the server is killed in the middle of the work."""

import json
from pathlib import Path

import msgspec

from bench.kills import replay_with_kills
from helpline.app.settings import Settings
from tests.ports import free_port

TURNS = [
    ["customer", "Hello, my parcel did not arrive."],
    ["action", "looked the order up"],
    ["agent", "I am sorry. I have sent another one."],
    ["customer", "When will it be here? 什麼時候到？"],
    ["agent", "On Friday."],
    ["agent", "Anything else?"],
    ["customer", "No."],
    ["customer", "Thanks!"],
]


def test_nothing_is_lost_when_the_server_is_killed(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "dialogues.jsonl"
    dialogues = [{"id": f"d{number}", "reason": "parcel", "turns": TURNS} for number in range(12)]
    file.write_text("\n".join(map(json.dumps, dialogues)))
    told = replay_with_kills(
        [msgspec.structs.replace(settings, port=free_port())], file, kills=2, concurrency=4, agents=2, patience=60
    )
    assert len(told["kills"]) == 2
    assert told["reconnects"] > 0
    assert [told[name] for name in ("failed", "lost", "duplicated", "out_of_order", "holes")] == [0, 0, 0, 0, 0]
    assert told["messages_sent"] == told["messages_received"] == 12 * len(TURNS)
    assert [told["records_completed"], told["wrong_reason"], told["wrong_result"]] == [12, 0, 0]
    assert told["ok"]
