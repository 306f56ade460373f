"""Questions about mails."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import func, select

from helpline.conversations import Conversation, Message
from helpline.conversations.models import State
from helpline.core import Conflict, Tx
from helpline.core.facts import FactRow

from .events import MailReturned
from .models import KnownMail, MailFolder, Placement


class NotAMail(Conflict):
    """There is no mail behind this message."""


class NotByMail(Conflict):
    """This conversation is not by e-mail."""


def is_told(tx: Tx, conversation_id: str, told: Mapping[str, str]) -> bool:
    """Whether a mail server said just this before, by the same mail."""
    row = FactRow
    said = select(row.payload).where(row.workspace_id == tx.workspace_id, row.subject_id == conversation_id)
    return any(told.items() <= one.items() for one in tx.db.scalars(said.where(row.topic == MailReturned.topic())))


def has_mails(tx: Tx, conversation_id: str) -> bool:
    """Whether a mail came in or went out in a conversation."""
    row = KnownMail
    here = (row.workspace_id == tx.workspace_id, row.conversation_id == conversation_id)
    return tx.db.scalar(select(row.id).where(*here).limit(1)) is not None


def last_in(tx: Tx, conversation_id: str) -> KnownMail | None:
    """What is answered: the newest mail that came in."""
    row = KnownMail
    here = (row.workspace_id == tx.workspace_id, row.conversation_id == conversation_id, row.way == "in")
    return tx.db.scalars(select(row).where(*here).order_by(row.at.desc(), row.id.desc()).limit(1)).first()


def of_message(tx: Tx, message_id: str) -> KnownMail | None:
    """The mail behind a message."""
    row = KnownMail
    return tx.db.scalars(select(row).where(row.workspace_id == tx.workspace_id, row.message_id == message_id)).first()


def placements(tx: Tx, known_id: str) -> list[Placement]:
    """The mailboxes in which a mail lies."""
    row = Placement
    found = select(row).where(row.workspace_id == tx.workspace_id, row.known_id == known_id)
    return list(tx.db.scalars(found.order_by(row.at)))


def folders(tx: Tx, channel_id: str) -> list[MailFolder]:
    """The folders of a mailbox that are read."""
    row = MailFolder
    found = select(row).where(row.workspace_id == tx.workspace_id, row.channel_id == channel_id)
    return list(tx.db.scalars(found.order_by(row.name)))


def automated_lately(tx: Tx, contact_point_id: str, now: datetime, hours: int) -> int:
    """How many texts that nobody wrote went to a contact within these hours."""
    row, mine = (
        Message,
        (Conversation.workspace_id == Message.workspace_id) & (Conversation.id == Message.conversation_id),
    )
    found = select(func.count()).select_from(row).join(Conversation, mine)
    found = found.where(row.workspace_id == tx.workspace_id, Conversation.contact_point_id == contact_point_id)
    written = (row.visibility == "public", row.author_kind.in_(["bot", "system"]), row.kind == "text")
    return tx.db.scalar(found.where(*written, row.at > now - timedelta(hours=hours))) or 0


def is_open(conversation: Conversation) -> bool:
    """Whether it goes on."""
    return conversation.state != State.CLOSED
