"""What a mail server reports about a mail of ours: put to the message that it was."""

from helpline.channels.email.addresses import wired
from helpline.channels.email.arriving import Bounced
from helpline.channels.email.errors import returned
from helpline.channels.email.mail import Report
from helpline.conversations import Conversation, Message
from helpline.conversations.messages import note_event
from helpline.conversations.particulars import Mail, read
from helpline.core import Invalid, Tx
from helpline.delivery import actions as delivery
from helpline.delivery import copies
from helpline.intake.hearing import Heard, enter

from . import finding, queries
from .events import MailReturned
from .finding import Remembered


class ReportOfNothing(Invalid):
    """A mail server reports about a mail that was not sent from here, or so long ago that nobody knows it any more."""


@enter.register
def _bounced(event: Bounced, tx: Tx, where: Heard) -> None:
    report = event.report
    known = finding.reported(tx, report)
    if known is None:
        raise ReportOfNothing
    detail = " ".join(filter(None, [report.status, report.detail]))
    told = {"action": report.action, "status": report.status, "detail": detail[:500], "report_id": event.id}
    about = {"conversation_id": known.conversation_id, "message_id": known.message_id, "mail_id": known.mail_id}
    if queries.is_told(tx, known.conversation_id, about | told):
        return
    to = _to(tx, known, report)
    _pass_on(tx, known, report, detail, to)
    tx.emit(MailReturned(**about, **told, copies=to))


def show_report(tx: Tx, fact: MailReturned) -> None:
    """Note in the conversation what a mail server said of a mail of ours."""
    note_event(tx, fact.conversation_id, "mail_returned", action=fact.action, detail=fact.detail, copies=fact.copies)


def _pass_on(tx: Tx, known: Remembered, report: Report, detail: str, copies_to: list[str]) -> None:
    channel_id = tx.get(Conversation, known.conversation_id).channel_id
    why = returned(report.status, detail)
    if copies_to and report.action == "failed":
        copies.report_missed(tx, channel_id, known.mail_id, dict.fromkeys(copies_to, why))
    elif not copies_to and report.action in {"failed", "delivered"}:
        delivery.report(tx, channel_id, known.mail_id, report.action, why)


def _to(tx: Tx, known: Remembered, report: Report) -> list[str]:
    """Whose copies a report is about alone; nobody's where it is about whom it is to, or somebody it was passed on to."""
    particulars = read(tx.get(Message, known.message_id).details)
    mail = (particulars and particulars.mail) or Mail()

    def is_named(address: str) -> bool:
        return wired(address).lower() in report.recipients

    return [] if any(map(is_named, mail.to)) else [*filter(is_named, dict.fromkeys((*mail.cc, *mail.bcc)))]
