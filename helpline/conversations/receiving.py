"""What a contact sends: find or open the conversation, and write the message, once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import update

from helpline.channels import Category, Channel
from helpline.contacts import Contact, ContactPoint
from helpline.core import Tx, new_id
from helpline.core.errors import LostRace
from helpline.files.actions import attach
from helpline.people import queries as people

from . import choosing, queries, rating_in_words, serving, undecided
from .events import ConversationOpened, MessageReceived, MessagesRead, PageVisited
from .messages import NothingToSay, advance_open, find_sent, insert_message, note_event, show_progress
from .models import Conversation, Message, State
from .particulars import Particulars, holds
from .placing import sent_on_to
from .prompting import say
from .shapes import AuthorOut, MessageOut


@dataclass(frozen=True)
class Line:
    """What a message must know of the channel it came by."""

    channel_id: str
    kind: str


@dataclass(frozen=True)
class Inbound:
    """One message from outside, as any channel hands it over."""

    contact_point_id: str
    external_id: str
    text: str = ""
    file_ids: list[str] = field(default_factory=list)
    name: str = ""
    page: str | None = None
    thread: str = ""
    details: Particulars | None = None
    """What else it holds."""
    subject: str = ""
    """What the conversation is about from now on; empty where nobody said so."""
    preview: str = ""
    """What stands in lists for a message without a text."""
    reply_until: datetime | None = None
    """Until when it may be answered freely, where the channel closes a while after it."""
    author: str = ""
    """Who wrote it, where that is somebody else than the contact: a colleague of theirs who takes part."""
    previous_id: str | None = None
    """The conversation that this goes on with, where that is known; else it is the contact's last."""
    opens: Callable[[Tx, ContactPoint], list[dict[str, Any]]] | None = None
    """Called only when this opens a conversation: what is to be noted in it before the message."""


def receive(tx: Tx, line: Line, inbound: Inbound) -> MessageOut:
    """Take in a message. The same one again gives the same answer and changes nothing."""
    sent = find_sent(tx, line.channel_id, inbound.external_id)
    if sent is not None:
        return sent
    text = inbound.text
    files = attach(tx, inbound.file_ids)
    if not text.strip() and not files and inbound.details is None:
        raise NothingToSay(field="text")
    if text.strip() and not files:
        who = (line.kind, inbound.contact_point_id)
        rated = rating_in_words.take(tx, *who, text=text, external_id=inbound.external_id)
        if rated is not None:
            return rated
    spoken = text or (files[0].name if files else inbound.preview)
    to = partial(advance_open, tx, inbound.contact_point_id, inbound.thread)
    so = {"holds": holds(text, files, inbound.details), "subject": inbound.subject}
    move_on = partial(to, text=spoken, **so, page=inbound.page, reply_until=inbound.reply_until)
    moved = move_on()
    if moved is None:
        _open(tx, line, inbound)
        moved = move_on()
        if moved is None:  # somebody else's, found open a moment ago, was closed meanwhile
            raise LostRace
    elif moved.state == State.BOT:
        undecided.hear(tx, moved, text)
    asked = moved.asked_seq is not None and text
    details = choosing.picked(tx, moved, text, inbound.details) if asked else inbound.details
    message = insert_message(
        tx,
        moved,
        author=AuthorOut(kind="contact", id=inbound.contact_point_id, name=inbound.author or moved.contact_name),
        kind="file" if files and not text else "text",
        text=text,
        files=files,
        external_id=inbound.external_id,
        details=details,
    )
    show_progress(tx, moved)
    waits = {"begins_wait": moved.waiting_since == tx.now, "waits": moved.state == State.WAITING}
    tx.emit(MessageReceived(conversation_id=moved.id, message_id=message.id, seq=message.seq, **waits))
    return message


def mark_read(tx: Tx, conversation_id: str, seq: int) -> None:
    """The contact has seen what was written to them, up to ``seq``."""
    unread = update(Message).where(
        Message.workspace_id == tx.workspace_id,
        Message.conversation_id == conversation_id,
        Message.seq <= seq,
        Message.author_kind.in_(["agent", "bot"]),
        Message.visibility == "public",
        Message.state.in_(["sent", "delivered"]),
    )
    ids = tx.execute(unread.values(state="read").returning(Message.id)).scalars().all()
    tx.expire()
    if ids:
        tx.emit(MessagesRead(conversation_id=conversation_id, message_ids=sorted(ids)))


def visit_page(tx: Tx, conversation_id: str, page: str) -> None:
    """The contact went to another page of the site; said again of the same page, it is nothing."""
    (conversation,) = tx.lock(Conversation, conversation_id)
    if conversation.state == State.CLOSED or conversation.page == page:
        return
    conversation.page = page
    conversation.version += 1
    tx.emit(PageVisited(conversation_id=conversation.id, page=page))


def _open(tx: Tx, line: Line, inbound: Inbound) -> None:
    # Holding the contact point makes two first messages open one conversation; the second then finds the first's.
    (point,) = tx.lock(ContactPoint, inbound.contact_point_id)
    before = queries.latest_of(tx, point.id)
    if before is not None and before.state != State.CLOSED and before.thread == inbound.thread:
        return
    # Read here, not remembered: where the channel leads may have been changed a moment ago.
    category = tx.get(Category, tx.get(Channel, line.channel_id).category_id)
    # Before the conversation is made: all that happens to it now has one time.
    if category.team_id not in people.hold_teams(tx, category.team_id, *sent_on_to(tx, category.id)):
        raise LostRace  # switched off meanwhile; by now its category leads to another
    before_it = inbound.opens(tx, point) if inbound.opens else []
    contact = tx.find(Contact, point.contact_id)
    if contact is not None:
        before = queries.latest_with(tx, contact.id)
    conversation = Conversation(
        workspace_id=tx.workspace_id,
        id=new_id(),
        version=1,
        state=State.WAITING,
        channel_id=line.channel_id,
        channel_kind=line.kind,
        category_id=category.id,
        owner_id=category.owner_id,
        contact_point_id=point.id,
        thread=inbound.thread,
        contact_id=point.contact_id,
        contact_name=contact.name if contact else inbound.name or point.name,
        team_id=category.team_id,
        priority=0,
        skills=category.skills,
        created_at=tx.now,
        queued_at=tx.now,
        last_at=tx.now,
        previous_id=inbound.previous_id or (before.id if before else None),
    )
    tx.db.add(conversation)
    tx.db.flush()
    opened = ConversationOpened(
        conversation_id=conversation.id,
        channel_id=line.channel_id,
        contact_point_id=point.id,
        previous_id=conversation.previous_id,
    )
    tx.emit(opened)
    say(tx, conversation, "welcome")
    if not undecided.ask(tx, conversation):
        serving.enter_queue(tx, conversation)
    for event in before_it:
        note_event(tx, conversation.id, **event)
