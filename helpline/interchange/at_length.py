"""Long conversations, written part by part, so that no unit holds the database for long."""

from dataclasses import dataclass

from sqlalchemy import func, select

from helpline.board.past import keep_stay
from helpline.conversations import Conversation, Message
from helpline.core import Tx

from . import known
from .lines import ConversationLine
from .messages import write_messages
from .story import Entry, Told

PART = 1000
"""Entries that one unit writes: a tenth of a second of work."""


@dataclass(frozen=True)
class Rest:
    """A conversation of which a part is written. Broken off, the same line goes on where it stood."""

    conversation_id: str
    line: ConversationLine
    entries: list[Entry]
    told: list[list[Told]]
    """What each entry stands for."""


def write_next(tx: Tx, rest: Rest) -> bool:
    """The next part; whether that was the last."""
    (row,) = tx.lock(Conversation, rest.conversation_id)
    before = _written(tx, row.id, len(rest.entries))
    write_part(tx, row, rest.entries[before : before + PART], rest.told[before : before + PART], before + 1)
    if before + PART < len(rest.entries):
        return False
    known.note_change(tx, "conversation", rest.line.id, rest.line)
    return True


def write_part(tx: Tx, row: Conversation, entries: list[Entry], told: list[list[Told]], first: int) -> None:
    """Some entries with their facts, and what is kept of these in rows: the stays in queues."""
    write_messages(tx, row, entries, first)
    for facts in told:
        for fact, at in facts:
            tx.recall(fact, at)
            keep_stay(tx, fact, at)


def _written(tx: Tx, conversation_id: str, most: int) -> int:
    # What was said here since stands behind all that is still to come.
    mine = (Message.workspace_id == tx.workspace_id, Message.conversation_id == conversation_id, Message.seq <= most)
    return tx.db.scalar(select(func.max(Message.seq)).where(*mine)) or 0
