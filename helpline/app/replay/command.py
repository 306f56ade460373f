"""The command ``helpline replay``."""

import asyncio
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import msgspec
import typer
from rich.console import Console

from ..cli.console import out
from ..cli.say import Refused

File = Annotated[Path, typer.Argument(help="Dialogues, one JSON object a line; may be packed with gzip (.gz).")]
Urls = Annotated[
    list[str],
    typer.Option(
        "--url",
        help="Where Helpline is; several times for several nodes. Use a test installation: visitors and agents are simulated.",
    ),
]


def replay(
    file: File,
    urls: Urls = ["http://127.0.0.1:8000"],  # noqa: B006 (read only)
    concurrency: Annotated[int, typer.Option(min=1, help="Dialogues played at the same time.")] = 50,
    agents: Annotated[int, typer.Option(min=1, help="Simulated agents.")] = 20,
    email: Annotated[str, typer.Option(help="The administrator; made if the installation is new.")] = "",
    password: Annotated[
        str, typer.Option(envvar="HELPLINE_REPLAY_PASSWORD", show_envvar=True, help="The administrator's password.")
    ] = "",
    token: Annotated[str, typer.Option(help="An administrator's API token, instead of e-mail and password.")] = "",
    patience: Annotated[float, typer.Option(min=1, help="Seconds after which a dialogue is given up.")] = 300,
    misses: Annotated[
        float, typer.Option("--miss", min=0, max=0.9, help="Which part of their offers the agents let go by.")
    ] = 0.0,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of a table.")] = False,
) -> None:
    """Play real dialogues through the public API as visitors and agents, and count what was lost.

    The exit code is 0 only when every message arrived once and in order, and every service record is right.
    """
    from .dialogues import read
    from .run import Wish
    from .run import replay as play
    from .summary import show

    for url in urls:
        if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).netloc:
            raise Refused(f"{url} is not an address such as http://127.0.0.1:8000.")
    if not token and not (email and password):
        raise Refused("Say who the administrator is: --email and --password (or HELPLINE_REPLAY_PASSWORD), or --token.")
    wish = Wish([url.rstrip("/") for url in urls], concurrency, agents, patience, email, password, token, misses)
    summary = asyncio.run(play(read(file), wish, Console(stderr=True)))
    if as_json:
        typer.echo(msgspec.json.encode(summary.plain()).decode())
    else:
        show(summary, out)
    if not summary.is_right:
        raise typer.Exit(1)
