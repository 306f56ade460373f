"""``helpline``: all commands, and how their mistakes are told."""

import sys

import typer
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError

from helpline import __version__
from helpline.core import DomainError

from ..migrate import NotMigrated
from ..settings import BadSetting
from .commands import Commands
from .say import Refused, complain

cli = typer.Typer(
    cls=Commands,
    name="helpline",
    help="Helpline: customer service over every channel, self-hosted.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"helpline {__version__}")
        raise typer.Exit


@cli.callback()
def root(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    """Helpline: customer service over every channel, self-hosted."""


def main() -> None:
    """Run the command line; a mistake is one sentence and exit code 1 (2 for wrong usage)."""
    try:
        cli()
    except (BadSetting, NotMigrated, Refused, DomainError) as error:
        complain(str(error))
        sys.exit(1)
    except OperationalError as error:
        complain(f"The database cannot be reached: {str(error.orig).splitlines()[0]}")
        sys.exit(1)
    except (ArgumentError, NoSuchModuleError) as error:
        complain(f"That is no database address: {str(error).splitlines()[0]}")
        sys.exit(1)
