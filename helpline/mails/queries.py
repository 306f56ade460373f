"""Questions about mails."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import func, select

from helpline.channels import Channel
from helpline.channels.email.addresses import ours
from helpline.channels.email.mail import Mail, Report
from helpline.channels.email.threads import Claim
from helpline.conversations import Conversation, Message
from helpline.conversations.models import State
from helpline.core import Conflict, Tx
from helpline.core.facts import FactRow

from .events import MailReturned
from .models import KnownMail, MailFolder, Placement

MOST_MAILS = 500


class NotAMail(Conflict):
    """There is no mail behind this message."""


class NotByMail(Conflict):
    """This conversation is not by e-mail."""


def known(tx: Tx, mail_id: str, digest: str) -> KnownMail | None:
    """This very mail, by whatever mailbox it came."""
    row = KnownMail
    found = select(row).where(row.workspace_id == tx.workspace_id, row.mail_id == mail_id, row.digest == digest)
    return tx.db.scalars(found.limit(1)).first()


def sent_as(tx: Tx, mail: Mail) -> KnownMail | None:
    """The mail of ours that this is, come home by another mailbox: under its id, from its author, saying what it said."""
    author = mail.author.address if mail.author else ""
    sent = (one for one in under_id(tx, [mail.id]) if one.way == "out" and one.author.lower() == author)
    return next((one for one in sent if " ".join(mail.text.split()).startswith(" ".join(one.text.split()))), None)


def own_addresses(tx: Tx) -> set[str]:
    """Under which addresses the mailboxes here are written to: what comes to one is in all."""
    row = Channel
    mailboxes = select(row.settings).where(row.workspace_id == tx.workspace_id, row.kind == "email", row.active)
    return {address for settings in tx.db.scalars(mailboxes) for address in ours(settings)}


def is_told(tx: Tx, conversation_id: str, told: Mapping[str, str]) -> bool:
    """Whether a mail server said just this before, by the same mail."""
    row = FactRow
    said = select(row.payload).where(row.workspace_id == tx.workspace_id, row.subject_id == conversation_id)
    return any(told.items() <= one.items() for one in tx.db.scalars(said.where(row.topic == MailReturned.topic())))


def under_id(tx: Tx, mail_ids: Collection[str]) -> list[KnownMail]:
    """All mails that claim one of these ids, ours first."""
    row = KnownMail
    found = select(row).where(row.workspace_id == tx.workspace_id, row.mail_id.in_(mail_ids))
    return list(tx.db.scalars(found.order_by(row.way.desc(), row.at.desc()).limit(20)))


def claimed(tx: Tx, claim: Claim) -> Conversation | None:
    """The conversation that a mail points at, as it goes on now: the newest of its thread."""
    id = claim.conversation_id
    if not id:
        mails = under_id(tx, [claim.mail_id])
        id = mails[0].conversation_id if mails else ""
    conversation = tx.find(Conversation, id) if id else None
    if conversation is None:
        return None
    row = Conversation
    thread = select(row).where(
        row.workspace_id == tx.workspace_id, row.contact_point_id == conversation.contact_point_id
    )
    newest = thread.where(row.thread == conversation.thread).order_by(row.created_at.desc()).limit(1)
    return tx.db.scalars(newest).first()


def mails_of(tx: Tx, conversation_id: str) -> list[KnownMail]:
    """The mails of a conversation, the newest first."""
    row = KnownMail
    found = select(row).where(row.workspace_id == tx.workspace_id, row.conversation_id == conversation_id)
    return list(tx.db.scalars(found.order_by(row.at.desc(), row.id.desc()).limit(MOST_MAILS)))


def last_in(tx: Tx, conversation_id: str) -> KnownMail | None:
    """What is answered: the newest mail that came in."""
    return next((one for one in mails_of(tx, conversation_id) if one.way == "in"), None)


def of_message(tx: Tx, message_id: str) -> KnownMail | None:
    """The mail behind a message."""
    row = KnownMail
    return tx.db.scalars(select(row).where(row.workspace_id == tx.workspace_id, row.message_id == message_id)).first()


def reported(tx: Tx, report: Report) -> KnownMail | None:
    """The mail of ours that a mail server reports about: one that it names, since an address alone everybody knows."""
    return next((one for one in under_id(tx, report.about) if one.way == "out"), None)


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
