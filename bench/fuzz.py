"""Is there anything that makes reading what comes in fail, hang, or pass over somebody who spoke?

    python -m bench.fuzz [--kind line …] [--seconds 60] [--seed 7] [--findings FOLDER]

Real payloads of each kind of channel, changed in many ways, are read by its adapter for so many seconds of processor. It prints a
line of JSON for each kind; what went wrong is kept with the bytes that did it, and the exit code is 0 only when nothing did.
"""

import argparse
import hashlib
import json
import random
import sys
from pathlib import Path

from tests.channels.fuzzing.hunting import hunt
from tests.channels.fuzzing.seeds import SEEDS


def main() -> None:
    """Hunt, a line of JSON for each kind."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--kind", action="append", choices=list(SEEDS))
    asked.add_argument("--seconds", type=float, default=60, help="of processor, for each kind")
    asked.add_argument("--seed", type=int, default=None)
    asked.add_argument("--findings", type=Path, default=None, help="a folder for the bytes that did harm")
    given = asked.parse_args()
    found = 0
    for kind in given.kind or SEEDS:
        bag = hunt(kind, random.Random(given.seed), seconds=given.seconds)
        found += len(bag.found)
        figures = {
            "tried": bag.tried,
            "ways": bag.ways,
            "seconds": round(bag.seconds, 1),
            "slowest": round(bag.slowest, 3),
        }
        print(json.dumps({"kind": kind, **figures, "found": list(bag.found)}), flush=True)
        for what, body in bag.found.items():
            if given.findings:
                given.findings.mkdir(parents=True, exist_ok=True)
                name = hashlib.sha256(what.encode()).hexdigest()[:12]
                (given.findings / f"{kind}-{name}").write_bytes(body)
                (given.findings / f"{kind}-{name}.txt").write_text(what)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
