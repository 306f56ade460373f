"""Drafts from lines."""

from msgspec import to_builtins
from sqlalchemy import select

from helpline.conversations import Conversation
from helpline.core import Tx, new_id
from helpline.drafts.events import DraftSaved
from helpline.drafts.models import Draft

from . import known
from .entries import Files, attach
from .errors import InTheFuture, UnknownLine
from .lines import DraftLine
from .names import Names
from .outcome import NEW, UNCHANGED, Outcome


def bring(tx: Tx, line: DraftLine, names: Names, files: Files) -> Outcome:
    """What an agent had begun to write. What they have begun here since stays."""
    there = known.find(tx, Conversation, "conversation", line.conversation)
    if there is None:
        raise UnknownLine(f"There is no conversation {line.conversation[:80]!r}.", field="conversation")
    agent_id, at = names.agent(line.agent).id, line.saved_at or tx.now
    if at > tx.now:
        raise InTheFuture(field="saved_at")
    mine = (Draft.workspace_id == tx.workspace_id, Draft.agent_id == agent_id, Draft.conversation_id == there.id)
    if tx.db.scalar(select(Draft.id).where(*mine)) is not None:
        return UNCHANGED
    draft = Draft(workspace_id=tx.workspace_id, id=new_id(), agent_id=agent_id, conversation_id=there.id, version=1)
    draft.text, draft.visibility, draft.aside, draft.saved_at = line.text, line.visibility, line.aside, at
    draft.files = [attach(tx, files, one.path, ("agent", agent_id)) for one in line.files]
    draft.mail, draft.choices = to_builtins(line.mail), line.choices
    is_said = line.text.strip() or line.aside.strip() or draft.files or line.choices
    draft.empty = not is_said and line.mail is None
    tx.db.add(draft)
    tx.db.flush()
    tx.recall(DraftSaved(draft_id=draft.id, conversation_id=there.id, version=1), at)
    return NEW
