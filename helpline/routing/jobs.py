"""Timers of routing."""

from helpline.conversations import Conversation, State
from helpline.conversations.events import ConversationQueued
from helpline.core import Tx
from helpline.people.queries import hold_teams
from helpline.session_settings.opening import hours_at

from . import opening, reactions
from .queries import waiting_in_category

AT_ONCE = 100
"""So many are handed over in one unit; the rest follow in the next."""


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
