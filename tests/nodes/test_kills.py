"""Dialogues spread over two nodes, while nodes and Redis are killed: nothing is lost, doubled or out of order."""

import gzip
import json
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import pytest

from bench.kills import replay_with_kills
from bench.redis_server import RedisServer
from helpline.app.settings import Settings
from tests.ports import free_port

REAL = Path(__file__).parents[3] / "shared" / "data" / "dialogues-500.jsonl.gz"
MANY = 30
TURNS = [["customer", "Hello?"], ["agent", "Here I am. 您好"], ["action", "looked it up"], ["customer", "Thanks!"]]


def _play(file: Path, shared: Settings, redis: RedisServer) -> dict[str, Any]:
    settings = msgspec.structs.replace(shared, redis=redis.url)
    nodes = [msgspec.structs.replace(settings, port=free_port()) for _ in range(2)]
    return replay_with_kills(nodes, file, kills=1, redis=redis, concurrency=6, agents=4, patience=300)


def _check(told: dict[str, Any]) -> None:
    assert [blow["killed"] for blow in told["kills"]] == ["node 2", "redis"]
    assert told["reconnects"] > 0
    assert told["failures"] == []
    assert [told[name] for name in ("failed", "lost", "duplicated", "out_of_order", "holes")] == [0, 0, 0, 0, 0]
    assert told["records_completed"] == told["records_expected"] == MANY
    assert told["ok"]


@pytest.mark.timeout(600)
def test_generated_dialogues_over_two_nodes(shared: Settings, redis: RedisServer, tmp_path: Path) -> None:
    file = tmp_path / "dialogues.jsonl"
    dialogues = [{"id": f"d{number}", "reason": "parcel", "turns": TURNS * 2} for number in range(MANY)]
    file.write_text("\n".join(map(json.dumps, dialogues)))
    told = _play(file, shared, redis)
    _check(told)
    assert told["messages_sent"] == told["messages_received"] == MANY * len(TURNS) * 2


@pytest.mark.timeout(600)
@pytest.mark.skipif(not REAL.exists(), reason="the real dialogues are not here")
def test_real_dialogues_over_two_nodes(shared: Settings, redis: RedisServer, tmp_path: Path) -> None:
    file = tmp_path / "dialogues.jsonl"
    with gzip.open(REAL, "rt") as lines:
        answered = (line for line in lines if any(side == "agent" for side, _ in json.loads(line)["turns"]))
        file.write_text("".join(islice(answered, MANY)))
    _check(_play(file, shared, redis))
