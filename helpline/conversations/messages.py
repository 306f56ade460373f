"""Writing a message: the one place where ``seq`` is given.

This is the busiest path of the product, so it speaks Core: one statement moves the conversation on and gives the place, one
inserts the message.
"""

from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Row

from helpline.core import Tx, Update, new_id

from .models import Conversation, Message
from .shapes import AuthorOut, MessageOut, client_id, conversation_out, desks, message_out, visitor
from .visitor_shapes import visitor_message

SYSTEM = AuthorOut(kind="system", id="", name="")

_TABLE = Conversation.__table__
_INSERT = insert(Message.__table__)  # type: ignore[arg-type]


def find_sent(tx: Tx, channel_id: str, external_id: str) -> MessageOut | None:
    """The message that the sender already sent under this id; nothing when it is new."""
    row = Message.__table__.c
    mine = (row.workspace_id == tx.workspace_id, row.channel_id == channel_id, row.external_id == external_id)
    known = tx.execute(select(row.id).where(*mine)).scalar()
    return message_out(tx.get(Message, known)) if known else None


def advance(tx: Tx, *where: Any, by: str, text: str, at: Any, **more: Any) -> Row[Any] | None:
    """Move one conversation on by one message; the whole row as it then is, or nothing when none fits ``where``."""
    columns = _TABLE.c
    values = {"last_seq": columns.last_seq + 1, "version": columns.version + 1, **more}
    if by != "event":
        values |= {"last_text": text[:200], "last_by": by, "last_at": at}
    if by == "contact":
        values["waiting_since"] = func.coalesce(columns.waiting_since, at)
        values["unread"] = columns.unread + 1
    elif by == "agent":
        values |= {"waiting_since": None, "unread": 0}
    moved = update(_TABLE).where(columns.workspace_id == tx.workspace_id, *where)  # type: ignore[arg-type]
    row = tx.execute(moved.values(**values).returning(*columns)).first()
    tx.expire()
    return row


def insert_message(
    tx: Tx,
    conversation: Any,
    *,
    author: AuthorOut,
    kind: str = "text",
    text: str = "",
    external_id: str | None = None,
    visibility: str = "public",
    files: list[Any] | None = None,
    event: dict[str, Any] | None = None,
) -> MessageOut:
    """Write the message that ``advance`` made room for, and tell the desks and, if it is public, the contact."""
    message = MessageOut(
        id=new_id(),
        conversation_id=conversation.id,
        seq=conversation.last_seq,
        kind=kind,
        author=author,
        visibility=visibility,
        text=text,
        files=files or [],
        event=event,
        at=tx.now,
        client_id=client_id(external_id),
        state="sent",
    )
    row = {
        name: getattr(message, name) for name in ("id", "conversation_id", "seq", "kind", "visibility", "text", "files")
    }
    row |= {
        "author_kind": author.kind,
        "author_id": author.id,
        "author_name": author.name,
        "event": event,
        "at": tx.now,
    }
    row |= {"workspace_id": tx.workspace_id, "channel_id": conversation.channel_id, "external_id": external_id}
    tx.execute(_INSERT, {**row, "state": "sent"})
    tx.show(Update.of("message", message.id, message, desks(conversation)))
    if visibility == "public":
        tx.show(Update.of("visitor_message", message.id, visitor_message(message), {visitor(conversation)}))
    return message


def show_progress(tx: Tx, conversation: Any) -> None:
    """Tell the desks that follow the conversation that it moved on."""
    tx.show(Update.of("conversation", conversation.id, conversation_out(conversation), desks(conversation)))


def note_event(tx: Tx, conversation_id: str, name: str, *, public: bool = False, **details: Any) -> None:
    """Put a line about what happened into the conversation: queued, assigned, transferred, closed …"""
    moved = advance(tx, _TABLE.c.id == conversation_id, by="event", text="", at=tx.now)
    if moved is not None:
        visibility = "public" if public else "internal"
        event = {"name": name, **details}
        insert_message(tx, moved, author=SYSTEM, kind="event", visibility=visibility, event=event)
