"""Taking files in, sending them along, and letting go of what was never sent."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import delete, update

from helpline.core import Conflict, Invalid, Tx
from helpline.core.pausing import pause
from helpline.people import Workspace

from . import queries
from .events import FilesDiscarded, FileUploaded
from .models import File, FileState
from .pictures import Size
from .rules import FETCHES, LONGEST_PAUSE
from .shapes import FileOut, file_out

KEPT_UNSENT = timedelta(days=1)
MOST_AT_ONCE = 500
VISITORS_UNSENT = 4
"""What visitors uploaded and did not send takes one part in so many of the space, so that agents always have some."""


class UnknownFile(Invalid):
    """There is no such file; upload it first."""


class NothingToFetch(Conflict):
    """This file is here already, or nobody knows any more where it was."""


class StorageFull(Conflict):
    """The space for files is used up; an administrator can allow more."""


def take_in(tx: Tx, file: File) -> FileOut:
    """Make room for an upload. Its row comes before its bytes, so that bytes never lie about that nobody knows of."""
    # Held, so that of two that fit one by one only as many are taken as fit together.
    workspace = tx.db.get_one(Workspace, tx.workspace_id, with_for_update={"key_share": True})
    if not _fits(tx, file, workspace):
        raise StorageFull(field="file")
    file.uploader_kind, file.uploader_id, file.created_at = tx.actor.kind, tx.actor.id, tx.now
    add(tx, file)
    tx.emit(FileUploaded(file_id=file.id, name=file.name, size=file.size))
    return file_out(file)


def add(tx: Tx, file: File) -> None:
    """Write the row of a file, which takes up room from now on."""
    tx.db.add(file)
    _take_up(tx, file.size)


def expect(tx: Tx, file: File, *, is_here: bool) -> File:
    """Note a file that a contact sent by a channel outside: its bytes are kept already, or are to be fetched."""
    if (known := tx.find(File, file.id)) is not None:
        return known
    file.uploader_kind, file.uploader_id, file.created_at = tx.actor.kind, tx.actor.id, tx.now
    file.state = FileState.UPLOADED if is_here else FileState.AWAITED
    if is_here:
        add(tx, file)
    else:
        tx.db.add(file)  # it takes up room when it is here
        _have_fetched(tx, file)
    tx.db.flush()
    return file


def arrived(tx: Tx, id: str, *, size: int, media_type: str, name: str, pixels: Size | None = None) -> File:
    """The bytes of an awaited file are kept now."""
    (file,) = tx.lock(File, id)
    if file.state == FileState.AWAITED:
        _take_up(tx, size)
        file.size, file.media_type, file.name, file.state = size, media_type, name, FileState.SENT
        file.width, file.height = pixels or (None, None)
        file.trouble, file.due_at = "", None
    return file


def put_off(tx: Tx, id: str, trouble: str, at_least: float | None, *, for_good: bool) -> File:
    """An awaited file could not be fetched: it is tried again later, or given up ``for_good``, or after a day of that."""
    (file,) = tx.lock(File, id)
    if file.state == FileState.AWAITED:
        file.attempts, file.trouble = file.attempts + 1, trouble[:500]
        if for_good or file.attempts >= FETCHES:
            file.state, file.due_at = FileState.MISSING, None
        else:
            file.due_at = tx.now + pause(file.attempts, LONGEST_PAUSE, at_least)
    return file


def ask_again(tx: Tx, id: str) -> File:
    """Have a file fetched that was given up."""
    (file,) = tx.lock(File, id)
    if file.state != FileState.MISSING or not file.source.get("ref"):
        raise NothingToFetch
    file.state, file.attempts, file.trouble = FileState.AWAITED, 0, ""
    _have_fetched(tx, file)
    return file


def attach(tx: Tx, ids: list[str]) -> list[FileOut]:
    """The sender's uploads, which go with a message from now on and are kept."""
    files = held(tx, ids)
    if ids:
        mine = (File.workspace_id == tx.workspace_id, File.id.in_(ids), File.state == FileState.UPLOADED)
        tx.execute(update(File).where(*mine).values(state=FileState.SENT))
    return files


def held(tx: Tx, ids: list[str]) -> list[FileOut]:
    """The sender's uploads, which nobody discards before this unit is through."""
    if not ids:
        return []
    found = {file.id: file for file in tx.lock(File, *ids) if _may_send(tx, file)}
    if found.keys() != set(ids):
        raise UnknownFile(field="file_ids")
    return [file_out(found[id]) for id in ids]


def discard(tx: Tx, ids: Iterable[str]) -> None:
    """Throw away what was never sent. It can no longer be; the row stays until the bytes are gone."""
    files = [file for file in tx.lock(File, *ids) if file.state == FileState.UPLOADED]
    for file in files:
        file.state = FileState.DISCARDED
    if files:
        tx.emit(FilesDiscarded(file_ids=[file.id for file in files]))


def forget(tx: Tx, ids: list[str]) -> None:
    """The bytes of these are gone; so are they."""
    gone = (File.workspace_id == tx.workspace_id, File.id.in_(ids), File.state == FileState.DISCARDED)
    sizes = tx.execute(delete(File).where(*gone).returning(File.size)).scalars().all()
    if sizes:
        _take_up(tx, -sum(sizes))


def _have_fetched(tx: Tx, file: File) -> None:
    file.due_at = tx.now
    tx.left.add(("files", file.source["channel_id"]))


def _take_up(tx: Tx, size: int) -> None:
    taken = update(Workspace).where(Workspace.id == tx.workspace_id)
    tx.execute(taken.values(storage_used=Workspace.storage_used + size))


def _fits(tx: Tx, file: File, workspace: Workspace) -> bool:
    limit = workspace.storage_limit
    if limit is None:
        return True
    if tx.actor.kind == "visitor" and queries.bytes_unsent(tx, "visitor") + file.size > limit // VISITORS_UNSENT:
        return False
    return workspace.storage_used + file.size <= limit


def _may_send(tx: Tx, file: File) -> bool:
    mine = (file.uploader_kind, file.uploader_id) == (tx.actor.kind, tx.actor.id)
    return mine and file.state != FileState.DISCARDED
