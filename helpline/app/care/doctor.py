"""Looks whether everything that must hold does hold, and mends what follows from the rest."""

import shutil
import time
from functools import partial

from sqlalchemy import select, text

from helpline.core import Actor, Tx, Units
from helpline.files import File, FileState
from helpline.files.storage import Storage
from helpline.people.models import Workspace

from ..settings import Settings
from .checks import CHECKS
from .finding import SHOWN, Check, Finding, Found, of
from .repairs import AT_ONCE, REPAIRS, repair

LEAST_FREE = 1_000_000_000
NOBODY = Actor("system", "")
MOST_ROUNDS = 10_000
STILL_COMING = 86_400.0
"""Seconds in which the bytes of an upload may be there before its row."""


def examine(units: Units, settings: Settings) -> list[Finding]:
    """Everything that is found."""
    found = [*_disk(settings), *_secret(settings), *units.read_now(NOBODY, _database)]
    storage = Storage(settings.data / "files")
    for id in units.read_now(NOBODY, _workspaces):
        checks: tuple[Check, ...] = (*CHECKS, partial(_files, storage=storage))
        for check in checks:
            found += units.read_now(Actor.system(id), _at_one_moment, check)
    return found


def mend(units: Units, settings: Settings, found: list[Finding]) -> dict[str, int]:
    """Repair what can be repaired of what was found: how many, by code."""
    mended: dict[str, int] = {}
    for workspace_id, code in sorted({(one.workspace, one.code) for one in found}):
        count = 0
        if code in REPAIRS:
            home = Actor.system(workspace_id)
            for _ in range(MOST_ROUNDS):
                count += (some := units.run_now(home, repair, code))
                if some < AT_ONCE:
                    break
        elif code == "file_orphaned":
            storage = Storage(settings.data / "files")
            home = Actor.system(workspace_id)
            for id in units.read_now(home, _orphans, storage):
                if units.read_now(home, _is_orphan, storage, id):
                    count += len(storage.remove(workspace_id, [id]))
        elif code == "secret_readable":
            (settings.data / "secret").chmod(0o600)
            count = 1
        if count:
            mended[code] = mended.get(code, 0) + count
    return mended


def _at_one_moment(tx: Tx, check: Check) -> list[Finding]:
    """What a check finds while nothing it reads changes under its eyes, on a server as in a file."""
    tx.stand_still()
    return list(check(tx))


def _workspaces(tx: Tx) -> list[str]:
    return list(tx.db.scalars(select(Workspace.id)))


def _database(tx: Tx) -> list[Finding]:
    if tx.connection.dialect.name != "sqlite":
        return []
    said = [str(line) for line in tx.db.scalars(text("PRAGMA integrity_check(20)"))]
    broken = [Finding("database_damaged", line) for line in said if line != "ok"]
    lost = list(tx.db.execute(text("PRAGMA foreign_key_check")))
    told = "A row of {} refers to nothing in {}."
    return broken + [Finding("reference_broken", told.format(table, other)) for table, _, other, _ in lost[:SHOWN]]


def _disk(settings: Settings) -> Found:
    free = shutil.disk_usage(settings.data).free if settings.data.exists() else LEAST_FREE
    if free < LEAST_FREE:
        yield Finding("disk_almost_full", f"Only {free // 1_000_000} MB are free beside the data.", "warning")


def _secret(settings: Settings) -> Found:
    kept = settings.data / "secret"
    if not settings.secret and kept.exists() and kept.stat().st_mode & 0o077:
        yield Finding("secret_readable", f"{kept} can be read by others.", "warning")


def _files(tx: Tx, storage: Storage) -> Found:
    rows = select(File.id, File.state).where(File.workspace_id == tx.workspace_id)
    known = {row.id: row.state for row in tx.db.execute(rows)}
    lost = [
        id for id, state in known.items() if state == FileState.SENT and not storage.path(tx.workspace_id, id).exists()
    ]
    for id in sorted(lost)[:SHOWN]:
        yield of(tx, "file_missing", f"The bytes of file {id} are missing.")
    if orphans := _orphans(tx, storage):
        told = f"{len(orphans)} files belong to nothing: uploads that broke off."
        yield of(tx, "file_orphaned", told, "warning")


def _is_orphan(tx: Tx, storage: Storage, id: str) -> bool:
    """Whether it still is: an import that finds the bytes there makes them as new first, and then a row for them."""
    return tx.find(File, id) is None and _is_old(storage, tx.workspace_id, id)


def _orphans(tx: Tx, storage: Storage) -> list[str]:
    """The ids of bytes without a row, but for those that may have come a moment ago."""
    known = set(tx.db.scalars(select(File.id).where(File.workspace_id == tx.workspace_id)))
    there = (storage.root / tx.workspace_id).glob("*/*")
    lying = [path.name for path in there if path.name not in known and path.suffix != ".part"]
    return sorted(id for id in lying if _is_old(storage, tx.workspace_id, id))


def _is_old(storage: Storage, workspace_id: str, id: str) -> bool:
    try:
        return time.time() - storage.path(workspace_id, id).stat().st_mtime > STILL_COMING
    except FileNotFoundError:  # deleted a moment ago
        return False
