"""How a draft looks on the wire."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, convert

from helpline.conversations.mail_shapes import MailIn
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
    mail: MailIn | None
    """What was decided of the mail that it becomes; nothing where it goes as usual."""
    choices: list[str]
    saved_at: datetime


class DraftIn(In):
    version: Annotated[int, Meta(ge=0, description="The version that was gone on from; 0 where there was none.")]
    text: Text = ""
    visibility: Visibility = "public"
    aside: Text = ""
    mail: MailIn | None = None
    choices: Annotated[list[Annotated[str, Meta(max_length=200)]], Meta(max_length=30)] = []
    """What the contact is to choose from; looked at when it is sent."""
    file_ids: Annotated[list[str], Meta(max_length=10)] = []


def draft_out(draft: Draft) -> DraftOut:
    """A draft as its agent sees it."""
    same = {name: getattr(draft, name) for name in DraftOut.__struct_fields__}
    return DraftOut(**same | {"mail": convert(draft.mail, MailIn | None)})


def draft_update(tx: Tx, id: str, also: frozenset[str]) -> Update:
    """What the agent's own desks are told, and nobody else."""
    draft = tx.get(Draft, id)
    return Update.of("draft", id, draft_out(draft), {f"agent:{draft.agent_id}", *also})
