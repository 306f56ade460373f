"""Row ``latency``: from a contact's message to the agent's socket. ``python -m bench.latency``

200 desks and 2,000 visitors are connected; visitors write at half of the rate that ``write`` reached over WebSocket just before.
Beside it, a bare WebSocket echo on the same server software with as many connections, at the same rate.
"""

import argparse

from . import load
from .filling import Filled, fill
from .report import Case, allow_many_sockets, show
from .serving import DATABASES, PORT, fresh, helpline, trivial

AGENTS = 200
VISITORS = 2000
TALKING = 1000
"""Of the visitors, those who are in conversation with an agent: five each. The others only have the chat open."""
SHARES = {"p50": 0.5, "p99": 0.99}


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--database", choices=[*DATABASES, "both"], default="both")
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--seconds", type=float, default=15.0, help="of each measurement in a round")
    asked.add_argument("--rate", type=float, help="messages a second, instead of half of what is measured")
    asked.add_argument("--quick", action="store_true", help="one short round")
    given = asked.parse_args()
    rounds, seconds = (1, 4.0) if given.quick else (given.rounds, given.seconds)
    allow_many_sockets()
    chosen = DATABASES if given.database == "both" else (given.database,)
    show([case for kind in chosen for case in measure(kind, rounds, seconds, given.rate)])


def measure(kind: str, rounds: int, seconds: float, rate: float | None) -> list[Case]:
    """Helpline and the echo in turn; the p50 has no goal of its own."""
    cases = {share: Case(f"latency {share} {kind}", "ms", 3.0, "lower") for share in SHARES}
    with fresh(kind) as settings, trivial(PORT + 1):
        filled = fill(settings, conversations=TALKING, agents=AGENTS, visitors=VISITORS)
        for _ in range(rounds):
            with helpline(settings):
                half = rate or half_of_what_it_takes(filled)
                ours = load.run(task(filled, PORT, half, seconds, desks=True))
            bare = load.run(task(filled, PORT + 1, half, seconds, desks=False))
            for name, share in SHARES.items():
                cases[name].add(at(ours.latencies, share) * 1000, at(bare.latencies, share) * 1000, ours.done)
            late = at(ours.lateness, 0.99) * 1000
            used = ours.cpu_seconds / ours.seconds
            cases["p99"].notes.append(
                f"at {half:,.0f}/s; the load was up to {late:.1f} ms late (p99) and used {used:.0%} of a core"
            )
    return list(cases.values())


def half_of_what_it_takes(filled: Filled) -> float:
    """Half of the rate at which messages are accepted over WebSocket, as in the row ``write``."""
    full = load.run(load.Task(kind="write_ws", port=PORT, seconds=5.0, tokens=filled.tokens[:TALKING]))
    return full.done / full.seconds / 2


def task(filled: Filled, port: int, rate: float, seconds: float, *, desks: bool) -> load.Task:
    """The same number of sockets and the same messages for both servers."""
    talking, idle = filled.tokens[:TALKING], filled.tokens[TALKING:]
    agents = filled.agents if desks else []
    more = [] if desks else ["none"] * len(filled.agents)
    return load.Task(
        kind="pace", port=port, seconds=seconds, rate=rate, tokens=talking, idle_tokens=[*idle, *more], agents=agents
    )


def at(ordered: list[float], share: float) -> float:
    """The value below which this share of them lies."""
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


if __name__ == "__main__":
    main()
