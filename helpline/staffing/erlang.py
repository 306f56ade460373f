"""Erlang's two formulas, and a queue with so many places.

A. K. Erlang, "Solution of some problems in the theory of probabilities of significance in automatic telephone exchanges"
(1917); A. Cobham, "Priority assignment in waiting line problems" (1954) for classes. B comes from its recursion in the number of
lines, which stays between 0 and 1 where factorials would leave what numbers can hold.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import exp, lgamma, log

from .expecting import Demand, Expected


def blocked(erlangs: float, lines: int) -> float:
    """Erlang B: the share that finds all lines taken."""
    share = 1.0
    for line in range(1, lines + 1):
        share = erlangs * share / (line + erlangs * share)
    return share


def delayed(erlangs: float, agents: int) -> float:
    """Erlang C: the share that has to wait; stable queues only."""
    full = blocked(erlangs, agents)
    return full / (1 - erlangs / agents * (1 - full))


def endless(demand: Demand, agents: int, within: float) -> Expected:
    """Everybody waits until answered (M/M/c)."""
    wait, spare = delayed(demand.erlangs, agents), agents / demand.handling - demand.rate
    level = 1 - wait * exp(-spare * within)
    mean = wait / spare
    return Expected(agents, wait, mean, level, demand.erlangs / agents, queue=mean * demand.rate, over_within=level)


def waits_by_class(classes: Sequence[Demand], agents: int) -> list[float]:
    """The mean wait of each class, the most urgent first, where nobody is interrupted and all take equally long."""
    handling = classes[0].handling
    taken = [0.0, *accumulate(each.erlangs / agents for each in classes)]
    wait = delayed(taken[-1] * agents, agents) * handling / agents
    return [wait / ((1 - taken[place]) * (1 - taken[place + 1])) for place in range(len(classes))]


def with_places(demand: Demand, agents: int, places: int, within: float) -> Expected:
    """Who finds all agents busy and ``places`` waiting is turned away (M/M/c/c+k); without places that is Erlang B."""
    busy, ratio = blocked(demand.erlangs, agents), demand.erlangs / agents
    if not busy:  # so many agents that the share is below what a float holds
        return Expected(agents, 0.0, 0.0, 1.0, ratio, queue=0.0, over_within=1.0)
    # Each number that may wait, against the most likely of them, so that nothing overflows.
    likeliest = places if ratio > 1 else 0
    weights = [ratio ** (waiting - likeliest) for waiting in range(places + 1)]
    whole = (1 - busy) / busy * ratio**-likeliest + sum(weights)
    full, queue = weights[-1] / whole, sum(waiting * weight for waiting, weight in enumerate(weights)) / whole
    not_yet = accumulate(_poisson(places, agents / demand.handling * within))
    late = sum(weight * share for weight, share in zip(weights, not_yet, strict=False)) / whole
    got_in = 1 - full
    return Expected(
        agents,
        sum(weights[:-1]) / whole / got_in,
        queue / (demand.rate * got_in),
        got_in - late,
        ratio * got_in,
        queue,
        blocked=full,
        over_within=1 - late / got_in,
    )


def _poisson(numbers: int, mean: float) -> Iterator[float]:
    """How likely 0, 1, 2 … are, by logarithms."""
    for number in range(numbers):
        yield exp(number * log(mean) - mean - lgamma(number + 1)) if mean else float(number == 0)
