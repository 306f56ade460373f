"""Routing minds the hours: who comes outside of them is not handed to agents, is told so, and waits until it opens, or not.

Who has been with an agent already is served to the end, whatever the hours.
"""

from datetime import datetime

from sqlalchemy import select

from helpline.calendars.arithmetic import next_opening
from helpline.calendars.events import CalendarDaysSet, CalendarSet, HoursSwitched, HoursSwitchedBack
from helpline.channels import Category
from helpline.channels.queries import all_of
from helpline.conversations import CloseReason, Conversation, State, serving
from helpline.conversations.events import ConversationOfferEnded, ConversationQueued
from helpline.conversations.prompting import say
from helpline.core import Tx
from helpline.session_settings.events import SessionSettingsChanged
from helpline.session_settings.opening import Hours, changed, hours_at, prompt_of

from . import jobs
from .queries import anybody_online


def takes(tx: Tx, conversation: Conversation) -> bool:
    """Whether a waiting conversation may be handed to an agent now."""
    return conversation.assigned_at is not None or hours_at(tx, conversation.category_id).now.takes


def mind_hours(tx: Tx, fact: ConversationQueued | ConversationOfferEnded) -> None:
    """Who was handed to nobody because it is not open waits for the opening; where that is not allowed, it ends here."""
    conversation = tx.get(Conversation, fact.conversation_id)
    if conversation.state != State.WAITING or conversation.assigned_at is not None:
        return
    hours = hours_at(tx, conversation.category_id)
    opens = None if hours.now.takes else next_opening(hours.plan, tx.now)
    if isinstance(fact, ConversationQueued) and fact.why == "new":
        _tell(tx, conversation, hours, opens)
    if hours.now.takes:
        return
    if not hours.may_queue:
        serving.close(tx, conversation.id, CloseReason.OUT_OF_HOURS)
    elif opens is not None:
        tx.enqueue(
            jobs.serve_queue_at_opening, key=conversation.category_id, at=opens, category_id=conversation.category_id
        )


def _tell(tx: Tx, conversation: Conversation, hours: Hours, opens: datetime | None) -> None:
    """Say why nobody comes: closed, a holiday, a break, or nobody online although it is open."""
    if prompt := prompt_of(hours.now):
        opening = {"OpensAt": f"{opens.astimezone(hours.plan.zone):%Y-%m-%d %H:%M}"} if opens else {}
        say(tx, conversation, prompt, **opening)
    elif not anybody_online(tx, conversation.team_id):
        say(tx, conversation, "no_agents")


def await_opening(tx: Tx, category_id: str, hours: Hours) -> None:
    """Have the queue served when it opens, after a closing or a break."""
    opens = next_opening(hours.plan, tx.now)
    if opens is not None:
        tx.enqueue(jobs.serve_queue_at_opening, key=category_id, at=opens, category_id=category_id)


def reconsider(tx: Tx, fact: CalendarSet | CalendarDaysSet | HoursSwitched | HoursSwitchedBack) -> None:
    """Hours were changed: look at those who wait anew, in units of their own that hold their teams first."""
    changed(tx)
    for category_id in _waited_in(tx):
        tx.enqueue(jobs.serve_queue_at_opening, key=category_id, category_id=category_id)


def reconsider_after_settings(tx: Tx, fact: SessionSettingsChanged) -> None:
    """Another calendar may hold from now on."""
    if any(name.startswith("hours.") for name in fact.fields):
        changed(tx)
        for category_id in _waited_in(tx):
            tx.enqueue(jobs.serve_queue_at_opening, key=category_id, category_id=category_id)


def _waited_in(tx: Tx) -> list[str]:
    row = Conversation
    waiting = select(row.category_id).where(row.workspace_id == tx.workspace_id, row.state == State.WAITING)
    there = set(tx.db.scalars(waiting.distinct()))
    return [category.id for category in all_of(tx, Category) if category.id in there]
