"""The way of a message to its contact: queued, being sent, sent, delivered, read; or failed, and tried again."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from pathlib import Path

from helpline.channels.contract import Failed, Outbound, OutFile
from helpline.channels.kinds import can
from helpline.channels.reasons import Reason
from helpline.contacts import ContactPoint
from helpline.conversations import Conversation, Message
from helpline.conversations.choosing import are_numbered
from helpline.conversations.particulars import read
from helpline.core import Conflict, Tx, new_id
from helpline.files import File
from helpline.files.rules import PREVIEW

from . import queries, rules
from .events import DeliveryMoved
from .models import Attempt, Delivery, DeliveryState
from .refusing import refusal, why_not_sent

AUTH_WAIT = timedelta(minutes=1)
"""Where the credentials are refused it is looked again after a minute, in case they were mended at the provider."""
_FORWARD = [DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.UNKNOWN, DeliveryState.SENT]
_FORWARD += [DeliveryState.DELIVERED, DeliveryState.READ]


class NothingToRetry(Conflict):
    """This message is on its way, or has arrived."""


class WithheldOnPurpose(Conflict):
    """This was not sent on purpose: it would have answered a machine."""


def queue(tx: Tx, conversation: Conversation, message: Message, refused: Failed | None = None) -> None:
    """Have a message go out; or say at once why it cannot (``refused``)."""
    files = [str(one["id"]) for one in message.files]
    row = {"message_id": message.id, "conversation_id": conversation.id, "channel_id": conversation.channel_id}
    able, particulars = can(conversation.channel_kind), read(message.details)
    text = rules.numbered(message.text, particulars.choices if particulars else [], able)
    is_template = particulars is not None and particulars.template is not None
    parts = [rules.Part(text, files)] if is_template else rules.parts_of(text, files, able)
    for number, part in enumerate(parts):
        delivery = Delivery(workspace_id=tx.workspace_id, id=new_id(), **row, part=number, seq=message.seq)
        delivery.contact_point_id, delivery.text, delivery.file_ids = (
            conversation.contact_point_id,
            part.text,
            part.file_ids,
        )
        delivery.state, delivery.attempts = DeliveryState.QUEUED, 0
        delivery.failure = delivery.reason = delivery.detail = (
            ""  # told before the row is written, and its defaults with it
        )
        delivery.created_at = delivery.due_at = tx.now
        tx.db.add(delivery)
        if refused is not None:
            _note(delivery, refused)
        _move(tx, delivery, DeliveryState.FAILED if refused else DeliveryState.QUEUED)


def begin(tx: Tx, id: str, path: Callable[[str, str], Path], address: str) -> Outbound | None:
    """Take the first step of sending: note that it is tried, and say what is to be sent.

    Nothing if there is nothing to do, or if the contact may not be sent it any more since it was said.
    """
    rows = tx.lock(Delivery, id)
    if not rows or rows[0].state != DeliveryState.QUEUED:
        return None
    (delivery,) = rows
    conversation, message = tx.get(Conversation, delivery.conversation_id), tx.get(Message, delivery.message_id)
    if (refused := refusal(tx, conversation, message)) is not None:
        _give_up(tx, delivery, refused)
        return None
    delivery.state, delivery.attempts, delivery.moved_at = DeliveryState.SENDING, delivery.attempts + 1, tx.now
    attempt = Attempt(workspace_id=tx.workspace_id, id=new_id(), delivery_id=id, number=delivery.attempts, at=tx.now)
    point = tx.get(ContactPoint, delivery.contact_point_id)
    reply_with, attempt.once = rules.usable(point.reply_with, tx.now)
    if attempt.once and delivery.attempts > 1:
        # What may have arrived under our key has to go under it again, by which it is told apart.
        reply_with, attempt.once = {}, False
    if attempt.once:
        point.reply_with = {}
    tx.db.add(attempt)
    files = [tx.get(File, one) for one in delivery.file_ids]
    particulars = read(message.details)
    answered = tx.find(Message, particulars.reply_to) if particulars and not delivery.part else None
    last = delivery.part == max(one.part for one in queries.of_message(tx, message.id))
    choices = particulars.choices if particulars and last else []
    tappable = not are_numbered(can(conversation.channel_kind), choices)
    return Outbound(
        key=delivery.id,
        message_id=message.id,
        conversation_id=conversation.id,
        to=point.address,
        thread=conversation.thread,
        text=delivery.text,
        files=tuple(_out(one, path, address) for one in files),
        choices=tuple(choices) if tappable else (),
        details=message.details or {},
        reply_with=reply_with,
        quoted=queries.known(tx, answered) if answered else None,
        automatic=message.author_kind != "agent",
        at=tx.now,
        author=message.author_name,
    )


def note_sent(tx: Tx, id: str, external_id: str) -> None:
    """The provider has it."""
    (delivery,) = tx.lock(Delivery, id)
    _end_attempt(tx, delivery, "sent")
    delivery.external_id, delivery.failure, delivery.reason, delivery.detail = external_id[:200] or None, "", "", ""
    if delivery.state == DeliveryState.SENDING:
        _move(tx, delivery, DeliveryState.SENT)


def note_failed(tx: Tx, id: str, failed: Failed, *, tells_duplicates: bool) -> None:
    """It did not go: tried again later where that may help, else given up, with the reason.

    Of what may have arrived nobody knows, unless the provider can tell duplicates: then it is simply tried again.
    """
    (delivery,) = tx.lock(Delivery, id)
    attempt = _end_attempt(tx, delivery, "failed", failed)
    if delivery.state != DeliveryState.SENDING:
        return
    if failed.may_have_arrived and (_is_once(attempt) or not tells_duplicates):
        _note(delivery, failed)
        _move(tx, delivery, DeliveryState.UNKNOWN)
    elif failed.kind in {"temporary", "auth"} and not rules.is_last(delivery.attempts):
        _note(delivery, failed)
        pause = rules.wait(delivery.attempts, failed.retry_after)
        delivery.due_at = tx.now + (max(pause, AUTH_WAIT) if failed.kind == "auth" else pause)
        _move(tx, delivery, DeliveryState.QUEUED)
    else:
        _give_up(tx, delivery, failed)


def recover(tx: Tx, channel_id: str, spared: Collection[str] = (), *, tells_duplicates: bool) -> int:
    """What was being sent when a process ended is sent again where the provider can tell duplicates, else its fate is unknown.

    ``spared`` is what is being sent now.
    """
    left = [one for one in queries.being_sent(tx, channel_id) if one.id not in spared]
    for delivery in left:
        is_repeatable = not _is_once(_end_attempt(tx, delivery, "unknown")) and tells_duplicates
        delivery.due_at = tx.now
        _move(tx, delivery, DeliveryState.QUEUED if is_repeatable else DeliveryState.UNKNOWN)
    return len(left)


def report(tx: Tx, channel_id: str, external_id: str, state: str, failed: Failed | None = None) -> bool:
    """The provider says what became of a message; whether there is one. Reports may come twice and in any order."""
    found = queries.by_external_id(tx, channel_id, external_id)
    if found is None:
        return False
    (delivery,) = tx.lock(Delivery, found.id)
    new = DeliveryState(state)
    if new == DeliveryState.FAILED:
        if delivery.state in {DeliveryState.SENT, DeliveryState.UNKNOWN}:
            _note(delivery, failed or Failed("permanent"))
            _move(tx, delivery, new)
    elif delivery.state in _FORWARD and _FORWARD.index(new) > _FORWARD.index(DeliveryState(delivery.state)):
        _move(tx, delivery, new)
    return True


def note_read(tx: Tx, contact_point_id: str, at: datetime) -> None:
    """A contact has read what was sent to them until then."""
    unread = queries.not_read_by(tx, contact_point_id, at)
    for delivery in tx.lock(Delivery, *unread) if unread else ():
        _move(tx, delivery, DeliveryState.READ)


def withhold(tx: Tx, message_id: str, why: Failed) -> None:
    """Do not send what was queued a moment ago."""
    queued = [one.id for one in queries.of_message(tx, message_id) if one.state == DeliveryState.QUEUED]
    for delivery in tx.lock(Delivery, *queued) if queued else ():
        _note(delivery, why)
        _move(tx, delivery, DeliveryState.FAILED)


def retry(tx: Tx, message_id: str) -> None:
    """Try again what failed, or what may have been lost; refused as a new message would be, and what was held back on purpose."""
    stuck = {DeliveryState.FAILED, DeliveryState.UNKNOWN}
    again = [one for one in queries.of_message(tx, message_id) if one.state in stuck]
    if not again:
        raise NothingToRetry
    message = tx.get(Message, message_id)
    if why_not := why_not_sent(tx, tx.get(Conversation, message.conversation_id), message):
        raise why_not
    if any(one.reason == Reason.WITHHELD for one in again):
        raise WithheldOnPurpose
    for delivery in tx.lock(Delivery, *(one.id for one in again)):
        delivery.due_at = tx.now
        _move(tx, delivery, DeliveryState.QUEUED)


def _give_up(tx: Tx, delivery: Delivery, why: Failed) -> None:
    """This part fails, and what of the message should have come after it is not sent without it."""
    parts = queries.of_message(tx, delivery.message_id)
    after = [one.id for one in parts if one.part > delivery.part and one.state == DeliveryState.QUEUED]
    for one in tx.lock(Delivery, delivery.id, *after):
        _note(one, why)
        _move(tx, one, DeliveryState.FAILED)


def _note(delivery: Delivery, why: Failed) -> None:
    delivery.failure, delivery.reason, delivery.detail = why.kind, str(why.reason or ""), why.detail[:1000]


def _move(tx: Tx, delivery: Delivery, state: DeliveryState) -> None:
    delivery.state, delivery.moved_at = state, tx.now
    if state == DeliveryState.QUEUED:
        tx.left.add(("out", delivery.channel_id))
    moved = DeliveryMoved(
        conversation_id=delivery.conversation_id,
        message_id=delivery.message_id,
        delivery_id=delivery.id,
        state=state,
        failure=delivery.failure,
        reason=delivery.reason,
        detail=delivery.detail,
    )
    tx.emit(moved)


def _is_once(attempt: Attempt | None) -> bool:
    return attempt is not None and attempt.once


def _end_attempt(tx: Tx, delivery: Delivery, outcome: str, failed: Failed | None = None) -> Attempt | None:
    attempt = queries.current_attempt(tx, delivery)
    if attempt is not None and not attempt.outcome:
        attempt.outcome, attempt.ended_at = outcome, tx.now
        if failed is not None:
            attempt.failure, attempt.code, attempt.detail = failed.kind, failed.code[:60], failed.detail[:1000]
    return attempt


def _out(file: File, path: Callable[[str, str], Path], address: str) -> OutFile:
    place = path(file.workspace_id, file.id)
    url = f"{address}{file.url}"
    preview = f"{url}/{PREVIEW}" if file.width else ""
    return OutFile(name=file.name, media_type=file.media_type, size=file.size, url=url, preview=preview, path=place)
