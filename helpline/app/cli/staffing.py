"""The command ``helpline staffing``."""

from typing import TYPE_CHECKING, Annotated

import msgspec
import typer
from rich.table import Table

from .console import out

if TYPE_CHECKING:
    from helpline.staffing import Expected


def staffing(
    arrivals: Annotated[
        list[float],
        typer.Option(
            help="How many come in each interval. Several times for classes of priority, the most urgent first."
        ),
    ],
    handling: Annotated[float, typer.Option(help="Seconds that each keeps an agent, on average.")],
    interval: Annotated[float, typer.Option(help="Length of an interval in seconds.")] = 1800,
    agents: Annotated[int | None, typer.Option(help="Only for so many agents; else around those needed.")] = None,
    target: Annotated[float, typer.Option(help="Share that is to be answered in time.")] = 0.8,
    within: Annotated[float, typer.Option(help="Seconds that count as in time.")] = 20,
    patience: Annotated[float | None, typer.Option(help="Seconds after which people leave, on average.")] = None,
    places: Annotated[int | None, typer.Option(help="How many may wait; the next are turned away.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of a table.")] = False,
) -> None:
    """Reckon how many agents a load takes, and how long people will wait.

    Erlang C; with --patience Erlang A; with --places a short queue, with --places 0 Erlang B.
    """
    from helpline.staffing import Demand, Limits, around, needed, waits_by_class
    from helpline.staffing.shapes import StaffingOut, expected_out

    demand = Demand.each(interval, sum(arrivals), handling)
    limits = Limits(within, patience, places)
    enough = needed(demand, target, limits)
    rows = around(demand, enough.agents, agents, limits)
    classes = [Demand.each(interval, each, handling) for each in arrivals] if len(arrivals) > 1 else []
    waits = waits_by_class(classes, agents or enough.agents) if classes else []
    if as_json:
        found = StaffingOut(erlangs=demand.erlangs, needed=enough.agents, rows=[expected_out(row) for row in rows])
        typer.echo(msgspec.json.encode({**msgspec.to_builtins(found), "waits_by_class": waits}).decode())
        return
    out.print(f"{demand.erlangs:.4g} agents are kept busy; {enough.agents} answer {target:.1%} within {within:g} s.")
    out.print(_table(rows, enough.agents))
    for place, wait in enumerate(waits, 1):
        out.print(f"Class {place} of {agents or enough.agents} agents waits {wait:.1f} s on average.")


def _table(rows: "list[Expected]", chosen: int) -> Table:
    table = Table("Agents", "In time", "Mean wait", "Have to wait", "Busy", "Leave", "Turned away")
    for column in table.columns:
        column.justify = "right"
    for row in rows:
        shares = (f"{share:.1%}" for share in (row.delayed, row.occupancy, row.abandoned, row.blocked))
        style = "bold" if row.agents == chosen else None
        table.add_row(str(row.agents), f"{row.service_level:.1%}", f"{row.mean_wait:.1f} s", *shares, style=style)
    return table
