"""Routes about conversations."""

from typing import Literal

from helpline.contacts.queries import current
from helpline.core import Tx
from helpline.core.paging import Limit
from helpline.core.router import SIGNED_IN, Routes
from helpline.core.shapes import given
from helpline.people.presence import catch_up

from . import answering, identifying, mentioning, needing, offering, queries, rating, serving, snoozing, waiting
from .history_shapes import HappenedOut, happened_out
from .models import CloseReason, Conversation
from .shapes import (
    ContactLinkIn,
    ConversationOut,
    ConversationPage,
    MentionOut,
    MessageIn,
    MessageOut,
    MessagePage,
    NeedsIn,
    QueueOut,
    ReturnedOut,
    SeenIn,
    SnoozeIn,
    TransferIn,
    conversation_out,
    message_out,
    returned_out,
)

routes = Routes(tag="Conversations")

View = Literal["mine", "mentions", "queue", "undecided", "team", "all", "closed", "any"]


def _as_it_is_now(tx: Tx, conversation: Conversation) -> ConversationOut:
    """With all that follows from the change: handed to a team, it may have an agent already."""
    tx.settle()
    return conversation_out(conversation)


@routes.get("/conversations", permission="conversation.read")
def conversations(
    tx: Tx, view: View = "mine", team_id: str | None = None, q: str = "", limit: Limit = 50, cursor: str | None = None
) -> ConversationPage:
    """One page of a view: `mine`, `queue` (waiting, in queue order), `team` or `all` (open), `closed`, `mentions`, `any`.

    `undecided` are those about which somebody is being asked, `decider`, which team serves them.

    With `q`, those whose contact's name or last line contains it.
    """
    rows, more = queries.in_view(tx, view, team_id=team_id, text=q.strip(), limit=limit, after=cursor)
    return ConversationPage(items=[conversation_out(row) for row in rows], next=more)


@routes.get("/conversations/{id:str}", permission="conversation.read")
def conversation(tx: Tx, id: str) -> ConversationOut:
    """One conversation."""
    return conversation_out(queries.visible(tx, id))


@routes.get("/conversations/{id:str}/messages", permission="conversation.read")
def messages(tx: Tx, id: str, after: int = 0, before: int | None = None, limit: Limit = 200) -> MessagePage:
    """Messages in their order: those after `after`, or the last ones before `before`."""
    queries.visible(tx, id)
    rows, more = queries.messages(tx, id, after=after, before=before, limit=limit)
    return MessagePage(items=[message_out(row) for row in rows], more=more)


@routes.post("/conversations/{id:str}/messages", permission="conversation.reply")
def send(tx: Tx, id: str, data: MessageIn) -> MessageOut:
    """Answer the contact, or leave an internal note. `id` is made by the client: sent twice, it is one message."""
    return answering.send(tx, id, data)


@routes.post("/conversations/{id:str}/seen", permission="conversation.read", status=200)
def seen(tx: Tx, id: str, data: SeenIn) -> ConversationOut:
    """Say that one has read up to `seq`."""
    return _as_it_is_now(tx, answering.mark_seen(tx, id, data.seq))


@routes.post("/conversations/{id:str}/take", permission="conversation.take", status=200)
def take(tx: Tx, id: str) -> ConversationOut:
    """Take a waiting conversation out of the queue."""
    return _as_it_is_now(tx, serving.take(tx, id))


@routes.post("/conversations/{id:str}/connect", permission="conversation.take", status=200)
def connect(tx: Tx, id: str) -> ConversationOut:
    """Take what one is offered: the service begins."""
    return _as_it_is_now(tx, offering.connect(tx, id))


@routes.post("/conversations/{id:str}/decline", permission="conversation.take", status=200)
def decline(tx: Tx, id: str) -> ConversationOut:
    """Leave what one is offered to the next agent, at once."""
    return _as_it_is_now(tx, offering.decline(tx, id))


@routes.post("/conversations/{id:str}/transfer", permission="conversation.transfer", status=200)
def transfer(tx: Tx, id: str, data: TransferIn) -> ConversationOut:
    """Hand the conversation to an agent, whatever their state, or to a team, with a note."""
    moved = serving.transfer(tx, id, agent_id=data.agent_id, team_id=data.team_id, note=data.note)
    return _as_it_is_now(tx, moved)


@routes.post("/conversations/{id:str}/rating", permission="conversation.reply")
def invite_to_rate(tx: Tx, id: str) -> ConversationOut:
    """Ask the contact to rate the service; once in a conversation."""
    return conversation_out(rating.invite(tx, id))


@routes.patch("/conversations/{id:str}", permission="conversation.transfer")
def need(tx: Tx, id: str, data: NeedsIn) -> ConversationOut:
    """Say how urgent the conversation is and what its agent must be able to do; a language as `language:de`."""
    return _as_it_is_now(tx, needing.need(tx, id, **given(data)))  # type: ignore[arg-type]


@routes.post("/conversations/{id:str}/close", permission="conversation.close", status=200)
def close(tx: Tx, id: str) -> ConversationOut:
    """End the conversation. Its service record stays to be completed."""
    queries.servable(tx, id)
    return _as_it_is_now(tx, serving.close(tx, id, CloseReason.AGENT_CLOSED))


@routes.post("/conversations/{id:str}/snooze", permission="conversation.reply", status=200)
def snooze(tx: Tx, id: str, data: SnoozeIn) -> ConversationOut:
    """Put aside what one serves: until a time, or without one until the contact writes. It keeps its place in one's load."""
    return _as_it_is_now(tx, snoozing.snooze(tx, id, data.until))


@routes.delete("/conversations/{id:str}/snooze", permission="conversation.reply", status=200)
def unsnooze(tx: Tx, id: str) -> ConversationOut:
    """Take up again what one has put aside."""
    return _as_it_is_now(tx, snoozing.unsnooze(tx, id))


@routes.put("/conversations/{id:str}/contact", permission="contact.edit")
def link_contact(tx: Tx, id: str, data: ContactLinkIn) -> ConversationOut:
    """Say who this is: link the contact point to a contact, or take the link away."""
    queries.servable(tx, id)
    contact = current(tx, data.contact_id) if data.contact_id else None
    return _as_it_is_now(tx, identifying.identify(tx, id, contact))


@routes.get("/conversations/{id:str}/facts", permission="conversation.read")
def facts(tx: Tx, id: str) -> list[HappenedOut]:
    """All that happened to the conversation, in order: what explains its state."""
    queries.visible(tx, id)
    return [happened_out(row) for row in queries.history(tx, id, limit=1000)]


@routes.get("/me/returned", permission=SIGNED_IN)
def returned(tx: Tx) -> list[ReturnedOut]:
    """The conversations that went to others while one's connection was lost, until one says that one has seen it."""
    return [returned_out(row) for row in queries.returned_of(tx, tx.actor.id)]


@routes.delete("/me/returned", permission=SIGNED_IN)
def seen_returned(tx: Tx) -> None:
    """Say that one has seen what went to others."""
    catch_up(tx, tx.actor.id)


@routes.get("/mentions", permission="conversation.read")
def mentions(tx: Tx) -> list[MentionOut]:
    """Where notes mention you, the newest first; without `read_at` you have not seen it yet."""
    return mentioning.mine(tx)


@routes.get("/queues", permission="conversation.read")
def queues(tx: Tx) -> list[QueueOut]:
    """How many wait in each team's queue, since when, and how many agents are ready."""
    return [
        QueueOut(team_id=team.id, name=team.name, waiting=number, oldest=oldest, ready_agents=ready)
        for team, number, oldest, ready in waiting.queues(tx)
    ]
