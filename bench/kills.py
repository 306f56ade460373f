"""Does anything get lost when a server is killed in the middle of the work? ``helpline replay`` plays, this kills.

    python -m bench.kills FILE.jsonl.gz [--kills 5] [--database sqlite|postgresql] [--nodes 2]

A server is killed with SIGKILL at even distances of the replay and started again; the replay's own figures are printed with
the kills. With several nodes they share PostgreSQL and Redis, are killed in turn, and Redis is killed once too. The exit code is
0 only when everything is right in spite of it all.
"""

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from helpline.app.settings import Settings

from .redis_server import RedisServer
from .serving import DATABASES, HELPLINE, fresh
from .victims import Victim

EMAIL, PASSWORD = "ada@example.com", "a long enough password"
_PROGRESS = re.compile(r"(\d+) of (\d+) dialogues")


class Blow(NamedTuple):
    """What is killed and started again; ``strike`` gives the seconds until it is back."""

    of: str
    strike: Callable[[], float]


def replay_with_kills(
    nodes: list[Settings],
    file: Path,
    kills: int,
    *,
    redis: RedisServer | None = None,
    concurrency: int = 50,
    agents: int = 20,
    patience: float = 300,
) -> dict[str, Any]:
    """The summary of a replay spread over these nodes, with what they had to live through: so many kills, one of a node at a
    time, and (with ``redis``) one of Redis among them.
    """
    victims = [Victim(settings) for settings in nodes]
    told = replay_with(
        victims, file, _blows(victims, kills, redis), concurrency=concurrency, agents=agents, patience=patience
    )
    return {"database": "sqlite" if nodes[0].is_embedded else "postgresql", "nodes": len(nodes), **told}


def replay_with(
    victims: list[Victim], file: Path, blows: list[Blow], *, concurrency: int, agents: int, patience: float
) -> dict[str, Any]:
    """The summary of a replay with these blows, dealt at even distances. The nodes are stopped when it is over."""
    command = [HELPLINE, "replay", str(file), "--json", "--email", EMAIL, "--patience", str(patience)]
    command += [part for victim in victims for part in ("--url", victim.url)]
    command += ["--concurrency", str(concurrency), "--agents", str(agents)]
    environment = {**os.environ, "HELPLINE_REPLAY_PASSWORD": PASSWORD}
    with tempfile.TemporaryFile("w+") as printed:
        with subprocess.Popen(command, stdout=printed, stderr=subprocess.PIPE, text=True, env=environment) as playing:
            try:
                done = _kill_along(playing, blows)
                playing.wait()
            finally:
                playing.kill()
                for victim in victims:
                    victim.stop()
        printed.seek(0)
        summary = printed.read()
    if not summary:
        raise RuntimeError(f"the replay ended with code {playing.returncode} and no summary")
    return {"kills": done, **json.loads(summary)}


def _blows(victims: list[Victim], kills: int, redis: RedisServer | None) -> list[Blow]:
    """The nodes in turn, the last one first; Redis after the first of them."""
    struck = [victims[-1 - number % len(victims)] for number in range(kills)]
    blows = [Blow(f"node {victims.index(victim) + 1}", victim.restart) for victim in struck]
    return [*blows[:1], Blow("redis", redis.restart), *blows[1:]] if redis else blows


def _kill_along(playing: subprocess.Popen[str], blows: list[Blow]) -> list[dict[str, Any]]:
    """Follow what the replay says of its progress, and strike whenever a further part of it is done."""
    done: list[dict[str, Any]] = []
    assert playing.stderr is not None
    for line in playing.stderr:
        progress = _PROGRESS.search(line)
        if progress is None:
            sys.stderr.write(line)
            continue
        dialogues, total = map(int, progress.groups())
        many = len(blows)
        if len(done) < many and dialogues < total and dialogues * (many + 1) >= total * (len(done) + 1):
            time.sleep(random.uniform(0, 0.1))  # not always right after the end of a dialogue
            blow = blows[len(done)]
            seconds = round(blow.strike(), 2)
            done.append({"killed": blow.of, "after_dialogues": dialogues, "seconds_until_back": seconds})
    return done


def main() -> None:
    """Replay, kill, print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("file", type=Path)
    asked.add_argument("--kills", type=int, default=5)
    asked.add_argument("--database", choices=DATABASES, default="sqlite")
    asked.add_argument("--concurrency", type=int, default=50)
    asked.add_argument("--agents", type=int, default=20)
    asked.add_argument("--port", type=int, default=8121, help="of the first node; the others take the next ones")
    asked.add_argument("--nodes", type=int, default=1)
    given = asked.parse_args()
    with ExitStack() as open_:
        settings = open_.enter_context(fresh("postgresql" if given.nodes > 1 else given.database))
        redis = open_.enter_context(RedisServer()) if given.nodes > 1 else None
        shared = msgspec.structs.replace(settings, redis=redis.url if redis else "")
        nodes = [msgspec.structs.replace(shared, port=given.port + number) for number in range(given.nodes)]
        told = replay_with_kills(
            nodes, given.file, given.kills, redis=redis, concurrency=given.concurrency, agents=given.agents
        )
    print(json.dumps(told))
    sys.exit(0 if told["ok"] and len(told["kills"]) == given.kills + (given.nodes > 1) else 1)


if __name__ == "__main__":
    main()
