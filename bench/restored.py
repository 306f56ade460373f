"""Is a backup that was taken in the middle of the work whole? Replays, backs up half-way, restores, starts on it, looks.

    python -m bench.restored [FILE.jsonl.gz]

The backup is taken by `helpline backup` while the replay goes on; the doctor looks at what was restored before a server started
on it, and after. Prints one JSON object; the exit code is 0 only when the replay lost nothing and the doctor found nothing. SQLite
only: a server's database is backed up with its own tools.
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import msgspec

from helpline.app.settings import Settings

from .kills import Blow, replay_with
from .serving import HELPLINE, fresh
from .victims import Victim

DIALOGUES = Path(__file__).parents[1] / "../shared/data/dialogues-500.jsonl.gz"


def restored_from_the_middle(
    settings: Settings, file: Path, folder: Path, *, concurrency: int = 50, agents: int = 20, patience: float = 300
) -> dict[str, Any]:
    """What the replay says, and what the doctor says of the backup taken half-way."""
    archive, there = folder / "backup.tar.gz", folder / "restored"

    def back_up() -> float:
        began = time.monotonic()
        _run("backup", str(archive), "--data", str(settings.data))
        return time.monotonic() - began

    blow = Blow("nothing; a backup was taken", back_up)
    told = replay_with([Victim(settings)], file, [blow], concurrency=concurrency, agents=agents, patience=patience)
    [taken] = told["kills"]
    _run("restore", str(archive), "--data", str(there))
    before = _doctor(there)
    Victim(msgspec.structs.replace(settings, data=there)).stop()
    return {
        "replay_ok": told["ok"],
        "backup_after_dialogues": taken["after_dialogues"],
        "backup_seconds": taken["seconds_until_back"],
        "backup_megabytes": round(archive.stat().st_size / 1e6, 1),
        "findings_when_restored": before,
        "findings_after_a_start": _doctor(there),
    }


def _doctor(data: Path) -> list[Any]:
    said = subprocess.run(
        [HELPLINE, "doctor", "--json", "--data", str(data)], stdout=subprocess.PIPE, text=True, check=False
    )
    findings: list[Any] = json.loads(said.stdout)["findings"]
    return findings


def _run(*arguments: str) -> None:
    subprocess.run([HELPLINE, *arguments], stdout=subprocess.DEVNULL, check=True)


def main() -> None:
    """Replay, back up, restore, look, print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("file", type=Path, nargs="?", default=DIALOGUES)
    asked.add_argument("--concurrency", type=int, default=50)
    asked.add_argument("--agents", type=int, default=20)
    asked.add_argument("--port", type=int, default=8121)
    given = asked.parse_args()
    with fresh("sqlite") as settings:
        here, folder = msgspec.structs.replace(settings, port=given.port), settings.data.parent
        told = restored_from_the_middle(here, given.file, folder, concurrency=given.concurrency, agents=given.agents)
    print(json.dumps(told))
    is_whole = told["replay_ok"] and not told["findings_when_restored"] and not told["findings_after_a_start"]
    sys.exit(0 if is_whole else 1)


if __name__ == "__main__":
    main()
