"""How mails and mailboxes look on the wire."""

from datetime import date, datetime

from helpline.channels.email.sanitising import safe
from helpline.core import In, Out, Tx
from helpline.intake import queries as intake

from . import queries
from .models import KnownMail, MailFolder


class MailOut(Out):
    """The whole of a mail: also what it quotes, and as it was meant to look."""

    id: str
    mail_id: str
    subject: str
    text: str
    html: str
    """Made safe: nothing in it runs, and no image of another server is in it unless it was asked for."""
    remote: int
    """How many images of other servers there are."""
    channel_ids: list[str]
    """The mailboxes in which it lies."""
    is_raw: bool
    """Whether it can be had as it came, byte for byte; that is kept for a while only."""
    at: datetime


class NextMailOut(Out):
    """The mail that an answer becomes, unless its agent decides otherwise."""

    sender: str
    answered: str
    """The message whose mail it answers; empty where there is none."""
    newest: str
    """That of the mail that came last."""
    to: list[str]
    cc: list[str]
    """Everybody who had a copy of what is answered."""
    subject: str
    signature: str
    """What is added below the text; nothing is if it ends with that already."""


class MailFolderOut(Out):
    name: str
    last_uid: int
    since: date
    backfill_from: date | None
    """What is there from this day on is being taken in."""
    read_at: datetime | None


class BackfillIn(In):
    day: date


class CorrespondentOut(Out):
    name: str
    address: str


class BecameOut(Out):
    """What became of a mail that was put in."""

    outcome: str
    """``new``: it opened a conversation; ``follow_up``: it goes on with one; ``report``: about a mail of ours; ``unchanged``: it
    was here already; ``quarantined``."""
    contact: CorrespondentOut | None = None
    conversation_id: str = ""
    message_id: str = ""
    mail_id: str = ""
    automatic: bool = False
    """Whether a machine wrote it, so that nothing automatic answers."""
    written: str = ""
    """``by_person``, or what kind of machine."""
    quarantined: bool = False
    why: str = ""


def mail_out(tx: Tx, row: KnownMail, *, images: bool) -> MailOut:
    """A mail, with or without images of other servers."""
    shown = safe(row.html, images=images)
    return MailOut(
        id=row.id,
        mail_id=row.mail_id,
        subject=row.subject,
        text=row.text,
        html=shown.html,
        remote=shown.remote,
        channel_ids=[one.channel_id for one in queries.placements(tx, row.id)],
        is_raw=intake.is_kept(tx, row.payload_id),
        at=row.at,
    )


def folder_out(row: MailFolder) -> MailFolderOut:
    """A folder that is read."""
    return MailFolderOut(
        name=row.name, last_uid=row.last_uid, since=row.since, backfill_from=row.backfill_from, read_at=row.read_at
    )
