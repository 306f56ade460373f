"""What a conversation shows of a mail that came in, beside what it says."""

from collections.abc import Collection

from helpline.channels.email.arriving import Mailed
from helpline.channels.email.looking_alike import caution
from helpline.channels.email.mail import Address
from helpline.channels.email.threads import topic
from helpline.conversations import particulars as particular


def described(event: Mailed, *, known: Collection[str], renamed: bool) -> particular.Particulars:
    """Its particulars; ``known`` are the addresses that its author could be taken for."""
    mail = event.mail
    author = mail.author or Address(event.who.address, event.who.name)
    said = particular.Mail(
        author=author.address,
        name=author.name,
        written_at=mail.date,
        caution=caution(author, known) or ("reply" if event.answer_to else ""),
        reply_to=event.answer_to,
        subject=mail.subject[:500],
        renamed="yes" if renamed else "",
        to=[one.address for one in mail.to],
        cc=[one.address for one in mail.cc],
        html="yes" if mail.html else "",
        quoted="yes" if len(event.text) + 1 < len(mail.text.strip()) else "",
        automatic="" if event.written == "by_person" else event.written,
        left_out=mail.left_out,
    )
    return particular.Particulars(mail=said)


def is_renamed(before: str, subject: str) -> bool:
    """Whether a mail is about something else than what came before it; one without a subject is not."""
    return topic(subject) not in {topic(before), ""}
