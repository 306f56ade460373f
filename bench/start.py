"""Row ``start``: how long until ``helpline serve`` answers, and what it holds when idle. ``python -m bench.start``

Beside it, a Python that imports the two libraries any server of this kind stands on. At most 2.5 times its time, twice its memory.
"""

import argparse
import subprocess
import sys
import time

import psutil

from .report import Case, show
from .serving import DATABASES, fresh, helpline

LIMIT = "import litestar, sqlalchemy"
_AND_TELL = "import os; print(open(f'/proc/{os.getpid()}/statm').read().split()[1], flush=True)"
PAGE = 4096
MB = 1024 * 1024
SETTLED = 1.0
"""Seconds without work after which a server counts as idle."""


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--database", choices=DATABASES, default="sqlite")
    asked.add_argument("--rounds", type=int, default=9)
    asked.add_argument("--quick", action="store_true", help="three rounds")
    given = asked.parse_args()
    rounds = 3 if given.quick else given.rounds
    until = Case(f"start {given.database}", "ms", 2.5, "lower")
    held = Case(f"idle memory {given.database}", "MB", 2.0, "lower")
    with fresh(given.database) as settings:
        measure_imports()
        with helpline(settings):
            pass  # the first time, Python compiles what was just installed
        for _ in range(rounds):
            limit, least = measure_imports()
            began = time.perf_counter()
            with helpline(settings) as process:
                until.add((time.perf_counter() - began) * 1000, limit * 1000, 1)
                time.sleep(SETTLED)
                held.add(psutil.Process(process.pid).memory_info().rss / MB, least / MB, 1)
    show([until, held])


def measure_imports() -> tuple[float, float]:
    """The limit: seconds from nothing to the end of a process that imports the libraries, and its resident memory."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", LIMIT], check=True)
    took = time.perf_counter() - began
    told = subprocess.run([sys.executable, "-c", f"{LIMIT}\n{_AND_TELL}"], check=True, stdout=subprocess.PIPE)
    return took, int(told.stdout) * PAGE


if __name__ == "__main__":
    main()
