"""``backup``, ``restore`` and ``doctor``."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from ..settings import load
from .opening import opened
from .say import out
from .serve import ConfigFile, Data, Database, alone


def backup(
    file: Annotated[Path, typer.Argument(help="The archive to write, such as helpline-2026-03-01.tar.gz.")],
    data: Data = None,
    database: Database = None,
    config: ConfigFile = None,
) -> None:
    """Put database, files and secret into one archive, as of one moment; also while Helpline runs.

    A PostgreSQL database is read by `pg_dump`, which must be at least as new as the server.
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

    The next `serve` migrates it if need be.
    """
    from ..care.backup import restore as put_back

    settings = load(config, data=data, database=database)
    with alone(settings):
        manifest = put_back(file, settings, force=force)
    place = settings.data if settings.is_embedded else f"{settings.data}, with its database,"
    out.print(f"{place} is as it was at {manifest.made_at:%Y-%m-%d %H:%M:%S} UTC.", highlight=False)


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    data: Data = None,
    database: Database = None,
    config: ConfigFile = None,
) -> None:
    """Look whether everything that must hold does hold; changes nothing, also while Helpline runs.

    The exit code is 1 when something is wrong. Warnings are not.
    """
    from ..care.doctor import examine

    settings = load(config, data=data, database=database)
    units = opened(settings)
    try:
        found = examine(units, settings)
    finally:
        units.close()
    wrong = [one for one in found if one.level == "error"]
    if as_json:
        typer.echo(msgspec.json.encode({"healthy": not wrong, "findings": found}).decode())
    else:
        for one in found:
            out.print(f"{one.level}: {one.check}: {one.detail}", highlight=False, markup=False, soft_wrap=True)
        out.print(
            "Everything is as it must be." if not found else f"{len(wrong)} errors, {len(found) - len(wrong)} warnings."
        )
    if wrong:
        raise typer.Exit(1)
