"""Row ``connections``: memory for each visitor who is connected and says nothing. ``python -m bench.connections``

10,000 of them in one process, each with the chat open and welcomed; beside it, a bare application on the same server software
that only accepts as many sockets. At most one and a half times its memory.
"""

import argparse
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import psutil

from . import load
from .filling import fill
from .report import Case, allow_many_sockets, show
from .serving import DATABASES, PORT, fresh, helpline, trivial

VISITORS = 10_000
CLIENTS = 4
"""Processes that hold them, each from an address of its own (127.0.0.2 and on), so that neither files nor ports run out."""
SETTLED = 3.0
"""Seconds after the last one has come, before the memory is read."""
KB = 1024


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--database", choices=DATABASES, default="sqlite")
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--visitors", type=int, default=VISITORS)
    asked.add_argument("--quick", action="store_true", help="one round with few visitors")
    given = asked.parse_args()
    rounds, visitors = (1, 400) if given.quick else (given.rounds, given.visitors)
    allow_many_sockets()
    show([measure(given.database, rounds, visitors)])


def measure(kind: str, rounds: int, visitors: int) -> Case:
    """Helpline and the bare application in turn, each in a fresh process."""
    case = Case(f"connections {kind}", "kB each", 1.5, "lower")
    with fresh(kind) as settings:
        tokens = fill(settings, conversations=0, agents=0, visitors=visitors).tokens
        for _ in range(rounds):
            with helpline(settings) as server:
                ours = grown(server, tokens, PORT)
            with trivial(PORT + 1) as server:
                bare = grown(server, ["none"] * visitors, PORT + 1)
            case.add(ours / visitors / KB, bare / visitors / KB, visitors)
    return case


def grown(server: subprocess.Popen[bytes], tokens: list[str], port: int) -> int:
    """By how much a server grows when they all connect; a few come and go before, so that what is made once is there."""
    with connected(tokens[:100], port):
        pass
    process = psutil.Process(server.pid)
    before = process.memory_info().rss
    with connected(tokens, port):
        time.sleep(SETTLED)
        return int(process.memory_info().rss - before)


@contextmanager
def connected(tokens: list[str], port: int) -> Iterator[None]:
    """All of them connected, until the end of the block."""
    with ExitStack() as all_of_them:
        for number in range(CLIENTS):
            task = load.Task(kind="hold", port=port, seconds=0, source=f"127.0.0.{number + 2}")
            task.idle_tokens = tokens[number::CLIENTS]
            all_of_them.enter_context(load.holding(task))
        yield


if __name__ == "__main__":
    main()
