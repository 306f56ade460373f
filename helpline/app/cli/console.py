"""Where commands print what is more than a sentence."""

from rich.console import Console

out = Console()
