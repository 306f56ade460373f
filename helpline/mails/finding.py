"""How a mail is found again, and who is in a conversation by mail: asked for each mail that comes."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select, true

from helpline.channels import Channel
from helpline.channels.email.addresses import ours
from helpline.channels.email.mail import Mail, Report
from helpline.conversations import Conversation
from helpline.core import Prepared, Tx
from helpline.core.within import among

from .models import KnownMail, Way

MOST_MAILS, MOST_UNDER_IDS = 500, 200
_MAIL: Any = KnownMail.__table__.c
_CHANNEL: Any = Channel.__table__.c
_TALKS: Any = Conversation.__table__
_OLD, _NEW = _TALKS.alias("old").c, _TALKS.c
_HERE = _MAIL.workspace_id == bindparam("workspace")


class Remembered(NamedTuple):
    """What a mail is found again by."""

    id: str
    mail_id: str
    digest: str
    way: Way
    author: str
    text: str
    conversation_id: str
    message_id: str


class TakingPart(NamedTuple):
    """Who takes part in a conversation by mail, by address, and what its newest mail is about."""

    subject: str
    people: frozenset[str]


_REMEMBERED = select(*(_MAIL[name] for name in Remembered._fields)).where(_HERE)
_KNOWN = Prepared(
    _REMEMBERED.where(_MAIL.mail_id == bindparam("mail_id"), _MAIL.digest == bindparam("digest")).limit(1)
)
_UNDER = Prepared(
    _REMEMBERED.where(among(_MAIL.mail_id, "ids")).order_by(_MAIL.way.desc(), _MAIL.at.desc()).limit(MOST_UNDER_IDS)
)
_PEOPLE = Prepared(
    select(_MAIL.subject, _MAIL.people)
    .where(_HERE, _MAIL.conversation_id == bindparam("conversation"))
    .order_by(_MAIL.at.desc(), _MAIL.id.desc())
    .limit(MOST_MAILS)
)
_MAILBOXES = Prepared(
    select(_CHANNEL.settings)
    .where(_CHANNEL.workspace_id == bindparam("workspace"))
    .where(_CHANNEL.kind == "email", _CHANNEL.active == true())
)
_NEWEST = Prepared(
    select(_NEW.id)
    .where(_OLD.workspace_id == bindparam("workspace"), _OLD.id == bindparam("sought"))
    .where(_NEW.workspace_id == _OLD.workspace_id, _NEW.contact_point_id == _OLD.contact_point_id)
    .where(_NEW.thread == _OLD.thread)
    .order_by(_NEW.created_at.desc())
    .limit(1)
)


def known(tx: Tx, mail_id: str, digest: str) -> Remembered | None:
    """This very mail, by whatever mailbox it came."""
    found = tx.say(_KNOWN, workspace=tx.workspace_id, mail_id=mail_id, digest=digest)
    return Remembered(*found) if found else None


def under_id(tx: Tx, mail_ids: Collection[str]) -> list[Remembered]:
    """All mails that claim one of these ids, ours first."""
    found = tx.say_all(_UNDER, workspace=tx.workspace_id, ids=list(mail_ids))
    return [Remembered(*one) for one in found]


def same_as(tx: Tx, mail: Mail, digest: str, under_its_id: Sequence[Remembered]) -> Remembered | None:
    """This very mail, come before; or the one of ours that it is."""
    found = next((one for one in under_its_id if one.digest == digest), None)
    if found is None and len(under_its_id) == MOST_UNDER_IDS:
        found = known(tx, mail.id, digest)
    return found or _sent_as(mail, under_its_id)


def _sent_as(mail: Mail, under_its_id: Collection[Remembered]) -> Remembered | None:
    """The mail of ours that this is, come home by another mailbox: under its id, from its author, saying what it said."""
    author = mail.author.address if mail.author else ""
    sent = (one for one in under_its_id if one.way == "out" and one.author.lower() == author)
    return next((one for one in sent if " ".join(mail.text.split()).startswith(" ".join(one.text.split()))), None)


def reported(tx: Tx, report: Report) -> Remembered | None:
    """The mail of ours that a mail server reports about: one that it names, since an address alone everybody knows."""
    return next((one for one in under_id(tx, report.about) if one.way == "out"), None)


def taking_part(tx: Tx, conversation_id: str) -> TakingPart:
    """As far as mails in it tell."""
    mails = tx.say_all(_PEOPLE, workspace=tx.workspace_id, conversation=conversation_id)
    return TakingPart(mails[0].subject if mails else "", frozenset(who for one in mails for who in one.people))


def own_addresses(tx: Tx) -> set[str]:
    """Under which addresses the mailboxes here are written to: what comes to one is in all."""
    return {address for one in tx.say_all(_MAILBOXES, workspace=tx.workspace_id) for address in ours(one.settings)}


def as_it_goes_on(tx: Tx, conversation_id: str) -> Conversation | None:
    """The newest conversation of the thread of this one."""
    newest = tx.say(_NEWEST, workspace=tx.workspace_id, sought=conversation_id)
    return tx.find(Conversation, newest.id) if newest else None
