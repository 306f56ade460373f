"""What somebody of our side said to a contact outside of Helpline: it is seen, and wakes nobody (decision 034)."""

from datetime import datetime

from helpline.channels import Category, Channel
from helpline.contacts import Contact, ContactPoint
from helpline.core import Tx, new_id
from helpline.files.actions import attach

from . import queries
from .elsewhere_events import MessageSaidElsewhere
from .events import ConversationClosed
from .messages import advance, insert_message, note_event, show_progress
from .models import CloseReason, Conversation, State
from .particulars import Elsewhere, holds
from .placing import put_in_place
from .receiving import Inbound
from .shapes import AuthorOut, MessageOut


def overhear(tx: Tx, point: ContactPoint, said: Inbound, elsewhere: Elsewhere, at: datetime) -> MessageOut:
    """Put it into the conversation with the contact, whose point is held: the open one, else the last."""
    latest = queries.latest_of(tx, point.id)
    (conversation,) = tx.lock(Conversation, latest.id) if latest else [_begun(tx, point)]
    if not elsewhere.app and (point.heard_at is None or at >= point.heard_at):
        conversation.waiting_since = None  # a person answered; what programs say may be no answer
    files = attach(tx, said.file_ids)
    spoken = said.text or (files[0].name if files else said.preview)
    moved = advance(tx, conversation.id, by="bot", text=spoken, holds=holds(said.text, files, said.details))
    message = insert_message(
        tx,
        moved,
        author=AuthorOut(kind="agent", id="", name=""),
        kind="file" if files and not said.text else "text",
        text=said.text,
        files=files,
        external_id=said.external_id,
        details=said.details,
    )
    show_progress(tx, moved)
    place = {"conversation_id": moved.id, "message_id": message.id, "seq": message.seq}
    tx.emit(MessageSaidElsewhere(**place, app=elsewhere.app))
    if latest is None:
        _end(tx, conversation)
    return message


def _begun(tx: Tx, point: ContactPoint) -> Conversation:
    """A conversation for what is said to somebody who never wrote. It is over at once: they wait for nothing."""
    channel = tx.get(Channel, point.channel_id)
    category, contact = tx.get(Category, channel.category_id), tx.find(Contact, point.contact_id)
    made = Conversation(workspace_id=tx.workspace_id, id=new_id(), version=1, state=State.CLOSED)
    made.channel_id, made.channel_kind, made.contact_point_id = channel.id, channel.kind, point.id
    made.category_id, made.owner_id, made.team_id = category.id, category.owner_id, category.team_id
    made.contact_id, made.contact_name = point.contact_id, contact.name if contact else point.name
    made.created_at = made.queued_at = made.last_at = made.closed_at = tx.now
    made.close_reason, made.priority, made.skills = CloseReason.ELSEWHERE, 0, category.skills
    put_in_place(tx, made)
    tx.db.add(made)
    tx.db.flush()
    return made


def _end(tx: Tx, conversation: Conversation) -> None:
    reason = CloseReason.ELSEWHERE
    note_event(tx, conversation.id, "closed", public=True, reason=reason, by_name="")
    tx.emit(ConversationClosed(conversation_id=conversation.id, reason=reason, agent_id=None))
