"""The commands ``helpline route …``."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.table import Table

from ..cli.console import out

route = typer.Typer(no_args_is_help=True, help="Try out who gets what.")


@route.callback()
def _route() -> None:
    """Try out who gets what."""


@route.command()
def replay(
    file: Annotated[Path, typer.Argument(help="A day as JSON: agents and calls; or, with --rules, calls alone.")],
    rules: Annotated[Path | None, typer.Option(help="A JSON file with the agents and what priority is worth.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print each outcome as a line of JSON.")] = False,
) -> None:
    """Run the real allocation over a file of arrivals and agents, at the pace of a simulated clock, and print each outcome.

    Nothing is touched: the database is made for it and thrown away.
    """
    from .day import play
    from .reading import read

    outcomes = play(read(file, rules))
    if as_json:
        for one in outcomes:
            typer.echo(msgspec.json.encode(one).decode())
        return
    table = Table("Arrival", "Outcome", "Agent", "Waited")
    for one in outcomes:
        table.add_row(one.id, one.outcome, one.agent or "", f"{one.wait:g} s")
    out.print(table)
    answered = [one.wait for one in outcomes if one.outcome == "answered"]
    mean = sum(answered) / len(answered) if answered else 0.0
    out.print(f"{len(outcomes)} came, {len(answered)} were answered after {mean:.1f} s on average.")
