"""The stays of what happened earlier: from facts of the past, under their own times."""

from datetime import datetime

from helpline.conversations.events import (
    ConversationAssigned,
    ConversationClosed,
    ConversationLeftQueue,
    ConversationQueued,
)
from helpline.conversations.queue_events import ConversationMessageLeft
from helpline.core import Fact, Tx
from helpline.core.tx import Reaction

from .reactions import begin_visit, end_visit_answered, end_visit_closed, end_visit_moved, end_visit_with_message

STAYS: dict[type[Fact], Reaction] = {
    ConversationQueued: begin_visit,
    ConversationAssigned: end_visit_answered,
    ConversationLeftQueue: end_visit_moved,
    ConversationMessageLeft: end_visit_with_message,
    ConversationClosed: end_visit_closed,
}
"""The facts that stays are made from, and how."""


def keep_stay(tx: Tx, fact: Fact, at: datetime) -> None:
    """What a fact of the past means for stays, under its own time; of most facts, nothing."""
    keep = STAYS.get(type(fact))
    if keep is not None:
        now, tx.now = tx.now, at
        keep(tx, fact)
        tx.now = now
