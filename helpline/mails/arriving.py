"""A mail that came in: found again, or taken into the conversation where it belongs."""

from collections.abc import Collection
from hashlib import sha256
from typing import Any

from sqlalchemy import insert

from helpline.channels.email.addresses import ours
from helpline.channels.email.arriving import Mailed
from helpline.channels.email.mail import Mail
from helpline.channels.email.threads import untagged
from helpline.conversations import Conversation, Inbound, Line, receive
from helpline.conversations.shapes import MessageOut
from helpline.core import Actor, Prepared, Tx, new_id
from helpline.intake.hearing import Heard, enter, keep_as_it_came
from helpline.intake.points import point_of

from . import finding, queries
from .belonging import belongs
from .describing import described
from .enclosing import enclose
from .events import MailFoundAgain, MailTaken
from .finding import Remembered
from .models import KnownMail, Placement

_REMEMBER = Prepared(insert(KnownMail.__table__))  # type: ignore[arg-type]
_LAY = Prepared(insert(Placement.__table__))  # type: ignore[arg-type]


def digest(mail: Mail) -> str:
    """Of what a mail says, to whom and with what; not of what servers write into it on its way."""
    files = [sha256(one.content).digest() for one in mail.attachments]
    said = (mail.author, mail.to, mail.cc, mail.answers, mail.subject, mail.date, mail.text, mail.html, files)
    return sha256(repr(said).encode("utf-8", "replace")).hexdigest()


@enter.register
def _mailed(event: Mailed, tx: Tx, where: Heard) -> None:
    mail, mark = event.mail, digest(event.mail)
    under_its_id = finding.under_id(tx, [mail.id])
    known = finding.same_as(tx, mail, mark, under_its_id)
    if known is not None:
        _found_again(tx, known, where.channel.id)
        return
    there = belongs(tx, mail)
    point_id = there.earlier.contact_point_id if there.earlier else point_of(tx, where.channel, event.who).id
    tx.actor = Actor("visitor", tx.workspace_id, point_id, channel_id=where.channel.id)
    enclosed = enclose(tx, event, where)
    # An id that was used for something else is not taken for a mail that came already.
    id = f"{mail.id[:150]}#{mark[:12]}" if under_its_id else event.external_id
    renamed = there.renames(mail.subject)
    inbound = Inbound(
        contact_point_id=point_id,
        external_id=id,
        text=event.text,
        file_ids=enclosed.attached,
        name=event.who.name,
        author=(event.who.name or event.who.address) if there.earlier else "",
        thread=there.thread(id),
        details=described(event, known={*ours(where.channel.settings), *there.people}, renamed=renamed),
        subject=mail.subject if renamed or not there.subject else "",
        preview=mail.subject,
        previous_id=there.previous.id if there.previous else None,
        opens=lambda _tx, _point: _hint(there.beside),
    )
    line = Line(there.same.channel_id if there.same else where.channel.id, where.channel.kind)
    message = receive(tx, line, inbound)
    enclosed.are_of(message.id)
    known_id = _remember(tx, event, message, digest=mark, html=enclosed.safe(mail.html), payload_id=where.payload_id)
    _lay(tx, known_id, where.channel.id)
    if mail.left_out:
        keep_as_it_came(tx, where)
    about = {"conversation_id": message.conversation_id, "message_id": message.id, "mail_id": mail.id}
    tx.emit(MailTaken(**about, place=there.place, written=event.written))


def _remember(tx: Tx, event: Mailed, message: MessageOut, **told: str) -> str:
    """Keep a mail as what answers it is found by, and answered; its id here."""
    mail, id = event.mail, new_id()
    cc = _others(mail, finding.own_addresses(tx), event.who.address)
    tx.say(
        _REMEMBER,
        workspace_id=tx.workspace_id,
        id=id,
        mail_id=mail.id,
        way="in",
        conversation_id=message.conversation_id,
        message_id=message.id,
        subject=mail.subject,
        author=event.who.address,
        answer_to=event.answer_to[:254],
        people=sorted({event.who.address, mail.author.address if mail.author else "", *cc} - {""}),
        cc=cc,
        chain=list(mail.references[::-1]),
        answerable=event.answerable,
        text=mail.text,
        at=tx.now,
        **told,
    )
    return id


def _hint(conversation: Conversation | None) -> list[dict[str, Any]]:
    # Beside, not within: whoever serves it says whether the two belong together.
    return [{"name": "mail_points_at", "other_id": conversation.id}] if conversation is not None else []


def _others(mail: Mail, own: Collection[str], author: str) -> list[str]:
    return list(
        dict.fromkeys(
            one.address for one in (*mail.to, *mail.cc) if untagged(one.address) not in own and one.address != author
        )
    )[:50]


def _found_again(tx: Tx, known: Remembered, channel_id: str) -> None:
    if not any(one.channel_id == channel_id for one in queries.placements(tx, known.id)):
        _lay(tx, known.id, channel_id)
    about = {"conversation_id": known.conversation_id, "message_id": known.message_id, "mail_id": known.mail_id}
    tx.emit(MailFoundAgain(**about, channel_id=channel_id))


def _lay(tx: Tx, known_id: str, channel_id: str) -> None:
    tx.say(_LAY, workspace_id=tx.workspace_id, id=new_id(), known_id=known_id, channel_id=channel_id, at=tx.now)
