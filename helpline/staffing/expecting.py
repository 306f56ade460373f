"""What goes into the formulas and what comes out; which demand is refused."""

from dataclasses import dataclass
from math import floor, isfinite

from helpline.core import Invalid

MOST_ERLANGS = 100_000
MOST_WAITING = 1_000_000


class Unreckonable(Invalid):
    """These numbers make no sense together."""


class Unstable(Invalid):
    """So many agents cannot keep up, and the queue grows without end."""


@dataclass(frozen=True)
class Demand:
    """What comes in: ``rate`` arrivals a second, each of which keeps an agent for ``handling`` seconds on average."""

    rate: float
    handling: float

    def __post_init__(self) -> None:
        _positive(arrivals=self.rate, handling=self.handling)
        if self.erlangs > MOST_ERLANGS:
            raise Unreckonable(f"That would keep more than {MOST_ERLANGS:,} agents busy.", field="arrivals")

    @classmethod
    def each(cls, interval: float, arrivals: float, handling: float) -> "Demand":
        """So many arrivals in each ``interval`` of seconds."""
        _positive(interval=interval)
        return cls(arrivals / interval, handling)

    @property
    def erlangs(self) -> float:
        """The offered load: how many agents it keeps busy on average."""
        return self.rate * self.handling

    @property
    def fewest(self) -> int:
        """The fewest agents who keep up when nobody leaves."""
        return floor(self.erlangs) + 1


@dataclass(frozen=True)
class Limits:
    """What ends a wait: seconds until people leave on average, or how many may wait. ``within`` is the target in seconds."""

    within: float
    patience: float | None = None
    places: int | None = None

    def check(self, demand: Demand) -> None:
        """Refuse what cannot be reckoned."""
        if not (isfinite(self.within) and self.within >= 0):
            raise Unreckonable("The time to answer within must be zero or more seconds.", field="within")
        if self.patience is not None and self.places is not None:
            raise Unreckonable(
                "Either people leave or the queue is short: there is no formula for both.", field="places"
            )
        if self.patience is not None:
            _positive(patience=self.patience)
            if demand.rate * self.patience > MOST_WAITING:
                raise Unreckonable("With such patience nobody leaves; leave it out.", field="patience")
        if self.places is not None and not 0 <= self.places <= MOST_WAITING:
            raise Unreckonable(f"The places to wait must be from 0 to {MOST_WAITING:,}.", field="places")


@dataclass(frozen=True)
class Expected:
    """What is to be expected with so many agents. Times in seconds, shares from 0 to 1; ``within`` is the target."""

    agents: int
    delayed: float
    """Share of those who get in that find no agent free."""
    mean_wait: float
    """Of all who get in: also of those who wait no time, and of those who leave."""
    service_level: float
    """Share of all arrivals that are answered within the target."""
    occupancy: float
    """Share of their time in which agents serve."""
    queue: float
    """How many wait, on average."""
    abandoned: float = 0.0
    """Share of all arrivals that leave while they wait."""
    blocked: float = 0.0
    """Share of all arrivals that find the queue full."""
    over_within: float = 0.0
    """Share of those who get in whose wait, however it ends, is over within the target."""

    @property
    def service_level_of_answered(self) -> float:
        """Share of those who are answered that are answered within the target."""
        answered = 1 - self.abandoned - self.blocked
        return min(self.service_level / answered, 1.0) if answered > 0 else 0.0


def check_agents(agents: int) -> None:
    """Refuse what is no number of agents."""
    if not 1 <= agents <= 2 * MOST_ERLANGS:
        raise Unreckonable(f"The number of agents must be from 1 to {2 * MOST_ERLANGS:,}.", field="agents")


def check_stable(demand: Demand, agents: int) -> None:
    """Refuse too few agents where everybody waits until answered."""
    if agents <= demand.erlangs:
        raise Unstable(
            f"{agents} agents cannot keep up: what comes in keeps {demand.erlangs:.4g} busy, so the queue grows without"
            f" end. At least {demand.fewest} are needed.",
            field="agents",
        )


def _positive(**numbers: float) -> None:
    for field, value in numbers.items():
        if not (isfinite(value) and value > 0):
            raise Unreckonable(f"{field.capitalize()} must be more than zero.", field=field)
