"""Conversations that are not over: they go on here as they stood elsewhere."""

from datetime import datetime

from msgspec import UNSET
from sqlalchemy import select

from helpline.conversations import Conversation, jobs, serving
from helpline.core import Tx

from .errors import AnotherIsOpen
from .lines import ConversationLine
from .story import Entry


def refuse_second(tx: Tx, row: Conversation) -> None:
    """A contact point has at most one open conversation in a thread."""
    mine = (Conversation.workspace_id == tx.workspace_id, Conversation.contact_point_id == row.contact_point_id)
    still = select(Conversation.id).where(*mine, Conversation.thread == row.thread, Conversation.closed_at.is_(None))
    if tx.db.scalar(still.limit(1)) is not None:
        raise AnotherIsOpen(field="address")


def unanswered(line: ConversationLine, heard: list[Entry]) -> tuple[int, datetime | None]:
    """How many messages the agent has not read, and since when the contact waits for an answer."""
    answers = [place for place, entry in enumerate(heard, 1) if entry.is_answer]
    since = heard[answers[-1] if answers else 0 :]
    unread = len(since) if line.unread is UNSET else line.unread
    waiting = (since[0].at if since else None) if line.waiting_since is UNSET else line.waiting_since
    return unread, waiting


def resume(tx: Tx, row: Conversation, line: ConversationLine) -> None:
    """It counts as load of its agent, or waits for one; what was put aside stays so. All teams are held."""
    row.snoozed_at, row.snoozed_until, row.woken_at = line.snoozed_at, line.snoozed_until, line.woken_at
    tx.db.flush()
    if row.snoozed_until:
        tx.enqueue(jobs.wake, key=row.id, at=row.snoozed_until, conversation_id=row.id)
    serving.take_over(tx, row)
