"""Keeping a draft while it is written."""

from typing import Any

from msgspec import to_builtins

from helpline.conversations import queries as conversations
from helpline.conversations.models import Visibility
from helpline.core import Tx, new_id
from helpline.core.errors import EditedMeanwhile
from helpline.files.actions import held

from . import queries
from .events import DraftDiscarded, DraftSaved
from .models import Draft
from .shapes import DraftIn, draft_out


def save(tx: Tx, conversation_id: str, given: DraftIn) -> Draft:
    """Keep what was written so far; refused when another desk of the agent kept something after ``version``."""
    conversations.visible(tx, conversation_id)
    content: dict[str, Any] = {
        "text": given.text,
        "visibility": given.visibility,
        "aside": given.aside,
        "files": to_builtins(held(tx, given.file_ids)),
    }
    draft = mine_held(tx, conversation_id)
    if given.version != (draft.version if draft else 0):
        raise EditedMeanwhile(draft=draft_out(draft) if draft else None)
    if draft is None:
        draft = Draft(workspace_id=tx.workspace_id, id=new_id(), agent_id=tx.actor.id, version=0)
        draft.conversation_id = conversation_id
        tx.db.add(draft)
    _write(tx, draft, **content)
    tx.emit(DraftSaved(draft_id=draft.id, conversation_id=conversation_id, version=draft.version))
    return draft


def discard(tx: Tx, conversation_id: str) -> None:
    """Throw away what was written. Nothing there: nothing to do."""
    draft = mine_held(tx, conversation_id)
    if draft is not None and not draft.empty:
        empty(tx, draft, why="discarded")


def take_out(tx: Tx, draft: Draft, visibility: Visibility) -> None:
    """What stood there of this kind was sent; what stands beside it of the other kind stays."""
    beside = draft.aside if draft.visibility == visibility else draft.text
    if not beside.strip():
        empty(tx, draft, why="sent")
        return
    _write(tx, draft, text="", visibility=visibility, aside=beside, files=[])
    tx.emit(DraftSaved(draft_id=draft.id, conversation_id=draft.conversation_id, version=draft.version))


def empty(tx: Tx, draft: Draft, why: str) -> None:
    """Leave nothing of it but its version."""
    _write(tx, draft, text="", visibility="public", aside="", files=[])
    tx.emit(DraftDiscarded(draft_id=draft.id, conversation_id=draft.conversation_id, version=draft.version, why=why))


def mine_held(tx: Tx, conversation_id: str) -> Draft | None:
    """The actor's draft, which no other desk of theirs changes before this unit is through."""
    found = queries.mine(tx, conversation_id)
    return tx.lock(Draft, found.id)[0] if found else None


def _write(tx: Tx, draft: Draft, *, text: str, visibility: Visibility, aside: str, files: list[Any]) -> None:
    draft.text, draft.visibility, draft.aside, draft.files = text, visibility, aside, files
    draft.empty = not text.strip() and not aside.strip() and not files
    draft.version += 1
    draft.saved_at = tx.now
