"""One question, whatever the queue is like: what is to be expected, and how many agents it takes."""

from collections.abc import Sequence

from . import erlang
from .expecting import Demand, Expected, Limits, Unreckonable, check_agents, check_stable
from .impatience import impatient

BEFORE, BEHIND = 2, 4


def expect(demand: Demand, agents: int, limits: Limits) -> Expected:
    """What is to be expected with so many agents: Erlang A with a patience, B or a short queue with places, else C."""
    check_agents(agents)
    limits.check(demand)
    if limits.patience is not None:
        return impatient(demand, agents, limits.patience, limits.within)
    if limits.places is not None:
        return erlang.with_places(demand, agents, limits.places, limits.within)
    check_stable(demand, agents)
    return erlang.endless(demand, agents, limits.within)


def needed(demand: Demand, target: float, limits: Limits) -> Expected:
    """The fewest agents with whom the service level reaches the target: twice as many again and again, then halving."""
    if not 0 < target < 1:
        raise Unreckonable("The target must be a share between 0 and 1, such as 0.8.", field="target")

    def reached(agents: int) -> Expected | None:
        found = expect(demand, agents, limits)
        return found if found.service_level >= target else None

    too_few, step = _fewest(demand, limits) - 1, 1
    while not (enough := reached(too_few + step)):
        too_few, step = too_few + step, step * 2
    while enough.agents - too_few > 1:
        middle = (too_few + enough.agents) // 2
        if better := reached(middle):
            enough = better
        else:
            too_few = middle
    return enough


def around(demand: Demand, enough: int, agents: int | None, limits: Limits) -> list[Expected]:
    """For so many agents alone; else for some fewer and some more than are enough."""
    if agents is not None:
        return [expect(demand, agents, limits)]
    fewest = max(_fewest(demand, limits), enough - BEFORE)
    return [expect(demand, number, limits) for number in range(fewest, enough + BEHIND + 1)]


def waits_by_class(classes: Sequence[Demand], agents: int) -> list[float]:
    """The mean wait in seconds of each class, the most urgent first; all take equally long, and wait until answered."""
    check_agents(agents)
    check_stable(Demand(sum(each.rate for each in classes), classes[0].handling), agents)
    return erlang.waits_by_class(classes, agents)


def _fewest(demand: Demand, limits: Limits) -> int:
    return demand.fewest if limits.patience is limits.places is None else 1
