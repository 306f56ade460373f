"""Timers of routing."""

from datetime import datetime, timedelta

from helpline.conversations import Conversation, State, serving
from helpline.conversations.events import ConversationQueued
from helpline.core import Tx
from helpline.core.jobs import kind_of
from helpline.people.queries import hold_teams
from helpline.session_settings import in_force
from helpline.session_settings.opening import hours_at

from . import limits, opening, reactions, telling
from .queries import waiting_in_category, waits_and_timers

AT_ONCE = 100
"""So many are handed over in one unit; the rest follow in the next."""
MANY = 500
"""Of so many a timer is set in one unit."""


def serve_queue_at_opening(tx: Tx, category_id: str) -> None:
    """It may be open now: hand over who waits, in the order of the queue, as far as agents have places."""
    hours = hours_at(tx, category_id)
    if not hours.now.takes:
        if waiting_in_category(tx, category_id, 1):
            opening.await_opening(tx, category_id, hours)
        return
    held = hold_teams(tx, *(team for _, team, _ in waiting_in_category(tx, category_id, AT_ONCE)))
    given = 0
    for id, team_id, priority in waiting_in_category(tx, category_id, AT_ONCE):
        if team_id in held:
            fact = ConversationQueued(conversation_id=id, team_id=team_id, priority=priority, why="new")
            reactions.allocate(tx, fact)
            given += tx.get(Conversation, id).state != State.WAITING
    if given >= AT_ONCE:
        tx.enqueue(serve_queue_at_opening, key=category_id, category_id=category_id)


def end_wait(tx: Tx, conversation_id: str, since: str) -> None:
    """The longest wait is over, unless an agent has it, it is closed by now, or one may wait longer by now."""
    queue = in_force(tx, tx.get(Conversation, conversation_id).category_id).queue
    also = [queue.late_team] if queue.when_late == "overflow" else []
    (conversation,) = serving.hold(tx, conversation_id, teams=also)
    if not queue.max_wait or not limits.waits_at_first(conversation):
        return
    began = datetime.fromisoformat(since)
    due = limits.due_at(tx, conversation, began, queue.max_wait)
    if conversation.offered_until is not None:  # somebody is being asked: look again when they have let it go by
        due = max(conversation.offered_until, tx.now) + timedelta(seconds=1)
    if due is None or due > tx.now:
        limits.set_deadline(tx, conversation, began, due)
    else:
        limits.send_away(tx, conversation, queue.when_late, queue.late_team, "late")


def renew_waits(tx: Tx, after: str = "") -> None:
    """The longest wait is another by now: set the timers of those who wait, some at a time."""
    found = waits_and_timers(tx, kind_of(end_wait), after, MANY)
    for conversation, timer in found:
        longest = in_force(tx, conversation.category_id).queue.max_wait
        if longest and limits.waits_at_first(conversation):
            since = datetime.fromisoformat(timer["since"]) if timer else conversation.queued_at or tx.now
            limits.set_deadline(tx, conversation, since, limits.due_at(tx, conversation, since, longest))
    if len(found) == MANY:
        last = found[-1][0].id
        tx.enqueue(renew_waits, key=last, after=last)


def tell_queue(tx: Tx, team_id: str) -> None:
    """A queue has moved: tell who stands in it where they are now."""
    telling.tell(tx, team_id)
