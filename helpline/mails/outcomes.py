"""What became of a mail that was put in: told from what is kept of it, whoever took it in."""

from collections.abc import Sequence

from sqlalchemy import select

from helpline.channels.email.arriving import Bounced, Mailed
from helpline.channels.inbound import Event
from helpline.contacts import ContactPoint
from helpline.conversations import Conversation
from helpline.core import Tx
from helpline.core.facts import FactRow
from helpline.intake import Payload, PayloadState

from . import finding
from .arriving import digest
from .events import MailFoundAgain, MailTaken
from .finding import Remembered
from .shapes import BecameOut, CorrespondentOut

GOES_ON = {"same", "follow_up"}


def became(tx: Tx, payload_id: str, events: Sequence[Event]) -> BecameOut:
    """What became of a payload in which its adapter read these events."""
    payload = tx.get(Payload, payload_id)
    if payload.state == PayloadState.QUARANTINED:
        return BecameOut(outcome="quarantined", quarantined=True, why=payload.error)
    for event in events:
        if isinstance(event, Bounced) and (known := finding.reported(tx, event.report)):
            return _told(tx, known, outcome="report", written="report")
        if isinstance(event, Mailed) and (known := finding.known(tx, event.mail.id, digest(event.mail))):
            return _told(tx, known, outcome=_outcome(tx, known), written=event.written)
    return BecameOut(outcome="unchanged")


def _outcome(tx: Tx, known: Remembered) -> str:
    """Whether it came just now, and then where to; else it was here before."""
    row, topics = FactRow, [MailTaken.topic(), MailFoundAgain.topic()]
    found = select(row.topic, row.payload).where(row.workspace_id == tx.workspace_id, row.topic.in_(topics))
    found = found.where(row.subject_id == known.conversation_id).order_by(row.seq.desc())
    for topic, payload in tx.db.execute(found):
        if payload["message_id"] == known.message_id:
            return _place(payload["place"]) if topic == MailTaken.topic() else "unchanged"
    return "unchanged"


def _place(place: str) -> str:
    return "follow_up" if place in GOES_ON else "new"


def _told(tx: Tx, known: Remembered, *, outcome: str, written: str) -> BecameOut:
    point = tx.get(ContactPoint, tx.get(Conversation, known.conversation_id).contact_point_id)
    return BecameOut(
        outcome=outcome,
        contact=CorrespondentOut(name=point.name, address=point.address),
        conversation_id=known.conversation_id,
        message_id=known.message_id,
        mail_id=known.mail_id,
        automatic=written != "by_person",
        written=written,
    )
