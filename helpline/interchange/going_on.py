"""Conversations that are not over: they go on here as they stood elsewhere."""

from datetime import datetime

from msgspec import UNSET
from sqlalchemy import select

from helpline.conversations import Conversation, State, jobs, serving
from helpline.conversations.events import ConversationTakenOver
from helpline.core import Tx
from helpline.core.facts import FactRow
from helpline.people import Agent, Team

from .errors import AnotherIsOpen, GoesOnHere, TeamSwitchedOff
from .lines import ConversationLine
from .story import Entry


def refuse_second(tx: Tx, row: Conversation) -> None:
    """A contact point has at most one open conversation in a thread."""
    mine = (Conversation.workspace_id == tx.workspace_id, Conversation.contact_point_id == row.contact_point_id)
    still = select(Conversation.id).where(*mine, Conversation.thread == row.thread, Conversation.closed_at.is_(None))
    if tx.db.scalar(still.limit(1)) is not None:
        raise AnotherIsOpen(field="address")


def refuse_ours(tx: Tx, row: Conversation, field: str) -> None:
    """What is not over is Helpline's, and what went on here stays so when it is over."""
    here = select(FactRow.seq).where(FactRow.workspace_id == tx.workspace_id, FactRow.subject_id == row.id)
    went_on = here.where(FactRow.topic == ConversationTakenOver.topic()).limit(1)
    if row.state != State.CLOSED or tx.db.scalar(went_on) is not None:
        raise GoesOnHere(field=field)


def unanswered(line: ConversationLine, heard: list[Entry]) -> tuple[int, datetime | None]:
    """How many messages the agent has not read, and since when the contact waits for an answer."""
    answers = [place for place, entry in enumerate(heard, 1) if entry.is_answer]
    since = heard[answers[-1] if answers else 0 :]
    unread = len(since) if line.unread is UNSET else line.unread
    waiting = (since[0].at if since else None) if line.waiting_since is UNSET else line.waiting_since
    return unread, waiting


def resume(tx: Tx, row: Conversation, line: ConversationLine) -> None:
    """It counts as load of its agent, or waits for one; what was put aside stays so. All teams are held.

    An agent who is switched off can never come for it, so it goes back to its queue.
    """
    if not tx.get(Team, row.team_id).active:
        raise TeamSwitchedOff(field="team")
    row.snoozed_at, row.snoozed_until, row.woken_at = line.snoozed_at, line.snoozed_until, line.woken_at
    row.message_left_at = line.message_left_at if row.agent_id is None else None
    tx.db.flush()
    if row.snoozed_until:
        tx.enqueue(jobs.wake, key=row.id, at=row.snoozed_until, conversation_id=row.id)
    serving.take_over(tx, row)
    if row.agent_id and not tx.get(Agent, row.agent_id).active:
        serving.give_back(tx, row.id)
