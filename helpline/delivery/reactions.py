"""What goes out because something was said, and what agents see of it."""

from helpline.channels.kinds import goes_out
from helpline.conversations import Conversation, Message
from helpline.conversations.amending import note_missed, note_state
from helpline.conversations.events import MessageAutomated, MessageSent
from helpline.conversations.particulars import Failure, Missed
from helpline.core import Tx

from . import actions, queries, rules
from .events import CopyFailed, DeliveryMoved
from .refusing import refusal


def send_out(tx: Tx, fact: MessageSent | MessageAutomated) -> None:
    """What was said to the contact goes out, where the channel is outside. Also what is said by itself keeps to the window."""
    conversation = tx.get(Conversation, fact.conversation_id)
    if not goes_out(conversation.channel_kind):
        return
    if isinstance(fact, MessageSent) and fact.visibility != "public":
        return
    message = tx.get(Message, fact.message_id)
    actions.queue(tx, conversation, message, refusal(tx, conversation, message))


def show_delivery(tx: Tx, fact: DeliveryMoved) -> None:
    """The message is as far as the part of it that is least far."""
    parts = queries.of_message(tx, fact.message_id)
    failure = Failure(kind=fact.failure, reason=fact.reason, detail=fact.detail) if fact.failure else None
    note_state(tx, fact.message_id, rules.together(one.state for one in parts), failure)


def show_missed(tx: Tx, fact: CopyFailed) -> None:
    """The message says who did not get a copy."""
    why = Missed(address=fact.address, kind=fact.failure, reason=fact.reason, detail=fact.detail)
    note_missed(tx, fact.message_id, why)
