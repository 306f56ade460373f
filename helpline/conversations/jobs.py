"""Timers of conversations."""

from datetime import timedelta

from helpline.core import Tx
from helpline.people import Availability, Presence
from helpline.people.presence import break_after_miss
from helpline.session_settings import in_force

from . import card, clocks, deciding, offering, queries, scheduled, serving
from .clock_events import (
    AgentReminded,
    ContactReminded,
    ConversationEscalated,
    ServiceLimitNear,
    ServiceLimitReached,
)
from .events import ConversationWoken
from .messages import note_event
from .models import CloseReason, Conversation, State
from .prompting import say
from .scheduled_models import ScheduledMessage
from .waiting import waiting_in

AWAY = {Availability.BREAK, Availability.OFFLINE}
LOOK_AGAIN = timedelta(seconds=30)
"""A service that goes on beyond its limit is looked at again after so long, whether somebody waits by now."""


def wake(tx: Tx, conversation_id: str) -> None:
    """The time of a conversation that was put aside is up, unless the contact wrote first."""
    (conversation,) = tx.lock(Conversation, conversation_id)
    if conversation.snoozed_until is None or conversation.snoozed_until > tx.now or conversation.agent_id is None:
        return
    conversation.snoozed_at = conversation.snoozed_until = None
    conversation.woken_at = tx.now
    conversation.version += 1
    tx.emit(ConversationWoken(conversation_id=conversation_id, agent_id=conversation.agent_id, why="time"))


def send_scheduled(tx: Tx, scheduled_id: str) -> None:
    """The time of a message has come, unless it was taken back."""
    (conversation,) = tx.lock(Conversation, tx.get(ScheduledMessage, scheduled_id).conversation_id)
    scheduled.go(tx, conversation, scheduled_id)


def remind_contact(tx: Tx, conversation_id: str) -> None:
    """The contact has not answered the agent for a while: ask whether they are still there."""
    if found := clocks.rung(
        tx, remind_contact, conversation_id, clocks.contact_silent, lambda set: set.contact_reminder
    ):
        conversation, _ = found
        if say(tx, conversation, "idle_reminder"):
            tx.emit(ContactReminded(conversation_id=conversation_id))


def close_on_contact(tx: Tx, conversation_id: str) -> None:
    """The contact has not answered the agent for too long: the conversation ends."""
    if clocks.rung(tx, close_on_contact, conversation_id, clocks.contact_silent, lambda set: set.contact_timeout):
        serving.close(tx, conversation_id, CloseReason.CONTACT_TIMEOUT)


def remind_agent(tx: Tx, conversation_id: str) -> None:
    """The contact has been waiting for the agent for a while: tell the agent."""
    if found := clocks.rung(tx, remind_agent, conversation_id, clocks.agent_silent, lambda set: set.agent_reminder):
        conversation, _ = found
        conversation.agent_reminded_at = tx.now
        tx.emit(AgentReminded(**clocks.late(tx, conversation, "agent_reminded")))


def tell_supervisors(tx: Tx, conversation_id: str) -> None:
    """The contact has been waiting for the agent for long: tell the supervisors."""
    if found := clocks.rung(
        tx, tell_supervisors, conversation_id, clocks.agent_silent, lambda set: set.agent_escalation
    ):
        conversation, _ = found
        conversation.escalated_at = tx.now
        tx.emit(ConversationEscalated(**clocks.late(tx, conversation, "escalated")))


def take_from_agent(tx: Tx, conversation_id: str) -> None:
    """The contact has been waiting for the agent for too long: somebody else shall have it."""
    if clocks.rung(tx, take_from_agent, conversation_id, clocks.agent_silent, lambda set: set.agent_return):
        serving.give_back(tx, conversation_id, "agent_silent")


def warn_of_limit(tx: Tx, conversation_id: str) -> None:
    """A service comes near its limit: tell the agent."""
    if found := clocks.rung(
        tx,
        warn_of_limit,
        conversation_id,
        clocks.served,
        lambda set: set.service_limit and set.service_limit - set.service_warning,
    ):
        conversation, closure = found
        ends_at = (clocks.served(conversation) or tx.now) + timedelta(seconds=closure.service_limit)
        note_event(tx, conversation_id, "limit_near", ends_at=ends_at.isoformat(), end=closure.service_end)
        tx.emit(ServiceLimitNear(conversation_id=conversation_id, agent_id=str(conversation.agent_id)))


def end_service(tx: Tx, conversation_id: str) -> None:
    """A service has reached its limit: the agent is told, or it ends. It may go on for as long as nobody waits."""
    found = clocks.rung(tx, end_service, conversation_id, clocks.served, lambda set: set.service_limit)
    if found is None:
        return
    conversation, closure = found
    if closure.continue_while_nobody_waits and not waiting_in(tx, conversation.team_id):
        tx.enqueue(end_service, key=conversation_id, at=tx.now + LOOK_AGAIN, conversation_id=conversation_id)
        return
    ends = closure.service_end == "close"
    note_event(tx, conversation_id, "limit_reached", end=closure.service_end)
    tx.emit(ServiceLimitReached(conversation_id=conversation_id, agent_id=str(conversation.agent_id), ends=ends))
    if ends:
        serving.close(tx, conversation_id, CloseReason.SERVICE_LIMIT)


def pass_offer_on(tx: Tx, conversation_id: str) -> None:
    """The time of an offer is up: the next agent gets it, and who let it go by may be put on break."""
    (conversation,) = serving.hold(tx, conversation_id)
    until, agent_id = conversation.offered_until, conversation.agent_id
    if conversation.state != State.OFFERED or agent_id is None or until is None or until > tx.now:
        return
    is_there = tx.get(Presence, agent_id).connected
    offering.end(tx, conversation, "missed" if is_there else "lost")
    if is_there and in_force(tx, conversation.category_id).service_mode.break_after_miss:
        break_after_miss(tx, agent_id)


def decide_without(tx: Tx, conversation_id: str) -> None:
    """The time in which somebody could say who shall serve it is up."""
    conversation = tx.get(Conversation, conversation_id)
    deciding.decide(
        tx, conversation_id, "fallback", why="timeout" if conversation.decider == "server" else "not_chosen"
    )


def hear_choice(tx: Tx, conversation_id: str, text: str) -> None:
    """What the contact wrote may be the number or the name of a team on their card."""
    conversation = tx.get(Conversation, conversation_id)
    team_id = card.meant(tx, conversation, text) if conversation.state == State.BOT else None
    if team_id is not None:
        deciding.decide(tx, conversation_id, "contact", team_id=team_id)


def withdraw_offers(tx: Tx, agent_id: str) -> None:
    """An agent went away while offers rang: the next ones are asked, unless the agent is back."""
    held = serving.hold(tx, *queries.offered_to(tx, agent_id), agents=[agent_id])
    if tx.lock(Presence, agent_id)[0].state in AWAY:
        for conversation in held:
            offering.end(tx, conversation, "declined")
