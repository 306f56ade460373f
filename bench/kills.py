"""Does anything get lost when the server is killed in the middle of the work? ``helpline replay`` plays, this kills.

    python -m bench.kills FILE.jsonl.gz [--kills 5] [--database sqlite|postgresql]

The server is killed with SIGKILL at even distances of the replay and started again; the replay's own figures are printed with
the kills. The exit code is 0 only when everything is right in spite of them.
"""

import argparse
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import msgspec

from helpline.app.settings import Settings

from .serving import DATABASES, HELPLINE, fresh, wait_until_healthy

EMAIL, PASSWORD = "ada@example.com", "a long enough password"
_PROGRESS = re.compile(r"(\d+) of (\d+) dialogues")


class Victim:
    """A server that can be killed and started again."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._start()

    def kill(self) -> float:
        """End it without a warning, and start it again; the seconds until it answers."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        began = time.monotonic()
        self._start()
        return time.monotonic() - began

    def stop(self) -> None:
        """End it properly."""
        self._process.terminate()
        self._process.wait()

    def _start(self) -> None:
        given = self._settings
        command = [HELPLINE, "serve", "--port", str(given.port), "--data", str(given.data), "--log", "warning"]
        command += ["--database", given.database] if given.database else []
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        wait_until_healthy(self._process, given.port)


def replay_with_kills(
    settings: Settings, file: Path, kills: int, *, concurrency: int = 50, agents: int = 20, patience: float = 300
) -> dict[str, Any]:
    """The summary of a replay on this installation, with the ``kills`` it had to live through."""
    victim = Victim(settings)
    command = [HELPLINE, "replay", str(file), "--json", "--email", EMAIL, "--patience", str(patience)]
    command += ["--url", f"http://127.0.0.1:{settings.port}"]
    command += ["--concurrency", str(concurrency), "--agents", str(agents)]
    environment = {**os.environ, "HELPLINE_REPLAY_PASSWORD": PASSWORD}
    with tempfile.TemporaryFile("w+") as printed:
        with subprocess.Popen(command, stdout=printed, stderr=subprocess.PIPE, text=True, env=environment) as playing:
            try:
                done = _kill_along(victim, playing, kills)
                playing.wait()
            finally:
                playing.kill()
                victim.stop()
        printed.seek(0)
        summary = printed.read()
    if not summary:
        raise RuntimeError(f"the replay ended with code {playing.returncode} and no summary")
    return {"database": "sqlite" if settings.is_embedded else "postgresql", "kills": done, **json.loads(summary)}


def _kill_along(victim: Victim, playing: subprocess.Popen[str], kills: int) -> list[dict[str, Any]]:
    """Follow what the replay says of its progress, and kill whenever a further part of it is done."""
    done: list[dict[str, Any]] = []
    assert playing.stderr is not None
    for line in playing.stderr:
        progress = _PROGRESS.search(line)
        if progress is None:
            sys.stderr.write(line)
            continue
        dialogues, total = map(int, progress.groups())
        if len(done) < kills and dialogues < total and dialogues * (kills + 1) >= total * (len(done) + 1):
            time.sleep(random.uniform(0, 0.1))  # not always right after the end of a dialogue
            done.append({"after_dialogues": dialogues, "seconds_until_back": round(victim.kill(), 2)})
    return done


def main() -> None:
    """Replay, kill, print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("file", type=Path)
    asked.add_argument("--kills", type=int, default=5)
    asked.add_argument("--database", choices=DATABASES, default="sqlite")
    asked.add_argument("--concurrency", type=int, default=50)
    asked.add_argument("--agents", type=int, default=20)
    asked.add_argument("--port", type=int, default=8121)
    given = asked.parse_args()
    with fresh(given.database) as settings:
        settings = msgspec.structs.replace(settings, port=given.port)
        told = replay_with_kills(settings, given.file, given.kills, concurrency=given.concurrency, agents=given.agents)
    print(json.dumps(told))
    sys.exit(0 if told["ok"] and len(told["kills"]) == given.kills else 1)


if __name__ == "__main__":
    main()
