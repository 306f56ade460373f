"""How the command line speaks."""

from rich.console import Console

out = Console()
_err = Console(stderr=True)


class Refused(Exception):
    """A command cannot do what was asked; the message says why."""


def complain(sentence: str) -> None:
    """Say on standard error what is wrong."""
    _err.print(f"[red]Error:[/red] {sentence}", highlight=False)
