"""Does anything get lost when others say which team serves? ``helpline replay`` plays; contacts choose, or a server is asked.

    python -m bench.deciding FILE.jsonl.gz --policy contact_chooses_team|business_server [--kills 5] [--database sqlite|postgresql]

The server is a flaky one: a tenth of its calls it never answers, a tenth it answers with an error, and the others name a team,
agents, or both. Nodes are killed along the way as in ``bench.kills``. Printed are the replay's own figures, how conversations were
decided, and how often the server was asked. The exit code is 0 only when nothing is lost or twice, and each was decided once.
"""

import argparse
import json
import os
import random
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import msgspec
from sqlalchemy import select

from helpline.app.consequences import CONSEQUENCES
from helpline.app.settings import Settings
from helpline.core import Actor, Tx, Units
from helpline.core.facts import FactRow
from tests.make import World
from tests.scenarios.invariants import Invariants

from .kills import EMAIL, PASSWORD, Blow, replay_with
from .serving import DATABASES, fresh
from .victims import Victim

TEAMS = ("Orders", "Repairs", "Accounts")


class Flaky(ThreadingHTTPServer):
    """The business's server, with bad days."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.url = f"http://127.0.0.1:{self.server_address[1]}/"
        self.over = threading.Event()
        self.did: Counter[str] = Counter()
        self.teams: list[str] = []
        self.agents: list[str] = []

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever asked went away: they were killed, or had waited long enough."""


class _Answering(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        flaky: Any = self.server
        self.rfile.read(int(self.headers["content-length"]))
        mood = random.random()
        if mood < 0.1:
            flaky.did["kept waiting"] += 1
            flaky.over.wait(30)
            return
        if mood < 0.2:
            flaky.did["refused"] += 1
            self.send_error(500)
            return
        flaky.did["answered"] += 1
        team, agents = random.choice(flaky.teams), random.sample(flaky.agents, min(3, len(flaky.agents)))
        said = random.choice([{"team_id": team}, {"agent_ids": agents}, {"team_id": team, "agent_ids": agents}])
        body = json.dumps(said).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def flaky_server() -> Iterator[Flaky]:
    """It listens, until the end of the block."""
    server = Flaky()
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield server
    server.over.set()
    server.shutdown()
    thread.join()
    server.server_close()


def replay_decided(
    settings: Settings, file: Path, policy: str, *, kills: int, concurrency: int = 50, agents: int = 8
) -> dict[str, Any]:
    """The summary of a replay under this policy, with how the conversations were decided."""
    os.environ["HELPLINE_MAY_CALL"] = "127.0.0.1"
    with flaky_server() as server:
        victim = Victim(settings)
        with httpx.Client(base_url=victim.url) as admin:
            workspace_id = _furnish(admin, policy, server, agents)
        blows = [Blow("node 1", victim.restart)] * kills
        told = replay_with([victim], file, blows, concurrency=concurrency, agents=agents, patience=300)
    units = Units(settings.url, CONSEQUENCES)
    try:
        decided = units.read_now(Actor.system(workspace_id), _decided)
        Invariants(World(units, workspace_id, "", "", "")).check()  # among them, that the facts explain every row
    finally:
        units.close()
    told |= {"policy": policy, "workspace_id": workspace_id, "asked": dict(server.did), **decided}
    told["ok"] = told["ok"] and decided["undecided"] == 0 and decided["decided_twice"] == 0
    return told


def _furnish(admin: httpx.Client, policy: str, server: Flaky, agents: int) -> str:
    first = {"workspace_name": "Replay", "name": "Replay", "email": EMAIL, "password": PASSWORD}
    session = admin.post("/api/setup", json=first).raise_for_status().json()
    admin.headers["x-csrf-token"] = session["csrf"]
    server.teams = [admin.post("/api/teams", json={"name": name}).raise_for_status().json()["id"] for name in TEAMS]
    for number in range(1, agents + 1):  # whom the replay finds there, and has work; and as many who never come
        for name in (f"replay-agent-{number}", f"away-{number}"):
            somebody = {"name": name, "email": f"{name}@replay.invalid", "password": PASSWORD}
            server.agents.append(admin.post("/api/agents", json=somebody).raise_for_status().json()["id"])
    allocation: dict[str, Any] = {"policy": policy, "server_url": server.url, "server_timeout": 1}
    admin.patch("/api/session-settings", json={"version": 0, "allocation": allocation}).raise_for_status()
    return str(session["workspace"]["id"])


def _decided(tx: Tx) -> dict[str, Any]:
    """How each conversation that was asked about was decided, as the facts tell it."""
    rows = select(FactRow.topic, FactRow.subject_id, FactRow.payload).where(FactRow.workspace_id == tx.workspace_id)
    asked: set[str] = set()
    times: Counter[str] = Counter()
    how: Counter[str] = Counter()
    for row in tx.execute(rows.where(FactRow.topic.like("conversation.%decided"))):
        if row.topic == "conversation.undecided":
            asked.add(row.subject_id)
        else:
            times[row.subject_id] += 1
            how[" ".join(filter(None, (row.payload["by"], row.payload["why"])))] += 1
    return {
        "asked_about": len(asked),
        "undecided": len(asked - times.keys()),
        "decided_twice": sum(many > 1 for many in times.values()),
        "how": dict(how),
    }


def main() -> None:
    """Replay, kill, print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("file", type=Path)
    asked.add_argument("--policy", choices=["contact_chooses_team", "business_server"], required=True)
    asked.add_argument("--kills", type=int, default=5)
    asked.add_argument("--database", choices=DATABASES, default="sqlite")
    asked.add_argument("--port", type=int, default=8121)
    given = asked.parse_args()
    with fresh(given.database) as settings:
        own = msgspec.structs.replace(settings, port=given.port)
        told = replay_decided(own, given.file, given.policy, kills=given.kills)
    print(json.dumps(told))
    sys.exit(0 if told["ok"] else 1)


if __name__ == "__main__":
    main()
