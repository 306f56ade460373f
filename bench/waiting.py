"""Row ``waiting``: Poisson arrivals and exponential service on the real allocation, beside Erlang C. ``python -m bench.waiting``

Waits go in long waves: with 1 agent at 95 % it takes ten million calls to know their mean to 3 %. The engine cannot play so many,
so it plays some, each of which is also reckoned by the recursion of a queue with c agents, on the same arrivals and services. The
recursion by itself goes on for millions of other calls. Its mean, plus how far the engine was from it where both were asked, is the
mean of the engine (a control variate with common random numbers), and stands beside Erlang C's.
"""

import argparse
import heapq
import math
import random
import statistics
from collections.abc import Iterator
from dataclasses import dataclass

from helpline.app.simulating.stage import Stage, staged
from helpline.conversations import CloseReason
from helpline.staffing.erlang import endless
from helpline.staffing.expecting import Demand

from .report import Case, show

AGENTS, LOADS = (1, 2, 5, 10, 20, 50), {0.5: 4e7, 0.7: 4e7, 0.8: 4e7, 0.9: 4e6, 0.95: 6e6}
"""With each load, how many calls the recursion goes on for."""
HANDLING, WITHIN, BATCHES = 180.0, 20.0, 10
Call = tuple[float, float]


@dataclass
class Waits:
    """What calls waited, in the order in which they came."""

    engine: list[float]
    reckoned: list[float]


@dataclass
class Much:
    """Means and service levels of the batches of a long run."""

    means: list[float]
    levels: list[float]


def main() -> None:
    """Each number of agents at each load."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--calls", type=int, default=400, help="for each; with 30 more for each agent")
    asked.add_argument("--quick", action="store_true")
    given = asked.parse_args()
    counts = AGENTS[:3] if given.quick else AGENTS
    cases: list[Case] = []
    with staged() as stage:
        stage.age(0)
        simulated = _Simulated(stage)
        for agents in counts:
            for load in LOADS:
                waits = simulated.run(agents, load, 50 if given.quick else given.calls + 30 * agents)
                cases += compared(agents, load, waits, by_itself(agents, load, 0.01 if given.quick else 1))
    show(cases)


def compared(agents: int, load: float, waits: Waits, much: Much) -> Iterator[Case]:
    """Mean wait and service level beside Erlang C."""
    exact = endless(Demand(load * agents / HANDLING, HANDLING), agents, WITHIN)
    name, n = f"{agents} agents at {load:.0%}", len(waits.engine)
    differs = statistics.fmean(waits.engine) - statistics.fmean(waits.reckoned)
    mean = Case(f"waiting {name}: mean", "s", 1.03, "lower")
    mean.add(statistics.fmean(much.means) + differs, exact.mean_wait, n)
    mean.notes.append(
        f"± {interval(much.means):.2f} s; of the {n:,} calls alone {statistics.fmean(waits.engine):.2f} s"
    )
    level = Case(f"waiting {name}: within {WITHIN:g} s", "share", 0.97, "higher")
    soon = [share(some) for some in (waits.engine, waits.reckoned)]
    level.add(statistics.fmean(much.levels) + soon[0] - soon[1], exact.service_level, n)
    worst = max(abs(one - other) for one, other in zip(waits.engine, waits.reckoned, strict=True))
    level.notes.append(f"± {interval(much.levels):.4f}; no call was further than {worst:.6f} s from what was reckoned")
    yield from (mean, level)


def share(waits: list[float]) -> float:
    return sum(wait <= WITHIN for wait in waits) / len(waits)


def interval(means: list[float]) -> float:
    """Half of the 95 % interval of a mean, from the means of batches (Student's t)."""
    return 2.262 * statistics.stdev(means) / math.sqrt(BATCHES)


class _Simulated:
    """One workspace for all: between runs everybody has become free, and more agents are hired."""

    def __init__(self, stage: Stage) -> None:
        self._stage, self._hired, self._now, self._chance = stage, 0, 0.0, random.Random(1917)

    def run(self, agents: int, load: float, count: int) -> Waits:
        """So many calls, after as many as there are agents have taken everybody's time at once."""
        for number in range(self._hired, agents):
            self._stage.hire(f"Agent {number}", [])
        self._hired = agents
        calls = list(self._calls(agents, load, count))
        return Waits(self._lived(calls)[agents:], reckoned(calls, agents)[agents:])

    def _calls(self, agents: int, load: float, count: int) -> Iterator[Call]:
        at = self._now + 1000
        for number in range(agents + count):
            at += self._chance.expovariate(load * agents / HANDLING) if number >= agents else 0.0
            yield round(at, 6), round(self._chance.expovariate(1 / HANDLING), 6)

    def _lived(self, calls: list[Call]) -> list[float]:
        """On the real engine; what each waited."""
        stage, came, waited = self._stage, dict[str, int](), [0.0] * len(calls)
        coming = [(at, 1, place, "") for place, (at, _) in enumerate(calls)]
        heard = len(stage.given)
        while coming:
            at, _, place, ends = heapq.heappop(coming)
            stage.clock.put(at)
            if ends:
                stage.end(ends, CloseReason.AGENT_CLOSED)
            else:
                came[stage.arrive()] = place
            for conversation, _agent in stage.given[heard:]:
                place = came.get(conversation, place)
                waited[place] = at - calls[place][0]
                heapq.heappush(coming, (at + calls[place][1], 0, place, conversation))
            heard = len(stage.given)
            self._now = at
        return waited


def reckoned(calls: list[Call], agents: int) -> list[float]:
    """First come, first served, each by the agent who is free first."""
    free, waited = [0.0] * agents, []
    for at, handling in calls:
        begins = max(at, free[0])
        waited.append(begins - at)
        heapq.heapreplace(free, begins + handling)
    return waited


def by_itself(agents: int, load: float, part: float) -> Much:
    """The recursion alone, for long; the first batch is thrown away."""
    chance, free, at, found = random.Random(agents), [0.0] * agents, 0.0, Much([], [])
    rate, size = load * agents / HANDLING, int(LOADS[load] * part / BATCHES)
    for _ in range(BATCHES + 1):
        waited, soon = 0.0, 0
        for _ in range(size):
            at += chance.expovariate(rate)
            begins = free[0] if free[0] > at else at
            heapq.heapreplace(free, begins + chance.expovariate(1 / HANDLING))
            waited += begins - at
            soon += begins - at <= WITHIN
        found.means.append(waited / size)
        found.levels.append(soon / size)
    return Much(found.means[1:], found.levels[1:])


if __name__ == "__main__":
    main()
