"""``helpline calendar``: what a calendar says, and loading an office calendar into it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import msgspec
import typer

from helpline.calendars import arithmetic, loading, office_days, queries
from helpline.calendars.api import checked
from helpline.calendars.loading_api import OFFICE
from helpline.calendars.models import Calendar
from helpline.calendars.plan import Plan
from helpline.calendars.shapes import hours_out
from helpline.core import Actor, Tx, Units

from ..settings import load
from .console import out
from .opening import opened, workspace_named
from .say import Refused
from .serve import ConfigFile, Data, Database

calendar = typer.Typer(no_args_is_help=True, help="Ask a calendar when it is open and how much working time passes.")

Named = Annotated[str, typer.Argument(metavar="CALENDAR", help="The calendar's name.")]
Workspace = Annotated[str | None, typer.Option(help="The workspace's name, if there are several.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
MOMENT = "2026-06-01T17:40, on the calendar's clock, or with a zone as in 2026-06-01T09:40Z."
At = Annotated[str, typer.Argument(metavar="MOMENT", help=MOMENT)]


@calendar.command("open-at")
def open_at(
    name: Named,
    at: At,
    workspace: Workspace = None,
    as_json: AsJson = False,
    data: Data = None,
    database: Database = None,
    config: ConfigFile = None,
) -> None:
    """Whether it is open at a moment, why, and when that changes."""

    def ask(tx: Tx, plan: Plan) -> None:
        moment = _moment(plan, at, tx.now)
        told = hours_out(moment, arithmetic.now_at(plan, moment), arithmetic.next_at(plan, moment))
        if as_json:
            return typer.echo(msgspec.json.encode(told).decode())
        out.print("last intake" if told.last_intake else told.state, f"({told.name})" if told.name else "")
        for said, when in (("until", told.until), ("closes", told.closes_at), ("opens", told.opens_at)):
            if when:
                out.print(f"  {said:<7}{_written(plan, when)}", highlight=False)
        return None

    _asked(name, ask, workspace, data, database, config)


@calendar.command("add")
def add(
    name: Named,
    minutes: Annotated[int, typer.Argument(min=0, help="Working minutes.")],
    at: At,
    workspace: Workspace = None,
    as_json: AsJson = False,
    data: Data = None,
    database: Database = None,
    config: ConfigFile = None,
) -> None:
    """When so many working minutes after a moment are over."""

    def ask(tx: Tx, plan: Plan) -> None:
        end = arithmetic.add(plan, _moment(plan, at, tx.now), timedelta(minutes=minutes))
        _print(as_json, {"end": end}, _written(plan, end))

    _asked(name, ask, workspace, data, database, config)


@calendar.command("between")
def between(
    name: Named,
    start: At,
    end: At,
    workspace: Workspace = None,
    as_json: AsJson = False,
    data: Data = None,
    database: Database = None,
    config: ConfigFile = None,
) -> None:
    """How many working minutes lie between two moments."""

    def ask(tx: Tx, plan: Plan) -> None:
        worked = arithmetic.between(plan, _moment(plan, start, tx.now), _moment(plan, end, tx.now))
        minutes = worked / timedelta(minutes=1)
        _print(as_json, {"minutes": minutes}, f"{minutes:g} working minutes")

    _asked(name, ask, workspace, data, database, config)


@calendar.command("load")
def load_file(
    name: Named,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV or JSON, a row for each day.")],
    like: Annotated[int, typer.Option(min=0, max=6, help="A working Saturday is as this day, 0 for Monday.")] = 0,
    workspace: Workspace = None,
    data: Data = None,
    database: Database = None,
    config: ConfigFile = None,
) -> None:
    """Load an office calendar as the government publishes it; an amended one replaces the one before."""
    text = office_days.decoded(file.read_bytes())
    days, years = office_days.office_days(text, like), office_days.years_of(text)

    def enter(tx: Tx) -> tuple[int, int]:
        (row,) = tx.lock(Calendar, _named(tx, name).id)
        return loading.load_days(tx, row, days, source=OFFICE, years=years)

    with_units = _opened(workspace, data, database, config)
    loaded, removed = with_units(lambda units, actor: units.run_now(actor, enter))
    out.print(f"{loaded} special days loaded, {removed} taken away.", highlight=False)


def _asked(name: str, ask: Callable[[Tx, Plan], None], *where: Any) -> None:
    def read(tx: Tx) -> None:
        ask(tx, queries.plan_of(tx, _named(tx, name)))

    _opened(*where)(lambda units, actor: units.read_now(actor, read))


def _opened(
    workspace: str | None, data: Path | None, database: str | None, config: Path | None
) -> Callable[[Callable[[Units, Actor], Any]], Any]:
    def with_units(do: Callable[[Units, Actor], Any]) -> Any:
        units = opened(load(config, data=data, database=database))
        try:
            return do(units, Actor.system(workspace_named(units, workspace)))
        finally:
            units.close()

    return with_units


def _named(tx: Tx, name: str) -> Calendar:
    there = queries.all_of(tx)
    found = next((row for row in there if row.name == name), None)
    if found is None:
        names = ", ".join(row.name for row in there)
        raise Refused(f"There is no calendar {name}; there is {names}." if names else "There is no calendar yet.")
    return found


def _moment(plan: Plan, said: str, now: datetime) -> datetime:
    try:
        at = datetime.fromisoformat(said)
    except ValueError:
        raise Refused(f"{said} is no moment; write it like {MOMENT}") from None
    return checked(at if at.tzinfo else at.replace(tzinfo=ZoneInfo(plan.zone.key)), now)


def _written(plan: Plan, at: datetime) -> str:
    return f"{at.astimezone(plan.zone):%a %Y-%m-%d %H:%M} {plan.zone.key}"


def _print(as_json: bool, told: dict[str, Any], text: str) -> None:
    if as_json:
        typer.echo(msgspec.json.encode(told).decode())
    else:
        out.print(text, highlight=False)
