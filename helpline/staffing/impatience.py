"""Erlang A: who waits may leave, after a patience that is exponential with a given mean (M/M/c+M).

C. Palm, "Research on telephone traffic carried by full availability groups" (1957); the density of the time that a contact with
endless patience would wait is F. Baccelli and G. Hebuterne's (1981). Such a queue is stable with however few agents.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise
from math import exp, expm1, log, sqrt

from .expecting import Demand, Expected

NEGLIGIBLE = -50.0
"""A weight of e to this power beside the largest adds nothing to a float."""


def impatient(demand: Demand, agents: int, patience: float, within: float) -> Expected:
    """What is to be expected when people leave after ``patience`` seconds on average."""
    logs = list(_logs(demand, agents, 1 / patience))
    top = max(logs)
    whole = sum(exp(each - top) for each in logs)
    shares = [exp(each - top) / whole for each in logs]
    delay = sum(shares[agents:])
    queue = sum((number - agents) * share for number, share in enumerate(shares[agents:], agents))
    would_wait = _density(demand, agents, patience, logs[agents - 1] - top - log(whole))
    cuts = _cuts(demand, agents, patience, within)
    level = 1 - delay + _integral(lambda time: would_wait(time) * exp(-time / patience), cuts)
    still = exp(-within / patience) * (delay - _integral(would_wait, cuts))
    return Expected(
        agents,
        delay,
        queue / demand.rate,
        min(level, 1.0),
        sum(min(number, agents) * share for number, share in enumerate(shares)) / agents,
        queue,
        abandoned=queue / patience / demand.rate,
        over_within=min(1 - still, 1.0),
    )


def _logs(demand: Demand, agents: int, leaving: float) -> Iterator[float]:
    """The logarithm of each state's weight: nobody there, one, two … as far as it matters."""
    weight = largest = 0.0
    number = 0
    while number <= agents or weight > largest + NEGLIGIBLE:
        yield weight
        number += 1
        ending = min(number, agents) / demand.handling + max(number - agents, 0) * leaving
        weight += log(demand.rate / ending)
        largest = max(largest, weight)


def _density(demand: Demand, agents: int, patience: float, log_one_free: float) -> Callable[[float], float]:
    """Of the time until an agent is free for somebody with endless patience, where it is not zero."""
    scale, pace = log(demand.rate) + log_one_free, agents / demand.handling

    def density(time: float) -> float:
        return exp(scale - demand.rate * patience * expm1(-time / patience) - pace * time)

    return density


def _cuts(demand: Demand, agents: int, patience: float, within: float) -> list[float]:
    """Where to divide the time up to ``within``, so that no peak of the density falls between two looks at it."""
    pace = agents / demand.handling
    peak = patience * log(demand.rate / pace) if demand.rate > pace else 0.0
    width = min(sqrt(patience / pace), 1 / (pace - demand.rate) if pace > demand.rate else patience)
    around = [peak + step * width for step in (-8, -4, -2, -1, 0, 1, 2, 4, 8, 16, 32, 64)]
    return [0.0, *(time for time in around if 0 < time < within), within]


def _integral(of: Callable[[float], float], cuts: list[float]) -> float:
    return sum(_simpson(of, low, high, of(low), of((low + high) / 2), of(high), 40) for low, high in pairwise(cuts))


def _simpson(
    of: Callable[[float], float], low: float, high: float, at_low: float, at_half: float, at_high: float, depth: int
) -> float:
    """Adaptive: halved until halving again changes nothing that matters."""
    half = (low + high) / 2
    at_first, at_third = of((low + half) / 2), of((half + high) / 2)
    coarse = (high - low) / 6 * (at_low + 4 * at_half + at_high)
    fine = (high - low) / 12 * (at_low + 4 * at_first + 2 * at_half + 4 * at_third + at_high)
    if depth == 0 or abs(fine - coarse) < 1e-12:
        return fine + (fine - coarse) / 15
    first = _simpson(of, low, half, at_low, at_first, at_half, depth - 1)
    return first + _simpson(of, half, high, at_half, at_third, at_high, depth - 1)
