"""Questions about files."""

from datetime import datetime

from sqlalchemy import func, select, text

from helpline.core import Tx
from helpline.core.actor import ActorKind

from .models import File, FileState


def bytes_unsent(tx: Tx, uploader_kind: ActorKind) -> int:
    """How much of it was uploaded by some and went with no message, or not yet."""
    here = (File.workspace_id == tx.workspace_id, text("state <> 'sent'"), File.uploader_kind == uploader_kind)
    return int(tx.db.scalar(select(func.sum(File.size)).where(*here)) or 0)


def unsent(tx: Tx, before: datetime, most: int) -> list[str]:
    """The oldest uploads of before then that went with no message."""
    # Not "is uploaded" alone: only what is not sent stands in the index.
    here = (File.workspace_id == tx.workspace_id, text("state <> 'sent'"), File.state == FileState.UPLOADED)
    found = select(File.id).where(*here, File.created_at < before).order_by(File.created_at)
    return list(tx.db.scalars(found.limit(most)))


def discarded(tx: Tx, most: int) -> list[str]:
    """Files whose bytes may go; also those of a sweep that broke off."""
    found = select(File.id).where(File.workspace_id == tx.workspace_id, text("state <> 'sent'"))
    found = found.where(File.state == FileState.DISCARDED)
    return list(tx.db.scalars(found.order_by(File.id).limit(most)))
