"""The rows of what was said."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import insert

from helpline.conversations import Message
from helpline.conversations.models import Mention
from helpline.core import Tx, new_id

from .story import Entry

ROWS_AT_ONCE = 1000


def write_messages(tx: Tx, conversation: Any, entries: list[Entry], first: int = 1) -> None:
    """The rows of entries, at their places."""
    rows = [
        {
            "workspace_id": tx.workspace_id,
            "id": entry.id,
            "conversation_id": conversation.id,
            "channel_id": conversation.channel_id,
            "seq": seq,
            "external_id": entry.external_id,
            "kind": entry.kind,
            "author_kind": entry.author.kind,
            "author_id": entry.author.id,
            "author_name": entry.author.name,
            "visibility": entry.visibility,
            "text": entry.text,
            "files": entry.files,
            "event": entry.event,
            "at": entry.at,
            "state": entry.state,
            "details": entry.details,
            "mentions": [agent_id for agent_id, _ in entry.mentions],
        }
        for seq, entry in enumerate(entries, first)
    ]
    for place in range(0, len(rows), ROWS_AT_ONCE):
        tx.execute(insert(Message), rows[place : place + ROWS_AT_ONCE])
    asked_in = [one for seq, entry in enumerate(entries, first) for one in _mentions(tx, conversation.id, entry, seq)]
    if asked_in:
        tx.execute(insert(Mention), asked_in)
        conversation.mentioned = sorted({*conversation.mentioned, *(one["agent_id"] for one in asked_in)})


def _mentions(tx: Tx, conversation_id: str, entry: Entry, seq: int) -> Iterator[dict[str, Any]]:
    """Who was asked in by a note."""
    note = {"conversation_id": conversation_id, "message_id": entry.id, "seq": seq, "at": entry.at}
    note |= {"workspace_id": tx.workspace_id, "by_id": entry.author.id, "by_name": entry.author.name}
    for agent_id, read_at in entry.asked_in.items():
        yield {**note, "id": new_id(), "agent_id": agent_id, "read_at": read_at}
