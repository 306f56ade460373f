"""Tells those who wait how far they have come: one job for each queue, which writes to a few at a time.

A queue that moves wakes its job, once a second at most, however much it moves. Who was not told yet comes first; then those whose
place is another by now and whose last text is old enough, the first of the queue first. So far behind one hears seldom,
and no leaving costs a text for everybody behind it.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from sqlalchemy import func, or_, select

from helpline.conversations import Conversation
from helpline.conversations.events import (
    ConversationAssigned,
    ConversationLeftQueue,
    ConversationNeedsChanged,
    ConversationOffered,
    ConversationOfferEnded,
    ConversationQueued,
    ConversationTakenOver,
)
from helpline.conversations.prompting import say
from helpline.conversations.queue_events import ConversationMessageLeft
from helpline.conversations.speaking import languages
from helpline.conversations.waiting import WAITING
from helpline.core import Tx
from helpline.core.jobs import due_by, kind_of
from helpline.people.queries import hold_teams, teams
from helpline.session_settings import in_force
from helpline.session_settings.events import SessionSettingsChanged
from helpline.session_settings.opening import hours_at
from helpline.session_settings.queries import says_somewhere

from . import jobs
from .estimating import said_wait, seconds_a_place

AT_ONCE = 50
"""So many are told in one unit; the rest follow a pause later."""
PAUSE = timedelta(seconds=1)

Moving = (
    ConversationQueued
    | ConversationAssigned
    | ConversationLeftQueue
    | ConversationMessageLeft
    | ConversationNeedsChanged
    | ConversationOffered
    | ConversationOfferEnded
    | ConversationTakenOver
)


class Standing(NamedTuple):
    """Somebody whose place is not the one that they were told."""

    id: str
    category_id: str
    told_at: datetime | None
    place: int


def follow_queue(tx: Tx, fact: Moving) -> None:
    """A queue moved: who stands in it may have to be told."""
    if says_somewhere(tx, "queue"):
        _wake(tx, fact.team_id, tx.now + PAUSE)


def follow_settings(tx: Tx, fact: SessionSettingsChanged) -> None:
    """Other places may be taken by now, or another text holds."""
    if says_somewhere(tx, "queue") and any(name.startswith(("queue.", "prompts.queue")) for name in fact.fields):
        for team in teams(tx):
            _wake(tx, team.id, tx.now + PAUSE)


def tell(tx: Tx, team_id: str) -> None:
    """Tell those who are due, and have the job come again for the others. No place changes meanwhile: the team is held."""
    hold_teams(tx, team_id)
    due_at = partial(_due_at, tx, {})
    chosen: list[Standing] = []
    again: datetime | None = None
    for one in _standing(tx, team_id):
        due = due_at(one)
        if due is None:
            continue
        if due <= tx.now and len(chosen) < AT_ONCE:
            chosen.append(one)
        else:
            again = min(again or due, due)
    _tell(tx, team_id, chosen)
    if again is not None:
        _wake(tx, team_id, max(again, tx.now + PAUSE))


def _tell(tx: Tx, team_id: str, chosen: list[Standing]) -> None:
    a_place = seconds_a_place(tx, team_id) if chosen else None
    held = {row.id: row for row in tx.lock(Conversation, *(one.id for one in chosen))}
    for one in chosen:
        conversation = held[one.id]
        wait = said_wait(one.place, a_place, languages(tx, conversation))
        conversation.place_told, conversation.place_told_at = one.place, tx.now
        say(tx, conversation, "queue", QueuePosition=one.place, WaitNo=one.place - 1, EstimatedWait=wait)


def _wake(tx: Tx, team_id: str, at: datetime) -> None:
    """By then, unless it is awake earlier."""
    if tx.execute(due_by(tx.workspace_id, kind_of(jobs.tell_queue), team_id, at)).first() is None:
        tx.enqueue(jobs.tell_queue, key=team_id, at=at, team_id=team_id)


def _due_at(tx: Tx, every: dict[str, timedelta | None], one: Standing) -> datetime | None:
    """When somebody may be told the next time; never, where it is switched off or closed."""
    if one.category_id not in every:
        settings = in_force(tx, one.category_id)
        tells = settings.prompts.queue.on and hours_at(tx, one.category_id).now.takes
        every[one.category_id] = timedelta(seconds=settings.queue.tell_every) if tells else None
    pause = every[one.category_id]
    if pause is None or (one.told_at is not None and not pause):
        return None
    return tx.now if one.told_at is None else one.told_at + pause


def _standing(tx: Tx, team_id: str) -> Iterator[Standing]:
    row = Conversation
    order = (row.urgency.desc(), row.queued_at, row.id)
    place = func.row_number().over(order_by=order).label("place")
    queue = select(row.id, row.category_id, row.place_told, row.place_told_at, place)
    queue = queue.where(row.workspace_id == tx.workspace_id, row.team_id == team_id, row.state == WAITING)
    now = queue.where(row.message_left_at.is_(None)).subquery()
    others = select(now.c.id, now.c.category_id, now.c.place_told_at, now.c.place)
    others = others.where(or_(now.c.place_told.is_(None), now.c.place_told != now.c.place))
    for found in tx.db.execute(others.order_by(now.c.place_told_at.is_not(None), now.c.place)):
        yield Standing(*found)
