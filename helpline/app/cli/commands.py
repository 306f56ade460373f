"""The commands by name, each loaded when it is asked for: a server carries none of what imports, replays and draws tables."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

PLACES = {
    "demo": ".cli.serve:demo",
    "serve": ".cli.serve:serve",
    "migrate": ".cli.serve:migrate",
    "replay": ".replay.command:replay",
    "import": ".cli.importing:import_",
    "export": ".cli.exporting:export",
    "backup": ".cli.caring:backup",
    "restore": ".cli.caring:restore",
    "doctor": ".cli.caring:doctor",
    "reindex": ".cli.reindexing:reindex",
    "staffing": ".cli.staffing:staffing",
    "simulate": ".simulating_channels.command:simulate",
    "admin": ".cli.admin:admin",
    "route": ".simulating.command:route",
    "calendar": ".cli.calendars:calendar",
    "mail": ".cli.mailing:mail",
}


class Commands(TyperGroup):
    """The group of all commands."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**{**attributes, "commands": {}})
        self.commands = _Loaded()  # type: ignore[assignment]

    def list_commands(self, context: Any) -> list[str]:
        """In the order of ``PLACES``, the most used first."""
        return list(self.commands)


class _Loaded(Mapping[str, Any]):
    def __getitem__(self, name: str) -> Any:
        return _load(name)

    def __iter__(self) -> Iterator[str]:
        return iter(PLACES)

    def __len__(self) -> int:
        return len(PLACES)


@cache
def _load(name: str) -> Any:
    module, _, what = PLACES[name].partition(":")
    found = getattr(import_module(module, "helpline.app"), what)
    if isinstance(found, typer.Typer):
        found.info.name = name
        return typer.main.get_group(found)
    alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    alone.command(name)(found)
    return typer.main.get_command(alone)
