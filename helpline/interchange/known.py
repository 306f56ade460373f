"""What was taken in before, by the id it had elsewhere."""

import hashlib
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import insert, select, update

from helpline.core import Scoped, Tx

from .lines import Line, encode
from .models import TakenIn

M = TypeVar("M", bound=Scoped)


@dataclass(frozen=True)
class Known:
    """A row that is here already, and whether the line says the same as last time."""

    id: str
    is_same: bool
    is_ours: bool = False
    """It did not come by an import: the line is an export of this very workspace."""


def digest(line: Line) -> str:
    """What two lines that say the same have in common."""
    return hashlib.sha256(encode(line)).hexdigest()


def find(tx: Tx, model: type[M], kind: str, external_id: str, line: Line | None = None) -> Known | None:
    """The row that an earlier line made, or that gave the line its id when it was exported."""
    row = TakenIn
    mine = (row.workspace_id == tx.workspace_id, row.kind == kind, row.external_id == external_id)
    found = tx.execute(select(row.id, row.digest).where(*mine)).first()
    if found is not None:
        return Known(found.id, line is not None and found.digest == digest(line))
    ours = tx.find(model, external_id) if len(external_id) == 36 else None
    return Known(ours.id, False, is_ours=True) if ours else None


def remember(tx: Tx, kind: str, external_id: str, id: str, line: Line) -> None:
    """Note what a new line became."""
    row = {"workspace_id": tx.workspace_id, "kind": kind, "external_id": external_id}
    tx.execute(insert(TakenIn), {**row, "id": id, "digest": digest(line)})


def note_change(tx: Tx, kind: str, external_id: str, line: Line) -> None:
    """Note what a line says now."""
    row = TakenIn
    mine = (row.workspace_id == tx.workspace_id, row.kind == kind, row.external_id == external_id)
    tx.execute(update(row).where(*mine).values(digest=digest(line)))
