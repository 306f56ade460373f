"""A past made of dialogues: each lived through on several days, as the lines of an import. ``python -m bench.past``

With ``--write FILE`` it only writes them. Else it imports them twice into a fresh installation with ``helpline import``, and holds
the first-reply times that the report computes from facts against those that stand in the file.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from helpline.app.cli.opening import workspace_named
from helpline.app.consequences import CONSEQUENCES
from helpline.app.replay.dialogues import Dialogue, read
from helpline.app.settings import Settings
from helpline.core import Actor, Units
from helpline.reports import first_reply

SHARED = Path(__file__).parents[2] / "shared" / "data" / "dialogues-500.jsonl.gz"
FIRST_DAY = datetime(2025, 1, 6, 8, tzinfo=UTC)
AGENTS = [f"agent{number}@past.example" for number in range(25)]
Line = dict[str, Any]


def lines(dialogues: Iterable[Dialogue], days: int, seed: int = 7) -> Iterator[Line]:
    """Every dialogue on so many days, at other times and with other people on each."""
    chance = random.Random(seed)
    for dialogue in dialogues:
        for day in sorted(chance.sample(range(300), days)):
            yield lived(dialogue, FIRST_DAY + timedelta(days=day), chance)


def lived(dialogue: Dialogue, day: datetime, chance: random.Random) -> Line:
    """One dialogue on one day, with microseconds."""
    now, agent = day + timedelta(seconds=chance.uniform(0, 36_000)), chance.choice(AGENTS)
    said: list[Line] = []
    for side, text in dialogue.turns:
        entry: Line = {"at": now.isoformat(), "by": "contact" if side == "customer" else "agent", "text": text}
        if side != "customer":
            entry |= {"agent": agent}
        if side == "action":
            entry |= {"visibility": "internal"}
        said.append(entry)
        now += timedelta(microseconds=int(chance.lognormvariate(3, 1) * 1e6))
    id = f"{dialogue.id}@{day.date()}"
    line: Line = {"type": "conversation", "id": id, "channel": "Past", "team": "Past", "messages": said}
    line |= {"contact": {"type": "contact", "id": f"c-{id}", "name": f"Customer {id}"}, "closed_at": now.isoformat()}
    if dialogue.is_answered:
        reasons = [{"heading": dialogue.heading, "label": dialogue.reason}]
        ended = (now + timedelta(seconds=30)).isoformat()
        line["record"] = {"result": "Completed", "reasons": reasons, "ended_at": ended}
    return line


def waits(told: Iterable[Line]) -> list[float]:
    """The first-reply time of each line that has one, computed from the line alone."""
    found = []
    for line in told:
        times = [datetime.fromisoformat(entry["at"]) for entry in line["messages"]]
        pairs = zip(line["messages"], times, strict=True)
        answers = [at for entry, at in pairs if entry["by"] == "agent" and entry.get("visibility") != "internal"]
        if answers:
            found.append((min(answers) - min(times)).total_seconds())
    return sorted(found)


def main() -> None:
    """Write, or import twice and compare."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--dialogues", type=Path, default=SHARED)
    asked.add_argument("--days", type=int, default=10)
    asked.add_argument("--write", type=Path)
    given = asked.parse_args()
    told = list(lines(read(given.dialogues), given.days))
    packed = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in told)
    if given.write:
        given.write.write_text(packed)
        return
    with TemporaryDirectory() as folder:
        file = Path(folder) / "past.jsonl"
        file.write_text(packed)
        measure(told, file, Settings(data=Path(folder) / "data"))


def measure(told: list[Line], file: Path, settings: Settings) -> None:
    """Import twice and say how it went."""
    helpline(settings, "admin", "create", "a@past.example", "--workspace", "Past", "--password", "long enough 12")
    for expected in ("new", "unchanged"):
        began = time.perf_counter()
        outcomes = helpline(settings, "import", str(file), "--create-missing", "--json").splitlines()
        seconds = time.perf_counter() - began
        counted = {name: sum(f'"outcome":"{name}"' in line for line in outcomes) for name in ("new", "unchanged")}
        if counted[expected] != len(told):
            raise SystemExit(f"expected {len(told)} {expected}, got {counted}")
        messages = sum(len(line["messages"]) for line in told)
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        size = sum(path.stat().st_size for path in settings.data.glob("helpline.sqlite3*")) / 2**20
        print(
            f"{expected}: {len(told):,} conversations, {messages:,} messages in {seconds:.1f} s, "
            f"{len(told) / seconds:,.0f} conversations/s, at most {memory:.0f} MB, database {size:.0f} MB"
        )
    compare(told, settings)


def compare(told: list[Line], settings: Settings) -> None:
    """The report's waits against those of the file."""
    units = Units(settings.url, CONSEQUENCES)
    try:
        home = Actor.system(workspace_named(units, None))
        began = time.perf_counter()
        found = units.read_now(
            home, lambda tx: sorted(one.seconds for one in first_reply.replies(tx, first_reply.Span()))
        )
        seconds = time.perf_counter() - began
    finally:
        units.close()
    same = found == waits(told)
    print(
        f"first replies: {len(found):,} from facts in {seconds:.2f} s, {'equal to' if same else 'NOT'} those of the file"
    )
    if not same:
        raise SystemExit(1)


def helpline(settings: Settings, *arguments: str) -> str:
    """What a command prints; it has to succeed."""
    command = [sys.executable, "-m", "helpline", *arguments, "--data", str(settings.data)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    main()
