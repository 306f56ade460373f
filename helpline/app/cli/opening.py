"""A database opened from the command line, also beside a running server."""

import fcntl

from sqlalchemy import select

from helpline.core import Actor, Tx, Units
from helpline.people.models import Workspace

from .. import migrate as migration
from ..consequences import CONSEQUENCES
from ..settings import Settings
from .say import Refused


def opened(settings: Settings) -> Units:
    """Units on a database that is there and has today's schema."""
    if settings.is_embedded and not (settings.data / "helpline.sqlite3").exists():
        raise Refused(f"There is no database in {settings.data}.")
    migration.check(settings)
    return Units(settings.url, CONSEQUENCES)


def workspace_named(units: Units, name: str | None) -> str:
    """The id of the workspace of this name; of the only one there is when no name is given."""
    there = units.read_now(Actor("system", ""), workspaces)
    found = [id for id, called in there if name in {None, called, id}]
    if len(found) == 1:
        return found[0]
    names = ", ".join(called for _, called in there)
    if name is None and there:
        raise Refused(f"There are several workspaces; say which one with --workspace: {names}.")
    raise Refused(f"There is no workspace {name}; there is {names}." if there else "There is no workspace yet.")


def is_serving(settings: Settings) -> bool:
    """Whether a server runs on this embedded database right now."""
    lock = settings.data / "lock"
    if not settings.is_embedded or not lock.exists():
        return False
    with lock.open() as held:
        try:
            fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


def workspaces(tx: Tx) -> list[tuple[str, str]]:
    """Their ids and names."""
    rows = tx.execute(select(Workspace.id, Workspace.name).order_by(Workspace.name))
    return [(row.id, row.name) for row in rows]
