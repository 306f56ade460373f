"""How staffing looks on the wire."""

from helpline.core import Out

from .expecting import Expected


class ExpectedOut(Out):
    agents: int
    service_level: float
    service_level_of_answered: float
    mean_wait: float
    delayed: float
    queue: float
    occupancy: float
    abandoned: float
    blocked: float
    over_within: float


class StaffingOut(Out):
    """The offered load, the fewest agents that reach the target, and what is to be expected with about so many."""

    erlangs: float
    needed: int
    rows: list[ExpectedOut]


def expected_out(of: Expected) -> ExpectedOut:
    """Times in seconds, shares from 0 to 1."""
    return ExpectedOut(**{name: getattr(of, name) for name in ExpectedOut.__struct_fields__})
