"""``backup``, ``restore`` and ``doctor``."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from ..care.finding import ADVICE, Finding
from ..settings import load
from .console import out
from .opening import opened
from .serve import ConfigFile, Data, Database, alone


def backup(
    file: Annotated[Path, typer.Argument(help="The archive to write, such as helpline-2026-03-01.tar.gz.")],
    data: Data = None,
    database: Database = None,
    config: ConfigFile = None,
) -> None:
    """Put database, files and secret into one archive, as of one moment; also while Helpline runs.

    A PostgreSQL database is read by `pg_dump`, which must be of the server's own version.
    """
    from ..care.backup import back_up

    size = back_up(load(config, data=data, database=database), file)
    out.print(
        f"{file} holds everything, {size / 1e6:,.1f} MB. Whoever has it has all of it; keep it safe.", highlight=False
    )


def restore(
    file: Annotated[Path, typer.Argument(help="An archive that `helpline backup` wrote.", exists=True, dir_okay=False)],
    data: Data = None,
    database: Database = None,
    force: Annotated[bool, typer.Option("--force", help="Move aside what is in the folder and the database.")] = False,
    config: ConfigFile = None,
) -> None:
    """Put a backup into a folder, and into an empty PostgreSQL database if it is of one, after looking whether it is whole.

    If the backup is of an older version, the next `serve` migrates a folder's database; for PostgreSQL, run `helpline migrate`.
    """
    from ..care.backup import restore as put_back

    settings = load(config, data=data, database=database)
    with alone(settings):
        manifest = put_back(file, settings, force=force)
    place = settings.data if settings.is_embedded else f"{settings.data}, with its database,"
    out.print(f"{place} is as it was at {manifest.made_at:%Y-%m-%d %H:%M:%S} UTC.", highlight=False)


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    mend: Annotated[bool, typer.Option("--repair", help="Mend what can be worked out from the rest.")] = False,
    data: Data = None,
    database: Database = None,
    config: ConfigFile = None,
) -> None:
    """Look whether everything that must hold does hold; also while Helpline runs. Without --repair it changes nothing.

    The exit code is 1 when something is wrong, and was not repaired. Warnings are not.
    """
    from ..care import doctor as looks

    settings = load(config, data=data, database=database)
    units = opened(settings)
    try:
        found = looks.examine(units, settings)
        repaired = looks.mend(units, settings, found) if mend and found else {}
        found = looks.examine(units, settings) if repaired else found
    finally:
        units.close()
    wrong = [one for one in found if one.level == "error"]
    if as_json:
        findings = [{**asdict(one), "advice": one.advice} for one in found]
        typer.echo(msgspec.json.encode({"healthy": not wrong, "repaired": repaired, "findings": findings}).decode())
    else:
        _tell(found, repaired)
    if wrong:
        raise typer.Exit(1)


def _tell(found: list[Finding], repaired: dict[str, int]) -> None:
    for code, count in repaired.items():
        out.print(f"repaired: {code}: {count}", highlight=False)
    for one in found:
        out.print(f"{one.level}: {one.code}: {one.detail}", highlight=False, markup=False, soft_wrap=True)
    for code in dict.fromkeys(one.code for one in found):
        out.print(f"{code}: {ADVICE[code]}", highlight=False, markup=False, soft_wrap=True)
    wrong = sum(one.level == "error" for one in found)
    out.print("Everything is as it must be." if not found else f"{wrong} errors, {len(found) - wrong} warnings.")
