"""The route of staffing."""

from typing import Annotated

from litestar.params import Parameter

from helpline.core import Tx
from helpline.core.router import Routes

from .expecting import Demand, Limits
from .planning import around, needed
from .shapes import StaffingOut, expected_out

routes = Routes(tag="Reports")


@routes.get("/staffing", permission="report.read")
def staffing(
    tx: Tx,
    arrivals: Annotated[float, Parameter(description="How many come in each interval; must be given.")] = 0,
    handling: Annotated[
        float, Parameter(description="Seconds that each keeps an agent, on average; must be given.")
    ] = 0,
    interval: Annotated[float, Parameter(description="Length of an interval in seconds.")] = 1800,
    target: Annotated[float, Parameter(description="Share that is to be answered in time.")] = 0.8,
    within: Annotated[float, Parameter(description="Seconds that count as in time.")] = 20,
    patience: Annotated[float | None, Parameter(description="Seconds after which people leave, on average.")] = None,
    places: Annotated[int | None, Parameter(description="How many may wait; the next are turned away.")] = None,
    agents: Annotated[int | None, Parameter(description="Only for so many agents; else around those needed.")] = None,
) -> StaffingOut:
    """How many agents a load takes and how long people will wait: Erlang C, Erlang A with patience, Erlang B with places."""
    demand = Demand.each(interval, arrivals, handling)
    limits = Limits(within, patience, places)
    enough = needed(demand, target, limits)
    rows = around(demand, enough.agents, agents, limits)
    return StaffingOut(erlangs=demand.erlangs, needed=enough.agents, rows=[expected_out(row) for row in rows])
