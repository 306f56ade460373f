"""What follows for the stays in queues: one begins with waiting, and ends with an answer or without."""

from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from helpline.conversations import CloseReason
from helpline.conversations.events import (
    ConversationAssigned,
    ConversationClosed,
    ConversationLeftQueue,
    ConversationQueued,
)
from helpline.conversations.queue_events import ConversationMessageLeft
from helpline.core import Prepared, Tx, new_id
from helpline.people.queries import workspace

from .models import SHORT, Outcome, Visit


def begin_visit(tx: Tx, fact: ConversationQueued) -> None:
    """A conversation began to wait for a team."""
    row: dict[str, Any] = {"workspace_id": tx.workspace_id, "id": new_id(), "conversation_id": fact.conversation_id}
    row |= {"team_id": fact.team_id, "kind": fact.why, "entered_at": tx.now, "target": workspace(tx).wait_target}
    tx.say(_BEGIN, **row, left_at=None, outcome=None, agent_id=None, in_target=False, is_short=False)


def end_visit_answered(tx: Tx, fact: ConversationAssigned) -> None:
    """An agent has it. Put there by hand it had left the queue before, so there is no stay to end."""
    _end(tx, fact.conversation_id, Outcome.ANSWERED, agent_id=fact.agent_id)


def end_visit_closed(tx: Tx, fact: ConversationClosed) -> None:
    """It ended while it waited: the contact gave up, or staff closed it."""
    abandoned = fact.reason == CloseReason.ABANDONED
    _end(tx, fact.conversation_id, Outcome.ABANDONED if abandoned else Outcome.WITHDRAWN)


def end_visit_moved(tx: Tx, fact: ConversationLeftQueue) -> None:
    """Somebody handed it on while it waited."""
    _end(tx, fact.conversation_id, Outcome.MOVED)


def end_visit_with_message(tx: Tx, fact: ConversationMessageLeft) -> None:
    """The contact no longer waits in person."""
    _end(tx, fact.conversation_id, Outcome.MESSAGE)


def _end(tx: Tx, conversation_id: str, outcome: Outcome, agent_id: str | None = None) -> None:
    visit = tx.say(_OPEN, workspace=tx.workspace_id, conversation=conversation_id)
    if visit is None:
        return
    left = max(tx.now, visit.entered_at)  # another node's clock may be ahead
    waited = left - visit.entered_at
    answered, given_up = outcome is Outcome.ANSWERED, outcome is Outcome.ABANDONED
    in_target = answered and waited <= timedelta(seconds=visit.target)
    is_short = given_up and waited <= timedelta(seconds=SHORT)
    ended = {"left": left, "came_of_it": outcome, "agent": agent_id, "in_time": in_target, "short": is_short}
    tx.say(_END, workspace=tx.workspace_id, visit=visit.id, **ended)


_TABLE: Any = Visit.__table__
_BEGIN = Prepared(insert(_TABLE))
_HERE = (_TABLE.c.workspace_id == bindparam("workspace"), _TABLE.c.conversation_id == bindparam("conversation"))
_OPEN = Prepared(select(_TABLE).where(*_HERE, _TABLE.c.left_at.is_(None)))
_END = Prepared(
    update(_TABLE)
    .where(_TABLE.c.workspace_id == bindparam("workspace"), _TABLE.c.id == bindparam("visit"))
    .values(
        left_at=bindparam("left"),
        outcome=bindparam("came_of_it"),
        agent_id=bindparam("agent"),
        in_target=bindparam("in_time"),
        is_short=bindparam("short"),
    )
)
