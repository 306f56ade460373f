"""An answer becomes a mail: to whom it goes, under which subject, and what it answers."""

from dataclasses import dataclass

from msgspec import to_builtins
from msgspec.structs import replace

from helpline.channels import Channel
from helpline.channels.contract import Failed
from helpline.channels.email.automatic import MOST_AUTOMATIC, WITHIN_HOURS
from helpline.channels.email.composing import answering
from helpline.channels.email.threads import tagged, token
from helpline.channels.reasons import Reason
from helpline.contacts import ContactPoint
from helpline.conversations import Conversation, Message
from helpline.conversations import particulars as particular
from helpline.conversations.amending import put_particulars
from helpline.conversations.events import MessageAutomated, MessageSent
from helpline.conversations.mail_shapes import MailIn
from helpline.conversations.scheduled_events import MessageScheduled
from helpline.conversations.scheduled_models import ScheduledMessage
from helpline.conversations.scheduled_shapes import said_in
from helpline.conversations.shapes import conversation_update
from helpline.core import Tx, new_id
from helpline.delivery import actions as delivery

from . import queries, tokens
from .describing import is_renamed
from .models import KnownMail
from .signing import signature, unless_there

LONGEST_QUOTE, MOST_REFERENCES = 20_000, 50


@dataclass(frozen=True)
class Usual:
    """An answer as it goes unless somebody decides otherwise."""

    to: str
    cc: list[str]
    subject: str
    last: KnownMail | None
    """What it answers."""

    @property
    def answered(self) -> str:
        """The message of it."""
        return self.last.message_id if self.last is not None else ""


def usual(tx: Tx, conversation: Conversation, answered: str | None = None, *, by_hand: bool = True) -> Usual:
    """To who wrote it, with a copy to all who had one of it, under its subject: of this mail (of none where it is empty), else of
    the one that came last. What nobody looks at goes to no other address that the mail names (RFC 3834, 4)."""
    last = queries.last_in(tx, conversation.id) if answered is None else queries.of_message(tx, answered)
    if last is None:
        return Usual(tx.get(ContactPoint, conversation.contact_point_id).address, [], answering(""), None)
    to = (
        (last.answer_to if by_hand else "")
        or last.author
        or tx.get(ContactPoint, conversation.contact_point_id).address
    )
    return Usual(to, [one for one in last.cc if one != to], answering(last.subject), last)


def bind(tx: Tx, fact: MessageScheduled) -> None:
    """What goes out later goes to whom its author saw, however the conversation goes on meanwhile."""
    row, conversation = tx.get(ScheduledMessage, fact.scheduled_id), tx.get(Conversation, fact.conversation_id)
    said = said_in(row)
    if conversation.channel_kind != "email" or (said.mail is not None and said.mail.answered is not None):
        return
    as_usual = usual(tx, conversation)
    given = said.mail or MailIn(cc=as_usual.cc)
    row.said = to_builtins(replace(said, mail=replace(given, answered=as_usual.answered)))


def address(tx: Tx, fact: MessageSent | MessageAutomated) -> None:
    """Write onto a message for the contact what makes a mail of it, and remember the mail."""
    conversation = tx.get(Conversation, fact.conversation_id)
    if conversation.channel_kind != "email" or getattr(fact, "visibility", "public") != "public":
        return
    channel, message = tx.get(Channel, conversation.channel_id), tx.get(Message, fact.message_id)
    by_hand = isinstance(fact, MessageSent)
    said = particular.read(message.details) or particular.Particulars()
    as_usual = usual(tx, conversation, said.mail.answered if said.mail else None, by_hand=by_hand)
    mail = _mail(tx, channel, conversation, message, as_usual, by_hand=by_hand)
    mail = replace(mail, renamed=_name(tx, conversation, mail.subject))
    put_particulars(tx, message.id, replace(said, mail=mail))
    row = KnownMail(workspace_id=tx.workspace_id, id=new_id(), mail_id=mail.id, digest=message.id, way="out")
    row.conversation_id, row.message_id, row.subject = conversation.id, message.id, mail.subject
    row.author, row.cc, row.chain = str(channel.settings.get("address", "")), mail.cc, mail.references
    row.people = sorted({*mail.to, *mail.cc, *mail.bcc}) if by_hand else []
    row.answerable, row.text, row.html, row.at = True, message.text, "", tx.now
    tx.db.add(row)
    tx.db.flush()
    if not by_hand and (why := _why_not(tx, conversation, as_usual.last)):
        delivery.withhold(tx, message.id, Failed.by(Reason.WITHHELD, why))


def _name(tx: Tx, conversation: Conversation, subject: str) -> str:
    """Have the conversation be about what its newest mail says; not empty where that is something else than before."""
    renamed = is_renamed(conversation.subject, subject)
    if renamed:
        conversation.subject = subject[:500]
        tx.touch(conversation_update, conversation.id)
    return "yes" if renamed and queries.has_mails(tx, conversation.id) else ""


def _mail(
    tx: Tx, channel: Channel, conversation: Conversation, message: Message, as_usual: Usual, *, by_hand: bool
) -> particular.Mail:
    last = as_usual.last
    given = (particular.read(message.details) or particular.Particulars()).mail
    mark = token(tokens.key(tx), conversation.id)
    own = str(channel.settings.get("address", ""))
    before = [*last.chain, last.mail_id] if last is not None else []
    quoted = last.text[:LONGEST_QUOTE] if last is not None and by_hand and channel.settings.get("quote") else ""
    signed = signature(tx, channel, message.author_id, message.author_name) if by_hand else ""
    return replace(
        # Who had a copy of what is answered has none of what nobody wrote.
        given or particular.Mail(cc=as_usual.cc if by_hand else []),
        id=f"{message.id.replace('-', '')}.{mark}@{own.rpartition('@')[2]}",
        subject=(given.subject if given else "") or as_usual.subject,
        to=[as_usual.to],
        reply_to=tagged(own, mark) if channel.settings.get("reply_tags") else "",
        answers=last.mail_id if last is not None else "",
        answered=as_usual.answered,
        references=before[-MOST_REFERENCES:],
        signature=unless_there(signed, message.text),
        quoted=quoted,
        quoted_from=f"{last.at:%Y-%m-%d %H:%M} UTC, {last.author}:" if quoted and last is not None else "",
    )


def _why_not(tx: Tx, conversation: Conversation, last: KnownMail | None) -> str:
    if last is not None and not last.answerable:
        return "Nothing answers a machine by itself."
    lately = queries.automated_lately(tx, conversation.contact_point_id, tx.now, WITHIN_HOURS)
    return "This address had enough of what nobody wrote." if lately > MOST_AUTOMATIC else ""
