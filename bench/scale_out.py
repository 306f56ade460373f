"""Row ``scale-out``: what a second node adds to ``write``, on PostgreSQL and Redis. ``python -m bench.scale_out``

The same load, from two processes, against one node and then against two; at least 1.7 times as much, where there are cores for it.
"""

import argparse
from concurrent.futures import ThreadPoolExecutor

import msgspec

from . import load
from .filling import Filled, fill
from .redis_server import RedisServer
from .report import Case, allow_many_sockets, show
from .serving import PORT, fresh, helpline
from .write import CLIENTS, CONVERSATIONS, WAYS

LOADS = 2


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--seconds", type=float, default=5.0, help="of each measurement in a round")
    asked.add_argument("--workspaces", type=int, default=1, help="facts of one workspace commit one after the other")
    asked.add_argument("--quick", action="store_true", help="one short round")
    given = asked.parse_args()
    rounds, seconds = (1, 2.0) if given.quick else (given.rounds, given.seconds)
    allow_many_sockets()
    show(measure(rounds, seconds, given.workspaces))


def measure(rounds: int, seconds: float, workspaces: int) -> list[Case]:
    """One node and two in turn; the second one only runs while it is needed."""
    named = "" if workspaces == 1 else f" {workspaces} workspaces"
    cases = {way: Case(f"scale-out {way}{named}", "messages/s", 1.7, "higher") for way in WAYS}
    with fresh("postgresql") as settings, RedisServer() as redis:
        filled = [fill(settings, conversations=CONVERSATIONS) for _ in range(workspaces)]
        one = msgspec.structs.replace(settings, redis=redis.url)
        other = msgspec.structs.replace(one, port=PORT + 1)
        for _ in range(rounds):
            with helpline(one):
                alone = {way: rate(way, filled, [PORT, PORT], seconds) for way in WAYS}
            with helpline(one), helpline(other):
                both = {way: rate(way, filled, [PORT, PORT + 1], seconds) for way in WAYS}
            for way, case in cases.items():
                case.add(both[way][0], alone[way][0], both[way][1])
    return list(cases.values())


def rate(way: str, filled: list[Filled], ports: list[int], seconds: float) -> tuple[float, int]:
    """Messages a second that several loads together get acknowledged, and how many that were."""
    tasks = [
        load.Task(kind=WAYS[way], port=port, seconds=seconds, clients=CLIENTS, tokens=share(filled, number))
        for number, port in enumerate(ports)
    ]
    with ThreadPoolExecutor(LOADS) as pool:
        results = list(pool.map(load.run, tasks))
    done = sum(result.done for result in results)
    return done / seconds, done


def share(filled: list[Filled], number: int) -> list[str]:
    """The visitors of one of the loads: of a workspace of its own, if there are enough."""
    return filled[number % len(filled)].tokens[number:CONVERSATIONS:LOADS]


if __name__ == "__main__":
    main()
