"""The command ``helpline simulate``."""

from contextlib import ExitStack
from typing import Annotated

import typer

from ..cli.console import out


def simulate(
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on.")] = 8090,
    line: Annotated[str, typer.Option(help="Where LINE tells what happens: the address of a channel of yours.")] = "",
    telegram: Annotated[str, typer.Option(help="Where Telegram tells what happens.")] = "",
    whatsapp: Annotated[str, typer.Option(help="Where WhatsApp tells what happens.")] = "",
) -> None:
    """Stand in for LINE, Telegram and WhatsApp on this machine: strict as they are, with phones of customers to write on.

    Nothing is kept. Set up channels with the addresses and secrets that are printed, and start Helpline with
    HELPLINE_MAY_CALL=127.0.0.1, so that it may call this machine.
    """
    from .accounts import providers_for, secrets_at, settings_at
    from .server import Courier, Server

    providers = providers_for({"line": line, "telegram": telegram, "whatsapp": whatsapp})
    with ExitStack() as stack:
        server = stack.enter_context(Server(providers, port))
        for provider in providers.values():
            stack.enter_context(Courier(provider))
        out.print(f"\n  Phones  [bold]{server.url}/[/bold]   write here as a customer", highlight=False)
        for kind, provider in providers.items():
            out.print(f"\n  [bold]{kind}[/bold]", highlight=False)
            for name, value in {**settings_at(kind, provider, server.url), **secrets_at(kind, provider)}.items():
                out.print(f"    {name} {value}", highlight=False, soft_wrap=True)
        out.print("\n  Ctrl+C stops it.", highlight=False)
        try:
            server.wait()
        except KeyboardInterrupt:
            out.print("Stopped.")
