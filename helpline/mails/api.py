"""Routes about mails and mailboxes."""

from litestar import MediaType, Response

from helpline.channels import Channel
from helpline.channels.email.sanitising import safe
from helpline.conversations import Message
from helpline.conversations import queries as conversations
from helpline.conversations.answering import check_answered
from helpline.conversations.shapes import MessageOut, message_out
from helpline.core import NotFound, Tx
from helpline.core.router import Routes
from helpline.intake import Payload

from . import folders, joining, pages, queries
from .addressing import usual
from .models import KnownMail
from .queries import NotAMail, NotByMail
from .shapes import BackfillIn, MailFolderOut, MailOut, NextMailOut, folder_out, mail_out
from .signing import signature

routes = Routes(tag="Channels")


class RawMailGone(NotFound):
    """The mail is not kept any more as it came; what it says and what was enclosed are."""


@routes.get("/messages/{id:str}/mail", permission="conversation.read")
def mail(tx: Tx, id: str, images: bool = False) -> MailOut:
    """The whole mail behind a message. Images of other servers are in it only with ``images``."""
    return mail_out(tx, _readable(tx, id), images=images)


@routes.get("/messages/{id:str}/mail/page", permission="conversation.read", media_type=MediaType.HTML)
def mail_page(tx: Tx, id: str, images: bool = False) -> Response[str]:
    """The mail as it was meant to look, for a frame: made safe, and without images of other servers unless ``images``."""
    row = _readable(tx, id)
    shown = pages.page(row.subject, safe(row.html, images=images).html)
    return Response(shown, media_type=MediaType.HTML, headers=pages.headers(images=images))


@routes.get("/messages/{id:str}/mail/raw", permission="conversation.read", media_type="message/rfc822")
def raw_mail(tx: Tx, id: str) -> Response[bytes]:
    """The mail as it came, byte for byte, for as long as that is kept."""
    row = _readable(tx, id)
    payload = tx.find(Payload, row.payload_id)
    if payload is None:
        raise RawMailGone
    return Response(payload.body, media_type="message/rfc822", headers=pages.enclosed(row.subject))


@routes.get("/conversations/{id:str}/next-mail", permission="conversation.reply")
def next_mail(tx: Tx, id: str, answered: str | None = None) -> NextMailOut:
    """To whom your answer goes by e-mail, under which subject and with which signature, unless you say otherwise. It answers
    the mail of the message ``answered``, none where that is empty, and the newest without it."""
    conversation = conversations.visible(tx, id)
    if conversation.channel_kind != "email":
        raise NotByMail
    channel, newest = tx.get(Channel, conversation.channel_id), usual(tx, conversation)
    as_usual = newest
    if answered is not None:
        check_answered(tx, conversation, answered, "answered")
        as_usual = usual(tx, conversation, answered)
    return NextMailOut(
        sender=str(channel.settings.get("address", "")),
        answered=as_usual.answered,
        newest=newest.answered,
        to=[as_usual.to],
        cc=as_usual.cc,
        subject=as_usual.subject,
        signature=signature(tx, channel, tx.actor.id, tx.actor.name),
    )


@routes.post("/messages/{id:str}/join", permission="contact.edit", status=200)
def join(tx: Tx, id: str) -> MessageOut:
    """Answer the hint that a mail answers another conversation: who wrote it is that one's contact, and both are one."""
    return message_out(joining.join(tx, id))


@routes.delete("/messages/{id:str}/join", permission="contact.edit", status=200)
def part(tx: Tx, id: str) -> MessageOut:
    """Take back what was said to the hint; the contacts are as before, and the question is open again."""
    return message_out(joining.part(tx, id))


@routes.post("/messages/{id:str}/leave-apart", permission="contact.edit", status=200)
def leave_apart(tx: Tx, id: str) -> MessageOut:
    """Answer the hint that a mail answers another conversation: who wrote it is somebody else; nobody is asked again."""
    return message_out(joining.leave_apart(tx, id))


@routes.get("/channels/{id:str}/mail-folders", permission="settings.read")
def mail_folders(tx: Tx, id: str) -> list[MailFolderOut]:
    """The folders that are read of a mailbox, and how far."""
    return [folder_out(row) for row in queries.folders(tx, tx.get(Channel, id).id)]


@routes.post("/channels/{id:str}/backfill", permission="settings.manage", status=200)
def backfill(tx: Tx, id: str, data: BackfillIn) -> list[MailFolderOut]:
    """Take in what lies in a mailbox from this day on, too. What is here already changes nothing."""
    folders.ask_backfill(tx, id, data.day)
    return [folder_out(row) for row in queries.folders(tx, id)]


def _readable(tx: Tx, message_id: str) -> KnownMail:
    """The mail behind a message of a conversation that the actor may see."""
    conversations.visible(tx, tx.get(Message, message_id).conversation_id)
    row = queries.of_message(tx, message_id)
    if row is None:
        raise NotAMail
    return row
