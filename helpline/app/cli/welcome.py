"""What ``helpline demo`` says when it is ready."""

from rich.table import Table

from ..demo.cast import COLLEAGUES, PASSWORD
from ..settings import Settings
from .console import out


def welcome(settings: Settings, base: str, phones: str = "") -> None:
    """Addresses, logins, and what to try first."""
    out.print("\n[bold]Helpline demo[/bold]\n")
    out.print(f"  Shop  [bold]{base}/demo[/bold]   write here as a customer", highlight=False)
    out.print(f"  Desk  [bold]{base}/[/bold]       answer here as an agent", highlight=False)
    if phones:
        out.print(f"  Phones  [bold]{phones}/[/bold]   or here, by LINE, Telegram or WhatsApp", highlight=False)
    logins = Table(box=None, padding=(0, 2), header_style="dim")
    for heading in ("E-mail", "Name", "Role", "Desk in"):
        logins.add_column(heading, no_wrap=True)
    for one in COLLEAGUES:
        logins.add_row(one.email, one.name, one.role, one.locale)
    out.print(f"\n  Everybody's password is [bold]{PASSWORD}[/bold]\n", highlight=False)
    out.print(logins)
    out.print("\n  Sign in as Amara, say Ready, and write in the shop from another window.", highlight=False)
    out.print("  Ctrl+C stops it. What happens is kept in", highlight=False)
    out.print(f"  {settings.data}", highlight=False, soft_wrap=True)
    out.print("  Delete that folder to begin anew.\n", highlight=False)
