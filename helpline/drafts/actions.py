"""Keeping a draft while it is written."""

from typing import Any

from msgspec import to_builtins

from helpline.conversations import queries as conversations
from helpline.conversations.models import Visibility
from helpline.conversations.shapes import MessageIn
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
        "mail": to_builtins(given.mail),
        "choices": given.choices,
    }
    draft = mine_held(tx, conversation_id)
    if given.version != (draft.version if draft else 0):
        raise EditedMeanwhile(draft=draft_out(draft) if draft else None)
    if draft is None:
        draft = _new(tx, conversation_id)
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
    mail, choices = (draft.mail, draft.choices) if visibility == "internal" else (None, [])
    if not beside.strip() and mail is None and not choices:
        empty(tx, draft, why="sent")
        return
    _write(tx, draft, text="", visibility=visibility, aside=beside, files=[], mail=mail, choices=choices)
    tx.emit(DraftSaved(draft_id=draft.id, conversation_id=draft.conversation_id, version=draft.version))


def bring_back(tx: Tx, conversation_id: str, said: MessageIn, files: list[Any]) -> None:
    """What was taken back before it went out stands in its author's draft again, before what they have written since."""
    draft = mine_held(tx, conversation_id) or _new(tx, conversation_id)
    reply, note = (draft.text, draft.aside) if draft.visibility == "public" else (draft.aside, draft.text)
    _write(
        tx,
        draft,
        text="\n".join(filter(None, [said.text, reply])),
        visibility="public",
        aside=note,
        files=[*files, *draft.files],
        mail=to_builtins(said.mail) or draft.mail,
        choices=draft.choices if said.template else said.choices or draft.choices,
    )
    tx.emit(DraftSaved(draft_id=draft.id, conversation_id=conversation_id, version=draft.version))


def empty(tx: Tx, draft: Draft, why: str) -> None:
    """Leave nothing of it but its version."""
    _write(tx, draft, text="", visibility="public", aside="", files=[], mail=None, choices=[])
    tx.emit(DraftDiscarded(draft_id=draft.id, conversation_id=draft.conversation_id, version=draft.version, why=why))


def mine_held(tx: Tx, conversation_id: str) -> Draft | None:
    """The actor's draft, which no other desk of theirs changes before this unit is through."""
    found = queries.mine(tx, conversation_id)
    return tx.lock(Draft, found.id)[0] if found else None


def _new(tx: Tx, conversation_id: str) -> Draft:
    draft = Draft(workspace_id=tx.workspace_id, id=new_id(), agent_id=tx.actor.id, version=0, files=[])
    draft.conversation_id, draft.text, draft.aside, draft.visibility = conversation_id, "", "", "public"
    draft.choices = []
    tx.db.add(draft)
    return draft


def _write(tx: Tx, draft: Draft, **content: Any) -> None:
    """All of ``text``, ``visibility``, ``aside``, ``files``, ``mail`` and ``choices``."""
    for name, value in content.items():
        setattr(draft, name, value)
    is_said = draft.text.strip() or draft.aside.strip() or draft.files or draft.choices
    draft.empty = not is_said and draft.mail is None
    draft.version += 1
    draft.saved_at = tx.now
