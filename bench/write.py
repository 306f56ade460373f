"""Row ``write``: contact messages accepted per second, each durable before it is acknowledged. ``python -m bench.write``

Over HTTP and over WebSocket, 32 messages under way at a time, in 1,000 open conversations; beside a bare loop that says the
same SQL. Half of the bare loop is the goal.
"""

import argparse

from . import load
from .filling import Filled, fill
from .report import Case, allow_many_sockets, show
from .serving import DATABASES, PORT, copied, fresh, helpline, trivial
from .statements import Loop, listen

CONVERSATIONS = 1000
CLIENTS = 32
MESSAGES = 20_000
"""Messages that are there before it begins."""
WAYS = {"http": "write_http", "websocket": "write_ws"}


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--database", choices=[*DATABASES, "both"], default="both")
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--seconds", type=float, default=5.0, help="of each measurement in a round")
    asked.add_argument("--quick", action="store_true", help="one short round")
    given = asked.parse_args()
    rounds, seconds = (1, 2.0) if given.quick else (given.rounds, given.seconds)
    allow_many_sockets()
    chosen = DATABASES if given.database == "both" else (given.database,)
    cases = [case for kind in chosen for case in measure(kind, rounds, seconds)]
    cost = cost_of_load(seconds)
    cases[0].notes.insert(0, cost)
    show(cases)


def measure(kind: str, rounds: int, seconds: float) -> list[Case]:
    """Both ways in on one kind of database, in turn with the bare loop."""
    cases = {way: Case(f"write {way} {kind}", "messages/s", 0.5, "higher") for way in WAYS}
    with fresh(kind) as settings:
        filled = fill(settings, conversations=CONVERSATIONS)
        heard = listen(settings, filled)
        filling = Loop(settings, heard)
        filling.write(MESSAGES, at_once=1000)
        filling.close()
        loop = Loop(copied(settings), heard)
        with helpline(settings):
            for _ in range(rounds):
                for way, case in cases.items():
                    limit, _written = loop.rate(seconds)
                    result = load.run(task_of(way, filled, seconds))
                    case.add(result.done / result.seconds, limit, result.done)
                    case.notes.append(spoken(result))
        loop.close()
    return list(cases.values())


def task_of(way: str, filled: Filled, seconds: float, port: int = PORT) -> load.Task:
    """The load for one way in."""
    tokens = filled.tokens[:CONVERSATIONS]
    return load.Task(kind=WAYS[way], port=port, seconds=seconds, tokens=tokens, clients=CLIENTS)


def spoken(result: load.Result) -> str:
    """How one round went."""
    p50, p99 = (result.latencies[int(len(result.latencies) * share)] * 1000 for share in (0.5, 0.99))
    rate, busy = result.done / result.seconds, result.cpu_seconds / result.seconds
    return f"{rate:,.0f}/s, acknowledged in p50 {p50:.1f} ms, p99 {p99:.1f} ms; the load used {busy:.0%} of a core"


def cost_of_load(seconds: float) -> str:
    """What the load could do at most: against a server that answers at once."""
    tokens = ["none"] * CONVERSATIONS
    with trivial(PORT + 1):
        found = {
            way: load.run(load.Task(kind=kind, port=PORT + 1, seconds=seconds, tokens=tokens, clients=CLIENTS))
            for way, kind in WAYS.items()
        }
    said = [
        f"{way} {one.done / one.seconds:,.0f}/s at {one.cpu_seconds / one.done * 1e6:.0f} µs of its processor each"
        for way, one in found.items()
    ]
    return f"the load against a server that answers at once: {', '.join(said)}"


if __name__ == "__main__":
    main()
