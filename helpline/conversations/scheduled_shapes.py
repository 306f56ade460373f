"""How messages that go out later look on the wire."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, convert

from helpline.core import Out, Tx, Update
from helpline.files.shapes import FileOut
from helpline.people import Agent

from .mail_shapes import MailIn
from .models import Conversation
from .scheduled_models import ScheduledMessage, ScheduledState
from .shapes import MessageIn, desks


class ScheduledIn(MessageIn):
    """A message to the contact that goes out later."""

    send_at: Annotated[datetime, Meta(tz=True)] | None = None
    """Within a year; without it, as soon as it cannot be taken back any more (``undo_mail``, ``undo_chat`` of the workspace)."""


class ScheduledOut(Out):
    id: str
    conversation_id: str
    client_id: str
    agent_id: str
    agent_name: str
    text: str
    files: list[FileOut]
    mail: MailIn | None
    choices: list[str]
    reply_to: str | None
    after_seq: int
    """The newest message when it was written."""
    chosen: bool
    """Whether somebody chose the time; else it only waits so that it can be taken back."""
    due_at: datetime
    created_at: datetime
    state: ScheduledState
    message_id: str | None
    """What it became."""


def scheduled_out(tx: Tx, row: ScheduledMessage) -> ScheduledOut:
    """As agents see it."""
    said = said_in(row)
    return ScheduledOut(
        id=row.id,
        conversation_id=row.conversation_id,
        client_id=row.client_id,
        agent_id=row.agent_id,
        agent_name=tx.get(Agent, row.agent_id).name,
        text=said.text,
        files=convert(row.files, list[FileOut]),
        mail=said.mail,
        choices=said.choices,
        reply_to=said.reply_to,
        after_seq=row.after_seq,
        chosen=row.chosen,
        due_at=row.due_at,
        created_at=row.created_at,
        state=row.state,
        message_id=row.message_id,
    )


def said_in(row: ScheduledMessage) -> MessageIn:
    """What is to be said."""
    return convert(row.said, MessageIn)


def scheduled_update(tx: Tx, id: str, also: frozenset[str]) -> Update:
    """What the desks that follow the conversation are told, and those of its author."""
    row = tx.get(ScheduledMessage, id)
    to = desks(tx.get(Conversation, row.conversation_id))
    return Update.of("scheduled", id, scheduled_out(tx, row), {*to, f"agent:{row.agent_id}", *also})
