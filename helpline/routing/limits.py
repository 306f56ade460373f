"""Who may wait, and how long; and what becomes of the others: told so and closed, sent on to another team, or a message is left.

Whoever has been with an agent is never turned away. While it is closed, the calendar says whether one may wait, and no limit holds.
"""

from datetime import datetime, timedelta

from sqlalchemy import select

from helpline.calendars.arithmetic import NeverOpen, add
from helpline.conversations import CloseReason, Conversation, State, serving, turning_away
from helpline.conversations.events import ConversationQueued
from helpline.conversations.placing import waits_in_person
from helpline.conversations.rules import NotGiven
from helpline.conversations.waiting import WAITING
from helpline.core import Tx
from helpline.people import Team
from helpline.session_settings import in_force
from helpline.session_settings.events import SessionSettingsChanged
from helpline.session_settings.opening import hours_at
from helpline.session_settings.queueing import Otherwise, Queueing

from . import jobs
from .queries import anybody_online


def mind_limits(tx: Tx, fact: ConversationQueued) -> None:
    """Who begins to wait finds room or does not, and is not let wait for ever."""
    conversation = tx.get(Conversation, fact.conversation_id)
    queue = in_force(tx, conversation.category_id).queue
    if not waits_at_first(conversation) or conversation.state != State.WAITING:
        return
    if fact.why == "new" and not _has_room(tx, conversation, queue):
        send_away(tx, conversation, queue.when_full, queue.full_team, "no_room")
    elif queue.max_wait:
        set_deadline(tx, conversation, tx.now, due_at(tx, conversation, tx.now, queue.max_wait))


def follow_longest_wait(tx: Tx, fact: SessionSettingsChanged) -> None:
    """Who waits already may wait shorter from now on; a timer that is set for too early looks at the settings itself."""
    if "queue.max_wait" in fact.changes:
        tx.enqueue(jobs.renew_waits, key=fact.category_id or "")


def waits_at_first(conversation: Conversation) -> bool:
    """Whether limits hold: it waits in person, and has not been with an agent yet."""
    return waits_in_person(conversation) and conversation.assigned_at is None


def set_deadline(tx: Tx, conversation: Conversation, since: datetime, due: datetime | None) -> None:
    """Have the wait that began ``since`` end when it is due."""
    if due is not None:
        id = conversation.id
        tx.enqueue(jobs.end_wait, key=id, at=due, conversation_id=id, since=since.isoformat())


def due_at(tx: Tx, conversation: Conversation, since: datetime, seconds: int) -> datetime | None:
    """When somebody has waited so long; only working hours count. Never, where it does not open any more."""
    try:
        return add(hours_at(tx, conversation.category_id, since).plan, since, timedelta(seconds=seconds))
    except NeverOpen:
        return None


def send_away(tx: Tx, conversation: Conversation, then: Otherwise, team_id: str, why: NotGiven) -> None:
    """What is decided for those whom the queue cannot keep. The team to which they would be sent on is held too.

    Nobody is sent on to where they are: in the other team the same limit ends it. Nor is anybody sent away from the team that they
    chose: they leave it a message.
    """
    if then == "overflow" and conversation.decider == "contact":
        then = "message"
    team = tx.find(Team, team_id) if then == "overflow" and team_id != conversation.team_id else None
    if team is not None and team.active:
        turning_away.overflow(tx, conversation, team, why)
    elif then == "message":
        turning_away.leave_message(tx, conversation, why)
    else:
        serving.close(tx, conversation.id, CloseReason.NO_AGENT)


def _has_room(tx: Tx, conversation: Conversation, queue: Queueing) -> bool:
    if queue.may_wait == "always" and not queue.max_length:
        return True
    if not hours_at(tx, conversation.category_id).now.takes:
        return True
    if queue.may_wait == "never" or (queue.may_wait == "online" and not anybody_online(tx, conversation.team_id)):
        return False
    return not queue.max_length or not _is_longer(tx, conversation.team_id, queue.max_length)


def _is_longer(tx: Tx, team_id: str, length: int) -> bool:
    """Whether more wait in person. Messages that were left stand behind all of them, so one look at one place tells."""
    row = Conversation
    waits = select(row.message_left_at).where(row.workspace_id == tx.workspace_id, row.team_id == team_id)
    waits = waits.where(row.state == WAITING).order_by(row.urgency.desc(), row.queued_at, row.id)
    beyond = tx.db.execute(waits.offset(length).limit(1)).first()
    return beyond is not None and beyond.message_left_at is None
