"""A service that an agent begins: they speak first, to a contact point that the channel can reach."""

from typing import Annotated, Any

from msgspec import Meta
from sqlalchemy import func, select

from helpline.channels import Category, Channel
from helpline.contacts import ContactPoint
from helpline.contacts.queries import current
from helpline.core import Conflict, In, Invalid, Tx, new_id
from helpline.core.errors import LostRace
from helpline.people import Presence
from helpline.people import queries as people

from . import answering, queries
from .messages import find_sent, note_event
from .models import Conversation, State
from .places import take_place
from .placing import put_in_place
from .shapes import ClientId, MessageIn, Text
from .starting_events import ConversationStarted

BEGINS = {"webchat"}
"""Kinds of channels by which an agent can speak first: to whoever opened the chat before. They read it when they come back."""


class NotTheirPoint(Invalid):
    """This contact does not come by this contact point."""


class ChannelCannotBegin(Conflict):
    """By this channel nobody can be written to first, or it is switched off."""


class AlreadyTalking(Conflict):
    """A conversation with them is open; go on there."""


class AtYourLimit(Conflict):
    """You serve as many as you may; end one first."""


class StartIn(In):
    contact_point_id: str
    id: ClientId
    """Made by the client: sent twice, it is one message, and one conversation."""
    text: Text = ""
    file_ids: Annotated[list[str], Meta(max_length=10)] = []


def start(tx: Tx, contact_id: str, said: StartIn) -> Conversation:
    """Open a conversation with a contact and say the first word. The actor serves it, within their limits."""
    contact, point = current(tx, contact_id), tx.find(ContactPoint, said.contact_point_id)
    if point is None or point.contact_id != contact.id:
        raise NotTheirPoint(field="contact_point_id")
    if sent := find_sent(tx, point.channel_id, f"{tx.actor.id}/{said.id}"):
        return queries.visible(tx, sent.conversation_id)
    tx.lock(ContactPoint, point.id)
    channel = tx.get(Channel, point.channel_id)
    category = tx.get(Category, channel.category_id)
    if not can_begin(tx, channel):
        raise ChannelCannotBegin(field="contact_point_id")
    teams = {category.team_id, *people.teams_of(tx, tx.actor.id)}
    if category.team_id not in people.hold_teams(
        tx, *teams
    ):  # switched off meanwhile; by now its category leads to another
        raise LostRace
    if there := queries.open_with(tx, point.id):
        raise AlreadyTalking(conversation_id=there[0])
    _refuse_above_limit(tx, channel.kind)
    before = queries.latest_with(tx, contact.id)
    conversation = Conversation(workspace_id=tx.workspace_id, id=new_id(), version=1, state=State.ACTIVE)
    conversation.channel_id, conversation.channel_kind = channel.id, channel.kind
    conversation.category_id, conversation.owner_id = category.id, category.owner_id
    conversation.contact_point_id, conversation.thread = point.id, ""
    conversation.contact_id, conversation.contact_name = contact.id, contact.name
    conversation.team_id, conversation.agent_id, conversation.skills = category.team_id, tx.actor.id, category.skills
    conversation.created_at = conversation.queued_at = conversation.assigned_at = conversation.last_at = tx.now
    conversation.previous_id = before.id if before else None
    conversation.priority = 0
    put_in_place(tx, conversation)
    tx.db.add(conversation)
    tx.db.flush()
    take_place(tx, tx.actor.id)
    details: dict[str, Any] = {"agent_id": tx.actor.id, "agent_name": tx.actor.name, "team_id": conversation.team_id}
    note_event(tx, conversation.id, "started", **details)
    tx.emit(
        ConversationStarted(
            conversation_id=conversation.id,
            channel_id=channel.id,
            contact_point_id=point.id,
            previous_id=conversation.previous_id,
            team_id=conversation.team_id,
            agent_id=tx.actor.id,
        )
    )
    answering.send(tx, conversation.id, MessageIn(id=said.id, text=said.text, file_ids=said.file_ids, anyway=True))
    return conversation


def can_begin(tx: Tx, channel: Channel) -> bool:
    """Whether an agent can speak first by this channel."""
    return channel.kind in BEGINS and channel.active and tx.get(Category, channel.category_id).active


def _refuse_above_limit(tx: Tx, kind: str) -> None:
    (presence,) = tx.lock(Presence, tx.actor.id)
    row, most = Conversation, people.workspace(tx).kind_limits.get(kind)
    served = select(func.count()).where(row.workspace_id == tx.workspace_id, row.agent_id == tx.actor.id)
    served = served.where(row.channel_kind == kind, row.state.in_([State.OFFERED, State.ACTIVE]))
    if presence.load >= presence.capacity or (most is not None and (tx.db.scalar(served) or 0) >= most):
        raise AtYourLimit
