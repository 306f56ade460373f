"""What follows for drafts."""

from helpline.conversations import Message
from helpline.conversations.events import MessageSent
from helpline.conversations.scheduled_events import MessageScheduled, ScheduledMessageTakenBack
from helpline.conversations.scheduled_models import ScheduledMessage
from helpline.conversations.scheduled_shapes import said_in
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


def discard_what_was_scheduled(tx: Tx, fact: MessageScheduled) -> None:
    """The draft of a message that goes out later is gone with it. What was written after that stays."""
    draft = actions.mine_held(tx, fact.conversation_id)
    if draft is not None and not draft.empty and fact.draft is not None and draft.version <= fact.draft:
        actions.take_out(tx, draft, "public")


def bring_back(tx: Tx, fact: ScheduledMessageTakenBack) -> None:
    """What was taken back is to be written on."""
    row = tx.get(ScheduledMessage, fact.scheduled_id)
    actions.bring_back(tx, fact.conversation_id, said_in(row), row.files)


def show_draft(tx: Tx, fact: DraftFact) -> None:
    """The other desks of the agent get it as it is now."""
    tx.touch(draft_update, fact.draft_id)
