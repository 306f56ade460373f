"""Routing minds the hours: who comes outside of them is not handed to agents, is told so, and waits until it opens, or not.

Who has been with an agent already is served to the end, whatever the hours.
"""

from datetime import timedelta

from sqlalchemy import select

from helpline.calendars.arithmetic import next_opening
from helpline.calendars.events import CalendarDaysSet, CalendarSet, HoursSwitched, HoursSwitchedBack
from helpline.channels import Category
from helpline.channels.queries import all_of
from helpline.conversations import CloseReason, Conversation, State, serving
from helpline.conversations.events import ConversationOfferEnded, ConversationQueued, MessageReceived
from helpline.conversations.prompting import say
from helpline.core import Tx
from helpline.session_settings.events import SessionSettingsChanged
from helpline.session_settings.opening import Hours, changed, hours_at, prompt_of

from . import jobs
from .queries import anybody_online

FOR_EVER = timedelta(days=365)


def takes(tx: Tx, conversation: Conversation) -> bool:
    """Whether a waiting conversation may be handed to an agent now."""
    return conversation.assigned_at is not None or hours_at(tx, conversation.category_id).now.takes


def mind_hours(tx: Tx, fact: ConversationQueued | ConversationOfferEnded) -> None:
    """Who was handed to nobody because it is not open waits for the opening; where that is not allowed, it ends here."""
    conversation = tx.get(Conversation, fact.conversation_id)
    if conversation.state != State.WAITING or conversation.assigned_at is not None:
        return
    hours = hours_at(tx, conversation.category_id)
    is_new = isinstance(fact, ConversationQueued) and fact.why == "new"
    if hours.now.takes:
        if is_new and not anybody_online(tx, conversation.team_id):
            say(tx, conversation, "no_agents")
        return
    if is_new:
        _tell_closed(tx, conversation, hours)
    if hours.may_queue:
        await_opening(tx, conversation.category_id, hours)
    else:
        serving.close(tx, conversation.id, CloseReason.OUT_OF_HOURS)


def answer_outside_hours(tx: Tx, fact: MessageReceived) -> None:
    """Who writes while it is closed and nobody serves them is told so; once in each stretch, however much they write."""
    if fact.waits:
        conversation = tx.get(Conversation, fact.conversation_id)
        hours = hours_at(tx, conversation.category_id)
        if conversation.state == State.WAITING and not hours.now.takes:
            _tell_closed(tx, conversation, hours)


def _tell_closed(tx: Tx, conversation: Conversation, hours: Hours) -> None:
    """Say why nobody comes: closed, a holiday or a break."""
    told_until, prompt = conversation.closed_told_until, prompt_of(hours.now)
    if prompt is None or (told_until is not None and told_until > tx.now):
        return
    opens = next_opening(hours.plan, tx.now)
    conversation.closed_told_until = opens or tx.now + FOR_EVER
    opening = {"OpensAt": f"{opens.astimezone(hours.plan.zone):%Y-%m-%d %H:%M}"} if opens else {}
    say(tx, conversation, prompt, **opening)


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
