"""How the command line speaks."""

import socket

import typer


class Refused(Exception):
    """A command cannot do what was asked; the message says why."""


def complain(sentence: str) -> None:
    """Say on standard error what is wrong."""
    typer.echo(f"{typer.style('Error:', fg='red')} {sentence}", err=True)


def address(listening: socket.socket) -> str:
    """Where a browser on this machine finds us."""
    host, port = listening.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
