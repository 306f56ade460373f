"""Questions about files."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, text

from helpline.core import Tx
from helpline.core.actor import ActorKind
from helpline.people import Workspace

from .models import File, FileState


def bytes_unsent(tx: Tx, uploader_kind: ActorKind) -> int:
    """How much of it was uploaded by some and went with no message, or not yet."""
    here = (File.workspace_id == tx.workspace_id, text("state <> 'sent'"), File.uploader_kind == uploader_kind)
    there = File.state.not_in([FileState.AWAITED, FileState.MISSING])
    return int(tx.db.scalar(select(func.sum(File.size)).where(*here, there)) or 0)


def unsent(tx: Tx, before: datetime, most: int) -> list[str]:
    """The oldest uploads of before then that went with no message."""
    # Not "is uploaded" alone: only what is not sent stands in the index.
    here = (File.workspace_id == tx.workspace_id, text("state <> 'sent'"), File.state == FileState.UPLOADED)
    found = select(File.id).where(*here, File.created_at < before).order_by(File.created_at)
    return list(tx.db.scalars(found.limit(most)))


def unknown(tx: Tx, ids: Sequence[str]) -> list[str]:
    """Those of these that there is no row for."""
    there = set(tx.db.scalars(select(File.id).where(File.workspace_id == tx.workspace_id, File.id.in_(ids))))
    return [id for id in ids if id not in there]


def awaited(tx: Tx, channel_id: str, most: int) -> list[File]:
    """What was sent by a channel and is to be fetched now, what has waited longest first."""
    here = (File.workspace_id == tx.workspace_id, text("state = 'awaited'"), File.due_at <= tx.now)
    mine = File.source["channel_id"].as_string() == channel_id
    return list(tx.db.scalars(select(File).where(*here, mine).order_by(File.due_at).limit(most)))


def has_room(tx: Tx, size: int) -> bool:
    """Whether a file of that size fits into the space for files."""
    workspace = tx.db.get_one(Workspace, tx.workspace_id)
    return workspace.storage_limit is None or workspace.storage_used + size <= workspace.storage_limit


def with_awaited(tx: Tx) -> list[tuple[str, str]]:
    """(workspace, channel) with files to be fetched now; over all workspaces."""
    rows = select(File.workspace_id, File.source["channel_id"].as_string()).distinct()
    return [(one, of) for one, of in tx.db.execute(rows.where(text("state = 'awaited'"), File.due_at <= tx.now))]


def discarded(tx: Tx, most: int) -> list[str]:
    """Files whose bytes may go; also those of a sweep that broke off."""
    found = select(File.id).where(File.workspace_id == tx.workspace_id, text("state <> 'sent'"))
    found = found.where(File.state == FileState.DISCARDED)
    return list(tx.db.scalars(found.order_by(File.id).limit(most)))
