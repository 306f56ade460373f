"""What was taken in before, by the id it had elsewhere."""

import hashlib
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import insert, select, update

from helpline.core import Scoped, Tx

from .lines import Line, encode
from .models import TakenIn

M = TypeVar("M", bound=Scoped)
BEGUN = "~"
"""In place of the first character of a digest: not all of the line is written yet."""


@dataclass(frozen=True)
class Known:
    """A row that is here already, and whether the line says the same as last time."""

    id: str
    is_same: bool
    is_ours: bool = False
    """It did not come by an import: the line is an export of this very workspace."""
    is_unfinished: bool = False
    """The import that wrote it broke off in the middle of it."""
    is_begun: bool = False
    """And this is the line that goes on with it."""


def digest(line: Line) -> str:
    """What two lines that say the same have in common."""
    return hashlib.sha256(encode(line)).hexdigest()


def find(tx: Tx, model: type[M], kind: str, external_id: str, line: Line | None = None) -> Known | None:
    """The row that an earlier line made, or that gave the line its id when it was exported."""
    row = TakenIn
    mine = (row.workspace_id == tx.workspace_id, row.kind == kind, row.external_id == external_id)
    found = tx.execute(select(row.id, row.digest).where(*mine)).first()
    if found is not None:
        begun, now = found.digest.startswith(BEGUN), digest(line) if line is not None else None
        return Known(found.id, found.digest == now, is_unfinished=begun, is_begun=begun and found.digest == _begun(now))
    ours = tx.find(model, external_id) if len(external_id) == 36 else None
    return Known(ours.id, False, is_ours=True) if ours else None


def _begun(digest: str | None) -> str:
    return BEGUN + (digest or "")[1:]


def remember(tx: Tx, kind: str, external_id: str, id: str, line: Line, *, is_whole: bool = True) -> None:
    """Note what a new line became; of what is written in parts, that it is begun."""
    row = {"workspace_id": tx.workspace_id, "kind": kind, "external_id": external_id}
    tx.execute(insert(TakenIn), {**row, "id": id, "digest": digest(line) if is_whole else _begun(digest(line))})


def note_change(tx: Tx, kind: str, external_id: str, line: Line) -> None:
    """Note what a line says now."""
    row = TakenIn
    mine = (row.workspace_id == tx.workspace_id, row.kind == kind, row.external_id == external_id)
    tx.execute(update(row).where(*mine).values(digest=digest(line)))
