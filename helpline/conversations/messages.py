"""Writing a message: the one place where ``seq`` is given.

This is the busiest path of the product, so it speaks Core: one statement moves the conversation on and gives the place, one
inserts the message.
"""

from datetime import datetime
from functools import cache
from typing import Any, Literal

from sqlalchemy import (
    Boolean,
    String,
    bindparam,
    case,
    func,
    insert,
    literal_column,
    select,
    update,
)

from helpline.channels.kinds import goes_out
from helpline.core import Invalid, Moment, Prepared, Tx, Update, new_id

from .models import Conversation, Message, MessageKind, Visibility
from .particulars import Particulars, kept
from .shapes import AuthorOut, MessageOut, client_id, conversation_out, desks, message_out, visitor
from .visitor_shapes import visitor_message


class NothingToSay(Invalid):
    """A message needs a text or a file."""


SYSTEM = AuthorOut(kind="system", id="", name="")

_TABLE = Conversation.__table__
_MESSAGES = Message.__table__
_INSERT = Prepared(insert(_MESSAGES))  # type: ignore[arg-type]
_SENT = Prepared(
    select(_MESSAGES.c.id).where(
        _MESSAGES.c.workspace_id == bindparam("workspace"),
        _MESSAGES.c.channel_id == bindparam("channel"),
        _MESSAGES.c.external_id == bindparam("external"),
    )
)

By = Literal["contact", "agent", "bot", "event"]


def find_sent(tx: Tx, channel_id: str, external_id: str) -> MessageOut | None:
    """The message that the sender already sent under this id; nothing when it is new."""
    known = tx.say(_SENT, workspace=tx.workspace_id, channel=channel_id, external=external_id)
    return message_out(tx.get(Message, known.id)) if known else None


def advance(tx: Tx, conversation_id: str, *, by: By, text: str = "", holds: str = "", asks: bool = False) -> Any:
    """Move a conversation on by one message, which ``asks`` where it offers answers; the whole row as it then is."""
    if by == "event" and (held := tx.held(Conversation, conversation_id)) is not None:
        # Written with what else the unit changes in it.
        held.last_seq, held.version = held.last_seq + 1, held.version + 1
        return held
    return _moved(tx, _advancing("id", by), given=conversation_id, said=text[:200], held=holds, asks=asks)


def advance_open(
    tx: Tx,
    contact_point_id: str,
    thread: str,
    *,
    text: str,
    holds: str,
    subject: str,
    page: str | None,
    reply_until: datetime | None = None,
) -> Any:
    """Move the open conversation of a contact point on by a message of the contact; nothing when none is open."""
    found_by = {"given": contact_point_id, "of_thread": thread, "free_until": reply_until}
    told = {"said": text[:200], "held": holds, "about": subject[:500], "on_page": page[:500] if page else None}
    return _moved(tx, _advancing("contact_point", "contact"), **found_by, **told)


def _moved(tx: Tx, statement: Prepared, **given: Any) -> Any:
    moved = tx.say(statement, workspace=tx.workspace_id, moment=tx.now, **given)
    if moved is not None:
        tx.renew(Conversation, moved)
    return moved


@cache
def _advancing(found_by: Literal["id", "contact_point"], by: By) -> Prepared:
    row, moment = _TABLE.c, bindparam("moment", type_=Moment)
    values: dict[str, Any] = {"last_seq": row.last_seq + 1, "version": row.version + 1}
    if by != "event":
        values |= {"last_text": bindparam("said"), "last_holds": bindparam("held"), "last_by": by, "last_at": moment}
    if by == "contact":
        values |= {"waiting_since": func.coalesce(row.waiting_since, moment), "unread": row.unread + 1}
        # Who was put aside and writes is back; a timer that is still set finds nothing to wake.
        values |= {"snoozed_at": None, "snoozed_until": None}
        values["page"] = func.coalesce(bindparam("on_page", type_=String), row.page)
        values["subject"] = func.coalesce(func.nullif(bindparam("about", type_=String), ""), row.subject)
        values["reply_until"] = func.coalesce(bindparam("free_until", type_=Moment), row.reply_until)
    if by == "agent":
        values |= {"waiting_since": None, "unread": 0, "first_answer_at": func.coalesce(row.first_answer_at, moment)}
        values["asked_seq"] = case((bindparam("asks", type_=Boolean), row.last_seq + 1), else_=None)
    moved = update(_TABLE).where(row.workspace_id == bindparam("workspace"))  # type: ignore[arg-type]
    if found_by == "id":
        moved = moved.where(row.id == bindparam("given"))
    else:
        moved = moved.where(row.contact_point_id == bindparam("given"), row.thread == bindparam("of_thread"))
        moved = moved.where(row.state != literal_column("'closed'"))
    return Prepared(moved.values(**values).returning(*row))


def insert_message(
    tx: Tx,
    conversation: Any,
    *,
    author: AuthorOut,
    kind: MessageKind = "text",
    text: str = "",
    external_id: str | None = None,
    visibility: Visibility = "public",
    files: list[Any] | None = None,
    event: Any = None,
    mentions: list[str] | None = None,
    details: Particulars | None = None,
) -> MessageOut:
    """Write the message that ``advance`` made room for, and tell the desks and, if it is public, the contact."""
    # Where it has to go out first, nobody is told that it is sent before it is.
    is_ours = author.kind != "contact" and not (details and details.elsewhere)
    goes = visibility == "public" and kind != "event" and is_ours and goes_out(conversation.channel_kind)
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
        state="queued" if goes else "sent",
        mentions=mentions or [],
        details=details,
    )
    row = {
        name: getattr(message, name)
        for name in ("id", "conversation_id", "seq", "kind", "visibility", "text", "files", "mentions")
    }
    row |= {
        "author_kind": author.kind,
        "author_id": author.id,
        "author_name": author.name,
        "event": event,
        "details": kept(details) if details else None,
        "at": tx.now,
    }
    row |= {"workspace_id": tx.workspace_id, "channel_id": conversation.channel_id, "external_id": external_id}
    tx.say(_INSERT, **row, state=message.state)
    tx.show(Update.of("message", message.id, message, desks(conversation)))
    if visibility == "public":
        tx.show(Update.of("visitor_message", message.id, visitor_message(message), {visitor(conversation)}))
    return message


def show_progress(tx: Tx, conversation: Any) -> None:
    """Tell the desks that follow the conversation that it moved on."""
    tx.show(Update.of("conversation", conversation.id, conversation_out(conversation), desks(conversation)))


def note_event(tx: Tx, conversation_id: str, name: str, *, public: bool = False, **details: Any) -> None:
    """Put a line about what happened into the conversation: queued, assigned, transferred, closed …"""
    moved = advance(tx, conversation_id, by="event")
    visibility: Visibility = "public" if public else "internal"
    event = {"name": name, **details}
    insert_message(tx, moved, author=SYSTEM, kind="event", visibility=visibility, event=event)
