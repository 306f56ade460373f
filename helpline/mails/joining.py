"""A mail that answers a conversation in which its author has no part: somebody says whether they are the same person after all."""

from typing import Any, Literal

from helpline.contacts import Contact, ContactPoint, merging
from helpline.contacts import actions as contacts
from helpline.conversations import Conversation, Message
from helpline.conversations import queries as conversations
from helpline.conversations.identifying import link
from helpline.conversations.shapes import message_update
from helpline.core import Conflict, Tx

from .events import MailJoined, MailLeftApart, MailParted

Settled = Literal["", "joined", "apart"]


class NothingToJoin(Conflict):
    """Nothing is asked here: no mail before it says that it answers another conversation."""


class JoinSettled(Conflict):
    """Somebody has said already whether the two belong together."""


def join(tx: Tx, message_id: str) -> Message:
    """They are one person: both conversations are of one contact from now on."""
    hint, conversation, other = _asked(tx, message_id)
    mine, theirs = (tx.get(ContactPoint, one.contact_point_id) for one in (conversation, other))
    _settle(tx, hint, "joined", **_made_one(tx, mine, theirs))
    tx.emit(MailJoined(conversation_id=conversation.id, message_id=message_id, other_id=other.id))
    return hint


def part(tx: Tx, message_id: str) -> Message:
    """It was a mistake: everything is as before, and the question is open again."""
    hint, conversation, other = _asked(tx, message_id, settled=True)
    if merge_id := hint.event.get("merge_id"):
        merging.undo(tx, merge_id)
    for point_id in hint.event.get("linked", ()):
        if (
            tx.get(ContactPoint, point_id).contact_id == hint.event["contact_id"]
        ):  # else somebody has said since whose it is
            link(tx, point_id, None)
    _settle(tx, hint, "")
    tx.emit(MailParted(conversation_id=conversation.id, message_id=message_id, other_id=other.id))
    return hint


def leave_apart(tx: Tx, message_id: str) -> Message:
    """They are two people; nobody is asked again."""
    hint, conversation, other = _asked(tx, message_id)
    _settle(tx, hint, "apart")
    tx.emit(MailLeftApart(conversation_id=conversation.id, message_id=message_id, other_id=other.id))
    return hint


def _asked(tx: Tx, message_id: str, *, settled: bool = False) -> tuple[Message, Conversation, Conversation]:
    """The question, which is held, and the two conversations it is about."""
    conversation = conversations.servable(tx, tx.get(Message, message_id).conversation_id)
    (hint,) = tx.lock(Message, message_id)
    if not hint.event or hint.event.get("name") != "mail_points_at":
        raise NothingToJoin
    if bool(hint.event.get("settled")) != settled:
        raise JoinSettled
    return hint, conversation, tx.get(Conversation, hint.event["other_id"])


def _made_one(tx: Tx, mine: ContactPoint, theirs: ContactPoint) -> dict[str, Any]:
    """What was done so that both are one contact's, as far as it has to be undone. Who wrote first keeps their name."""
    if mine.contact_id and theirs.contact_id:
        if mine.contact_id == theirs.contact_id:
            return {}
        return {"merge_id": merging.merge(tx, theirs.contact_id, [mine.contact_id]).id}
    nobodys = [point.id for point in (theirs, mine) if not point.contact_id]
    contact = tx.find(Contact, theirs.contact_id or mine.contact_id)
    contact = contact or contacts.add(tx, name=theirs.name, email=theirs.email)
    for point_id in nobodys:
        link(tx, point_id, contact)
    return {"contact_id": contact.id, "linked": nobodys}


def _settle(tx: Tx, hint: Message, how: Settled, **done: Any) -> None:
    about = {"name": "mail_points_at", "other_id": hint.event["other_id"]}
    by = {"settled": how, "by_id": tx.actor.id, "by_name": tx.actor.name} if how else {}
    hint.event = about | by | done
    tx.touch(message_update, hint.id)
