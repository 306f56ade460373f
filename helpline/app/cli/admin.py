"""``helpline admin``: break-glass for whoever holds the server."""

from typing import Annotated

import typer
from sqlalchemy import select

from helpline.core import Actor, Tx, Units, new_id
from helpline.people import access, actions, passwords, queries
from helpline.people.models import Agent, Locale, Role, Workspace

from .. import migrate as migration
from ..consequences import CONSEQUENCES
from ..seed import furnish
from ..settings import Settings, load
from .console import out
from .say import Refused
from .serve import ConfigFile, Data, Database, prepare

admin = typer.Typer(no_args_is_help=True, help="Create a workspace or an administrator, reset a password.")

Email = Annotated[str, typer.Argument(help="The e-mail address to sign in with.")]
Password = Annotated[
    str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, help="At least ten characters.")
]


@admin.command()
def create(
    email: Email,
    password: Password,
    workspace: Annotated[str, typer.Option(help="The workspace's name; made when there is none of it.")],
    name: Annotated[str, typer.Option(help="The administrator's name.")] = "Administrator",
    locale: Annotated[Locale, typer.Option(help="en or zh-TW.")] = "en",
    empty: Annotated[bool, typer.Option("--empty", help="Put nothing into a new workspace: for an import.")] = False,
    timezone: Annotated[str, typer.Option(help="Where a new workspace's days begin, such as Europe/Berlin.")] = "UTC",
    data: Data = None,
    database: Database = None,
    config: ConfigFile = None,
) -> None:
    """Create an administrator, and the workspace if there is none of that name."""
    units, password_hash = _open(load(config, data=data, database=database)), _hash(password)
    try:
        there = units.read_now(Actor("system", ""), _workspace_named, workspace)
        if there:
            units.run_now(
                Actor.system(there),
                lambda tx: (
                    actions.add_agent(
                        tx, name=name, email=email, password_hash=password_hash, role=Role.ADMINISTRATOR, locale=locale
                    ).id
                ),
            )
        else:
            given = workspace, locale, timezone, name, email, password_hash
            units.run_now(Actor.system(new_id()), lambda tx: _set_up(tx, *given, empty=empty))
    finally:
        units.close()
    out.print(f"{email} is an administrator of {workspace}.", highlight=False)


@admin.command("reset-password")
def reset_password(
    email: Email, password: Password, data: Data = None, database: Database = None, config: ConfigFile = None
) -> None:
    """Give an account a new password, in every workspace it belongs to, and sign it out everywhere."""
    units, password_hash = _open(load(config, data=data, database=database)), _hash(password)
    try:
        found = units.read_now(Actor("system", ""), _accounts, email.lower())
        if not found:
            raise Refused(f"Nobody has the address {email}.")
        for workspace_id, agent_id in found:
            units.run_now(
                Actor.system(workspace_id),
                lambda tx, agent_id=agent_id: access.reset_password(  # type: ignore[misc]
                    tx, tx.get(Agent, agent_id), password_hash, due=False
                ),
            )
    finally:
        units.close()
    out.print(f"{email} has a new password.", highlight=False)


def _open(settings: Settings) -> Units:
    # Works beside a running server, so it migrates nothing but a database that is not there yet.
    if settings.is_embedded and not (settings.data / "helpline.sqlite3").exists():
        prepare(settings)
    migration.check(settings)
    return Units(settings.url, CONSEQUENCES)


def _hash(password: str) -> str:
    return passwords.hashed(password)


def _workspace_named(tx: Tx, name: str) -> str | None:
    return tx.db.scalar(select(Workspace.id).where(Workspace.name == name))


def _accounts(tx: Tx, email: str) -> list[tuple[str, str]]:
    return [(home.id, agent.id) for agent, home in queries.agents_with_email(tx, email)]


def _set_up(
    tx: Tx, workspace: str, locale: Locale, timezone: str, name: str, email: str, password_hash: str, *, empty: bool
) -> str:
    first = actions.set_up(
        tx,
        workspace_name=workspace,
        locale=locale,
        timezone=timezone,
        name=name,
        email=email,
        password_hash=password_hash,
    )
    if not empty:
        furnish(tx, first, locale)
    return first.id
