"""What follows among conversations."""

from helpline.contacts.events import ContactPointChanged
from helpline.core import Conflict, Tx
from helpline.core.errors import LostRace
from helpline.people import Agent, Presence, Team
from helpline.people.events import AgentAbandoned, AvailabilityChanged, TeamChanged
from helpline.people.presence import note_returned
from helpline.people.shapes import agent_load_update
from helpline.session_settings import in_force
from helpline.session_settings.opening import hours_at

from . import clocks, jobs, offering, queries, rating, serving, snoozing
from .amending_events import MessageAmended
from .deciding_events import ConversationDecided
from .events import (
    AgentMentioned,
    ConversationAssigned,
    ConversationClosed,
    ConversationFact,
    ConversationOffered,
    ConversationOfferEnded,
    ConversationOpened,
    ConversationReleased,
    ConversationReturned,
    ConversationTakenOver,
    ConversationTransferred,
    MentionsRead,
    MessageReceived,
    MessageSent,
    MessagesRead,
)
from .mentioning import mention_update
from .models import Conversation, State
from .placing import IN_QUEUE
from .prompting import say
from .queue_events import ConversationOverflowed
from .scheduled_events import ScheduledFact
from .scheduled_shapes import scheduled_update
from .shapes import conversation_update, message_update
from .starting_events import ConversationStarted
from .visitor_shapes import visitor_state_update


class TeamHasConversations(Conflict):
    """This team still has open conversations; close them, or transfer them to another team first."""


def refuse_team_with_conversations(tx: Tx, fact: TeamChanged) -> None:
    """A team is not switched off while somebody waits for it or is served by it; its row is held since it was changed."""
    if "active" in fact.fields and not tx.get(Team, fact.team_id).active and queries.has_open(tx, fact.team_id):
        raise TeamHasConversations(field="active")


def show_conversation(tx: Tx, fact: ConversationFact) -> None:
    """The desks that may see it get the conversation as it is now."""
    tx.touch(conversation_update, fact.conversation_id)


def show_read(tx: Tx, fact: MessagesRead) -> None:
    """The desks that follow the conversation see that the contact has read them."""
    for id in fact.message_ids:
        tx.touch(message_update, id)


def show_amended(tx: Tx, fact: MessageAmended) -> None:
    """The desks that follow the conversation see the message as it is now, and lists what it says."""
    tx.touch(message_update, fact.message_id)
    tx.touch(conversation_update, fact.conversation_id)


def show_scheduled(tx: Tx, fact: ScheduledFact) -> None:
    """The desks that follow the conversation see what is still to go out."""
    tx.touch(scheduled_update, fact.scheduled_id)


def show_reachability(tx: Tx, fact: ContactPointChanged) -> None:
    """Who serves a contact sees at once that they do not want to be written to any more, or do again."""
    latest = queries.latest_of(tx, fact.contact_point_id) if "unreachable" in fact.fields else None
    if latest is not None and latest.state != State.CLOSED:
        (row,) = tx.lock(Conversation, latest.id)
        row.version += 1
        tx.touch(conversation_update, row.id)


def show_mention(tx: Tx, fact: AgentMentioned) -> None:
    """Who is mentioned learns so."""
    tx.touch(mention_update, fact.mention_id)


def show_mentions(tx: Tx, fact: MentionsRead) -> None:
    """At all desks of the agent they are read."""
    for id in fact.mention_ids:
        tx.touch(mention_update, id)


def show_to_former_agent(tx: Tx, fact: ConversationReleased | ConversationReturned | ConversationOfferEnded) -> None:
    """Who had it must learn that they no longer do."""
    tx.touch(conversation_update, fact.conversation_id, f"agent:{fact.agent_id}")


def remember_for_lost_agent(tx: Tx, fact: ConversationReturned) -> None:
    """When they are back, they are told what went to others."""
    if fact.why != "agent_lost":
        return
    note_returned(tx, fact.agent_id, fact.conversation_id)
    tx.touch(agent_load_update, fact.agent_id)


def show_to_former_team(tx: Tx, fact: ConversationTransferred | ConversationOverflowed) -> None:
    """The team whose queue it left must learn so."""
    if fact.from_team_id != fact.to_team_id:
        tx.touch(conversation_update, fact.conversation_id, f"team:{fact.from_team_id}")


def show_state_to_visitor(tx: Tx, fact: ConversationFact) -> None:
    """The contact's windows learn where their conversation stands."""
    tx.touch(visitor_state_update, fact.conversation_id)


def say_connecting(tx: Tx, fact: ConversationOpened | ConversationDecided) -> None:
    """Who asks for a human learns that one is looked for; outside of the hours they are told that instead."""
    conversation = tx.get(Conversation, fact.conversation_id)
    if conversation.state in IN_QUEUE and hours_at(tx, conversation.category_id).now.takes:
        say(tx, conversation, "connecting")


def say_connected(tx: Tx, fact: ConversationAssigned) -> None:
    """The contact learns who serves them now."""
    say(tx, tx.get(Conversation, fact.conversation_id), "connected")


def watch_contact(tx: Tx, fact: MessageSent) -> None:
    """The agent has spoken: from now on the contact owes an answer."""
    conversation = tx.get(Conversation, fact.conversation_id)
    if fact.visibility == "public" and (since := clocks.contact_silent(conversation)):
        closure = in_force(tx, conversation.category_id).closure
        clocks.start(tx, jobs.remind_contact, conversation.id, since, closure.contact_reminder)
        clocks.start(tx, jobs.close_on_contact, conversation.id, since, closure.contact_timeout)


def watch_agent(tx: Tx, fact: MessageReceived | ConversationAssigned | ConversationTakenOver) -> None:
    """The contact has spoken, or another agent has it now: from now on the agent owes an answer."""
    if isinstance(fact, MessageReceived) and not fact.begins_wait:
        return
    conversation = tx.get(Conversation, fact.conversation_id)
    if since := clocks.agent_silent(conversation):
        closure = in_force(tx, conversation.category_id).closure
        clocks.start(tx, jobs.remind_agent, conversation.id, since, closure.agent_reminder)
        clocks.start(tx, jobs.tell_supervisors, conversation.id, since, closure.agent_escalation)
        clocks.start(tx, jobs.take_from_agent, conversation.id, since, closure.agent_return)


def watch_service(tx: Tx, fact: ConversationAssigned | ConversationTakenOver | ConversationStarted) -> None:
    """An agent has it: from now on the service has its limit."""
    conversation = tx.get(Conversation, fact.conversation_id)
    if since := clocks.served(conversation):
        closure = in_force(tx, conversation.category_id).closure
        warned_after = closure.service_limit and closure.service_limit - closure.service_warning
        clocks.start(tx, jobs.warn_of_limit, conversation.id, since, warned_after)
        clocks.start(tx, jobs.end_service, conversation.id, since, closure.service_limit)


def ask_for_rating(tx: Tx, fact: ConversationClosed) -> None:
    """Where it is so decided, who was served is asked what they thought, once the service is over."""
    conversation = tx.get(Conversation, fact.conversation_id)
    if fact.agent_id is None or conversation.first_answer_at is None or conversation.rating_asked_at is not None:
        return
    wanted = in_force(tx, conversation.category_id).satisfaction
    if wanted.after_close and rating.written_to_agents(tx, conversation.id) >= wanted.least_messages:
        rating.ask(tx, conversation, by="close")


Load = (
    ConversationAssigned
    | ConversationReleased
    | ConversationTakenOver
    | ConversationStarted
    | ConversationOffered
    | ConversationOfferEnded
)


def show_load(tx: Tx, fact: Load) -> None:
    """The agent and the supervisors see the new load."""
    if fact.agent_id:
        tx.touch(agent_load_update, fact.agent_id)


def end_snooze(tx: Tx, fact: ConversationReleased) -> None:
    """What somebody put aside is put aside for nobody else."""
    snoozing.forget(tx, tx.get(Conversation, fact.conversation_id))


def end_offer(tx: Tx, fact: ConversationReleased) -> None:
    """What was offered to somebody and has gone elsewhere, or is over, is offered to them no more."""
    offering.forget(tx, tx.get(Conversation, fact.conversation_id))


def withdraw_offers(tx: Tx, fact: AvailabilityChanged) -> None:
    """Who goes on break or offline does not keep waiting whom they are offered: at once, in a unit that holds the teams first."""
    if fact.state in jobs.AWAY and queries.offered_to(tx, fact.agent_id):
        tx.enqueue(jobs.withdraw_offers, key=fact.agent_id, agent_id=fact.agent_id)


def return_conversations(tx: Tx, fact: AgentAbandoned) -> None:
    """What a lost agent served or was offered goes back to the head of its queues."""
    served = queries.served_by(tx, fact.agent_id)
    held = serving.hold(tx, *served, agents=[fact.agent_id])
    (gone,) = tx.lock(Presence, fact.agent_id)
    if gone.connected and tx.get(Agent, fact.agent_id).active:  # they came back a moment ago
        raise LostRace
    for conversation in sorted(held, key=lambda one: served.index(one.id)):
        if conversation.state == State.OFFERED:
            offering.end(tx, conversation, "lost")
        else:
            serving.give_back(tx, conversation.id)
