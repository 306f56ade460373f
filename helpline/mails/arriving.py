"""A mail that came in: found again, or taken into the conversation where it belongs."""

from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from helpline.channels.email.addresses import ours
from helpline.channels.email.arriving import Mailed
from helpline.channels.email.mail import Mail
from helpline.channels.email.sanitising import safe
from helpline.channels.email.threads import Found, Place, claims, place, untagged
from helpline.conversations import Conversation, Inbound, Line, receive
from helpline.conversations.shapes import MessageOut
from helpline.core import Actor, Tx, new_id
from helpline.files.actions import attach
from helpline.intake.hearing import Heard, enter, files_of, keep_as_it_came
from helpline.intake.points import point_of

from . import queries, tokens
from .describing import described, is_renamed
from .events import MailFoundAgain, MailTaken
from .models import KnownMail, Placement


@dataclass(frozen=True)
class Belongs:
    """Where a mail belongs, and why."""

    place: Place | str
    conversation: Conversation | None = None


def digest(mail: Mail) -> str:
    """Of what a mail says, to whom and with what; not of what servers write into it on its way."""
    files = [sha256(one.content).digest() for one in mail.attachments]
    said = (mail.author, mail.to, mail.cc, mail.answers, mail.subject, mail.date, mail.text, mail.html, files)
    return sha256(repr(said).encode("utf-8", "replace")).hexdigest()


@enter.register
def _mailed(event: Mailed, tx: Tx, where: Heard) -> None:
    mark = digest(event.mail)
    known = queries.known(tx, event.mail.id, mark) or queries.sent_as(tx, event.mail)
    if known is not None:
        _found_again(tx, known, where.channel.id)
        return
    mail, channel = event.mail, where.channel
    belongs = _belongs(tx, mail)
    conversation = belongs.conversation
    goes_on = conversation is not None and belongs.place in {"same", "follow_up"}
    point_id = (
        conversation.contact_point_id if conversation is not None and goes_on else point_of(tx, channel, event.who).id
    )
    tx.actor = Actor("visitor", tx.workspace_id, point_id, channel_id=channel.id)
    files = files_of(tx, where)
    within = {one.cid: where.files[n] for n, one in enumerate(mail.attachments) if one.cid}
    is_more = bool(event.text.strip()) or len(within) < len(files)
    apart = {one.id for one in within.values()} if is_more else set()
    attach(tx, sorted(apart))
    # An id that was used for something else is not taken for a mail that came already.
    id = event.external_id if not queries.under_id(tx, [mail.id]) else f"{mail.id[:150]}#{mark[:12]}"
    stays = conversation is not None and (belongs.place == "same" or (goes_on and not queries.is_open(conversation)))
    thread = conversation.thread if conversation is not None and stays else id
    before = conversation.subject if conversation is not None and belongs.place == "same" else ""
    renamed = bool(before) and is_renamed(before, mail.subject)
    inbound = Inbound(
        contact_point_id=point_id,
        external_id=id,
        text=event.text,
        file_ids=[one.id for one in files if one.id not in apart],
        name=event.who.name,
        author=(event.who.name or event.who.address) if goes_on else "",
        thread=thread,
        details=described(event, known=_known_people(tx, channel.settings, conversation), renamed=renamed),
        subject=mail.subject if renamed or not before else "",
        preview=mail.subject,
        previous_id=conversation.id if conversation is not None and belongs.place == "follow_up" else None,
        opens=(lambda _tx, _point: _hint(conversation)) if belongs.place == "join" else None,
    )
    line = Line(
        conversation.channel_id if conversation is not None and belongs.place == "same" else channel.id, channel.kind
    )
    message = receive(tx, line, inbound)
    for one in files:
        one.source = {**one.source, "message_id": message.id}
    inline = {cid: file.url for cid, file in within.items()}
    row = _remembered(tx, event, mark, message, safe(mail.html, inline=inline, images=True).html if mail.html else "")
    row.payload_id = where.payload_id
    tx.db.add(row)
    tx.db.flush()
    if mail.left_out:
        keep_as_it_came(tx, where)
    _lay(tx, row, channel.id)
    about = {"conversation_id": message.conversation_id, "message_id": message.id, "mail_id": mail.id}
    tx.emit(MailTaken(**about, place=str(belongs.place), written=event.written))


def _remembered(tx: Tx, event: Mailed, mark: str, message: MessageOut, html: str) -> KnownMail:
    """A mail as what answers it is found by, and answered."""
    mail = event.mail
    row = KnownMail(workspace_id=tx.workspace_id, id=new_id(), mail_id=mail.id, digest=mark, way="in")
    row.conversation_id, row.message_id = message.conversation_id, message.id
    row.subject, row.author, row.answerable = mail.subject, event.who.address, event.answerable
    row.answer_to = event.answer_to[:254]
    row.cc = _others(mail, queries.own_addresses(tx), event.who.address)
    row.people = sorted({event.who.address, mail.author.address if mail.author else "", *row.cc} - {""})
    row.chain, row.text, row.html, row.at = list(mail.references[::-1]), mail.text, html, tx.now
    return row


def _belongs(tx: Tx, mail: Mail) -> Belongs:
    """The first conversation it points at where that counts; else the first where it does not."""
    beside: Conversation | None = None
    for claim in claims(mail, tokens.key(tx)):
        conversation = queries.claimed(tx, claim)
        if conversation is None:
            continue
        there = place(_found(tx, conversation), mail, by=claim.by, now=tx.now)
        if there != "join":
            return Belongs(there, conversation)
        beside = beside or conversation
    return Belongs("join" if beside else "new", beside)


def _known_people(tx: Tx, settings: dict[str, Any], conversation: Conversation | None) -> set[str]:
    """Whom an author could be taken for: ourselves, and whoever takes part in what the mail points at."""
    there = queries.mails_of(tx, conversation.id) if conversation is not None else []
    return {*ours(settings), *(address for one in there for address in one.people)}


def _found(tx: Tx, conversation: Conversation) -> Found:
    mails = queries.mails_of(tx, conversation.id)
    return Found(
        open=queries.is_open(conversation),
        last_at=conversation.last_at,
        subject=mails[0].subject if mails else "",
        participants={address for one in mails for address in one.people},
    )


def _hint(conversation: Conversation | None) -> list[dict[str, Any]]:
    # Beside, not within: whoever serves it says whether the two belong together.
    return [{"name": "mail_points_at", "other_id": conversation.id}] if conversation is not None else []


def _others(mail: Mail, own: Collection[str], author: str) -> list[str]:
    return list(
        dict.fromkeys(
            one.address for one in (*mail.to, *mail.cc) if untagged(one.address) not in own and one.address != author
        )
    )[:50]


def _found_again(tx: Tx, known: KnownMail, channel_id: str) -> None:
    _lay(tx, known, channel_id)
    about = {"conversation_id": known.conversation_id, "message_id": known.message_id, "mail_id": known.mail_id}
    tx.emit(MailFoundAgain(**about, channel_id=channel_id))


def _lay(tx: Tx, known: KnownMail, channel_id: str) -> None:
    if not any(one.channel_id == channel_id for one in queries.placements(tx, known.id)):
        tx.db.add(
            Placement(workspace_id=tx.workspace_id, id=new_id(), known_id=known.id, channel_id=channel_id, at=tx.now)
        )
        tx.db.flush()
