"""Whether a contact may be written to now: by their channel's window, and by whether they want it."""

from datetime import datetime

from helpline.channels.kinds import can
from helpline.contacts import ContactPoint
from helpline.core import Conflict, Tx

from .models import Conversation


class WindowClosed(Conflict):
    """So long after their last message this contact can only be sent an approved template; or wait until they write."""


class ContactUnreachable(Conflict):
    """This contact does not want to be written to by this channel any more, or has blocked it."""


def why_not_answered(
    tx: Tx, conversation: Conversation, *, by_template: bool = False, at: datetime | None = None
) -> Conflict | None:
    """Why nothing can be sent to the contact now, or ``at`` a time; nothing when it can."""
    able = can(conversation.channel_kind)
    if conversation.channel_kind != "webchat" and tx.get(ContactPoint, conversation.contact_point_id).unreachable:
        return ContactUnreachable()
    if able.reply_window is None or (by_template and able.templates):
        return None
    until = conversation.reply_until
    return None if until is not None and (at or tx.now) < until else WindowClosed()
