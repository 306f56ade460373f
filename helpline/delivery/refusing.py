"""Whether a message may go to its contact now: asked when it is said, when its turn comes, and when it is sent again."""

from helpline.channels.contract import Failed
from helpline.channels.inbound import OPTED_OUT
from helpline.channels.reasons import Reason
from helpline.contacts import ContactPoint
from helpline.conversations import Conversation, Message
from helpline.conversations.particulars import read
from helpline.conversations.windows import ContactUnreachable, why_not_answered
from helpline.core import Conflict, Tx


def why_not_sent(tx: Tx, conversation: Conversation, message: Message) -> Conflict | None:
    """They want no more messages, or the time to answer freely is over; nothing when it may go."""
    particulars = read(message.details)
    by_template = particulars is not None and particulars.template is not None
    return why_not_answered(tx, conversation, by_template=by_template)


def refusal(tx: Tx, conversation: Conversation, message: Message) -> Failed | None:
    """The same as a failure of the delivery."""
    why = why_not_sent(tx, conversation, message)
    if why is None:
        return None
    if not isinstance(why, ContactUnreachable):
        return Failed.by(Reason.WINDOW_CLOSED)
    point = tx.get(ContactPoint, conversation.contact_point_id)
    return Failed.by(Reason.OPTED_OUT if point.unreachable == OPTED_OUT else Reason.BLOCKED_US)
