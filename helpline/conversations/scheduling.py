"""Writing to the contact so that it goes out later, and thinking better of it."""

from datetime import datetime, timedelta

from msgspec import to_builtins
from msgspec.structs import replace

from helpline.channels.kinds import goes_out
from helpline.core import Conflict, Invalid, Tx, new_id
from helpline.people.queries import workspace

from . import answering, jobs, queries, scheduled, templating
from .models import Conversation
from .scheduled_events import MessageScheduled, ScheduledMessageDiscarded, ScheduledMessageTakenBack
from .scheduled_models import ScheduledMessage
from .scheduled_shapes import ScheduledIn
from .shapes import MessageIn
from .snoozing import LONGEST, NoTimeToCome


class NotLater(Invalid):
    """Only what goes to the contact by a channel outside can be sent later: a web chat is read while it lasts, a note at once."""


class AlreadySent(Conflict):
    """This message has gone out already."""


class NotYourWords(Conflict):
    """Only who wrote a message takes it back into their draft. You can discard it, or have it sent now."""


def schedule(tx: Tx, conversation_id: str, given: ScheduledIn) -> ScheduledMessage:
    """Have it go out at a time, or once it cannot be taken back any more. What holds for sending holds for it, now and then."""
    queries.visible(tx, conversation_id)
    (conversation,) = tx.lock(Conversation, conversation_id)
    known = scheduled.of_client(tx, tx.actor.id, given.id)
    if known is not None:
        return known
    due_at = _due(tx, conversation, given)
    said = MessageIn(**{name: getattr(given, name) for name in MessageIn.__struct_fields__})
    said = templating.spoken(tx, conversation, said)
    files = answering.check(tx, conversation, said, at=due_at)
    row = ScheduledMessage(workspace_id=tx.workspace_id, id=new_id(), conversation_id=conversation_id)
    row.agent_id, row.client_id, row.after_seq = tx.actor.id, given.id, conversation.last_seq
    row.said, row.files = to_builtins(replace(said, anyway=True)), to_builtins(files)
    row.chosen, row.due_at, row.created_at, row.state = given.send_at is not None, due_at, tx.now, "waiting"
    tx.db.add(row)
    tx.db.flush()
    tx.enqueue(jobs.send_scheduled, key=row.id, at=due_at, scheduled_id=row.id)
    about = {"conversation_id": conversation_id, "scheduled_id": row.id, "agent_id": tx.actor.id}
    tx.emit(MessageScheduled(**about, due_at=due_at.isoformat(), chosen=row.chosen, draft=given.draft))
    return row


def send_now(tx: Tx, scheduled_id: str) -> ScheduledMessage:
    """Have it go out without waiting any longer."""
    row, conversation = _held(tx, scheduled_id)
    if scheduled.go(tx, conversation, row.id) is None:
        raise AlreadySent
    return row


def take_back(tx: Tx, scheduled_id: str) -> ScheduledMessage:
    """Do not send it; what was written is in the author's draft again. Its timer will find nothing that waits."""
    row, _ = _held(tx, scheduled_id)
    if row.agent_id != tx.actor.id:
        raise NotYourWords
    _end(tx, row, "taken_back")
    tx.emit(ScheduledMessageTakenBack(conversation_id=row.conversation_id, scheduled_id=row.id, agent_id=tx.actor.id))
    return row


def discard(tx: Tx, scheduled_id: str) -> ScheduledMessage:
    """Do not send it, and forget it."""
    row, _ = _held(tx, scheduled_id)
    _end(tx, row, "discarded")
    tx.emit(ScheduledMessageDiscarded(conversation_id=row.conversation_id, scheduled_id=row.id, agent_id=tx.actor.id))
    return row


def _held(tx: Tx, scheduled_id: str) -> tuple[ScheduledMessage, Conversation]:
    found = tx.get(ScheduledMessage, scheduled_id)
    queries.servable(tx, found.conversation_id)
    (conversation,) = tx.lock(Conversation, found.conversation_id)
    (row,) = tx.lock(ScheduledMessage, scheduled_id)
    return row, conversation


def _end(tx: Tx, row: ScheduledMessage, state: str) -> None:
    if row.state != "waiting":
        raise AlreadySent
    row.state = state  # type: ignore[assignment]


def _due(tx: Tx, conversation: Conversation, given: ScheduledIn) -> datetime:
    if given.visibility != "public":
        raise NotLater(field="visibility")
    if given.send_at is None:
        undo = workspace(tx).undo_mail if conversation.channel_kind == "email" else workspace(tx).undo_chat
        return tx.now + timedelta(seconds=undo)
    if not goes_out(conversation.channel_kind):
        raise NotLater(field="send_at")
    if not tx.now < given.send_at <= tx.now + LONGEST:
        raise NoTimeToCome(field="send_at")
    return given.send_at
