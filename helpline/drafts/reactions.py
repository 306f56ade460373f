"""What follows for drafts."""

from helpline.conversations import Message
from helpline.conversations.events import MessageSent
from helpline.core import Tx

from . import actions
from .events import DraftFact
from .shapes import draft_update


def discard_what_was_sent(tx: Tx, fact: MessageSent) -> None:
    """The draft a message was made from is gone with it. What was written after that, or by another desk, stays."""
    draft = actions.mine_held(tx, fact.conversation_id)
    if draft is None or draft.empty:
        return
    is_older = fact.draft is not None and draft.version <= fact.draft
    # A save whose answer was lost has a version that the desk never heard of.
    message = tx.get(Message, fact.message_id)
    kept = draft.text if draft.visibility == message.visibility else draft.aside
    if is_older or kept.strip() == message.text.strip() != "":
        actions.take_out(tx, draft, message.visibility)


def show_draft(tx: Tx, fact: DraftFact) -> None:
    """The other desks of the agent get it as it is now."""
    tx.touch(draft_update, fact.draft_id)
