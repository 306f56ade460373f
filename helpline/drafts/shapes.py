"""How a draft looks on the wire."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from helpline.conversations.models import Visibility
from helpline.conversations.shapes import Text
from helpline.core import In, Out, Tx, Update
from helpline.files import FileOut

from .models import Draft


class DraftOut(Out):
    id: str
    conversation_id: str
    version: int
    text: str
    visibility: Visibility
    aside: str
    """What was begun of the other kind."""
    files: list[FileOut]
    saved_at: datetime


class DraftIn(In):
    version: Annotated[int, Meta(ge=0, description="The version that was gone on from; 0 where there was none.")]
    text: Text = ""
    visibility: Visibility = "public"
    aside: Text = ""
    file_ids: Annotated[list[str], Meta(max_length=10)] = []


def draft_out(draft: Draft) -> DraftOut:
    """A draft as its agent sees it."""
    return DraftOut(**{name: getattr(draft, name) for name in DraftOut.__struct_fields__})


def draft_update(tx: Tx, id: str, also: frozenset[str]) -> Update:
    """What the agent's own desks are told, and nobody else."""
    draft = tx.get(Draft, id)
    return Update.of("draft", id, draft_out(draft), {f"agent:{draft.agent_id}", *also})
