"""What changes in a message after it was written: by its sender, by the contact's signs, and by how far it has come."""

from datetime import datetime
from typing import Any

import msgspec

from helpline.core import Tx
from helpline.files.shapes import FileOut

from .amending_events import MessageAmended
from .models import Conversation, Message
from .particulars import Failure, Missed, Particulars, Reaction, Version, kept, read
from .shapes import message_update

TEXT = "text"


def edit(tx: Tx, message_id: str, text: str, at: datetime) -> None:
    """The sender changed what they wrote, then. What stood there is kept."""
    message, particulars = _held_with_conversation(tx, message_id)
    if particulars.deleted_at is not None or _is_over(particulars, TEXT, at):
        return
    particulars = _changed(particulars, TEXT, at)
    if message.text == text:
        message.details = kept(particulars)
        return
    _keep_version(tx, message, particulars, text)
    _amended(tx, message, "edited")


def take_back(tx: Tx, message_id: str) -> None:
    """The sender took back what they wrote. What stood there is kept."""
    message, particulars = _held_with_conversation(tx, message_id)
    if particulars.deleted_at is not None:
        return
    _keep_version(tx, message, msgspec.structs.replace(particulars, deleted_at=tx.now), "")
    _amended(tx, message, "deleted")


def react(tx: Tx, message_id: str, by: str, name: str, emoji: str, at: datetime) -> None:
    """Somebody put a sign to a message, then; each has one at most, and an empty one takes it away."""
    message, particulars = _held(tx, message_id)
    if _is_over(particulars, by, at):
        return
    particulars = _changed(particulars, by, at)
    others = [one for one in particulars.reactions if one.by != by]
    reactions = [*others, Reaction(emoji=emoji, by=by, name=name)] if emoji else others
    was = particulars.reactions
    message.details = kept(msgspec.structs.replace(particulars, reactions=reactions))
    if reactions != was:
        _amended(tx, message, "reacted")


def put_particulars(tx: Tx, message_id: str, particulars: Particulars) -> None:
    """What else a message holds became known."""
    message, _ = _held(tx, message_id)
    message.details = kept(particulars)
    tx.touch(message_update, message_id)


def put_file(tx: Tx, message_id: str, file: FileOut) -> None:
    """A file of a message is here now, or will never be."""
    message, _ = _held(tx, message_id)
    drawn = msgspec.to_builtins(file)
    message.files = [drawn if one["id"] == file.id else one for one in message.files]
    _amended(tx, message, "file")


def note_state(tx: Tx, message_id: str, state: Any, failure: Failure | None) -> None:
    """How far a message to the contact has come, and why it does not go on."""
    message, particulars = _held(tx, message_id)
    why = failure if state in {"failed", "unknown", "queued"} else None
    missed = [] if state == "queued" else particulars.missed  # which goes, or goes again, to all
    message.state = state
    message.details = kept(msgspec.structs.replace(particulars, failure=why, missed=missed))
    tx.touch(message_update, message_id)


def note_missed(tx: Tx, message_id: str, why: Missed) -> None:
    """Somebody does not get their copy."""
    message, particulars = _held(tx, message_id)
    others = [one for one in particulars.missed if one.address != why.address]
    message.details = kept(msgspec.structs.replace(particulars, missed=[*others, why]))
    tx.touch(message_update, message_id)


def _held(tx: Tx, message_id: str) -> tuple[Message, Particulars]:
    (message,) = tx.lock(Message, message_id)
    return message, read(message.details) or Particulars()


def _held_with_conversation(tx: Tx, message_id: str) -> tuple[Message, Particulars]:
    tx.lock(Conversation, tx.get(Message, message_id).conversation_id)
    return _held(tx, message_id)


def _is_over(particulars: Particulars, part: str, at: datetime) -> bool:
    """Whether something newer is known of a part of it."""
    known = particulars.changed_at.get(part)
    return known is not None and at < known


def _changed(particulars: Particulars, part: str, at: datetime) -> Particulars:
    return msgspec.structs.replace(particulars, changed_at={**particulars.changed_at, part: at})


def _keep_version(tx: Tx, message: Message, particulars: Particulars, text: str) -> None:
    before = [*particulars.versions, Version(text=message.text, until=tx.now)]
    message.details = kept(msgspec.structs.replace(particulars, versions=before))
    conversation = tx.get(Conversation, message.conversation_id)
    if conversation.last_text == message.text[:200]:
        conversation.last_text, conversation.version = text[:200], conversation.version + 1
    message.text = text


def _amended(tx: Tx, message: Message, how: str) -> None:
    tx.emit(MessageAmended(conversation_id=message.conversation_id, message_id=message.id, seq=message.seq, how=how))
