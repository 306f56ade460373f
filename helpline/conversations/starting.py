"""A service that an agent begins: they speak first, to a contact point that the channel can reach."""

from typing import Annotated, Any

from msgspec import Meta
from sqlalchemy import func, select

from helpline.channels import Category, Channel
from helpline.contacts import Contact, ContactPoint
from helpline.contacts.queries import current
from helpline.core import Conflict, In, Invalid, Tx, new_id
from helpline.core.errors import LostRace
from helpline.people import Presence
from helpline.people import queries as people

from . import answering, queries
from .mail_shapes import MailIn
from .messages import find_sent, note_event
from .models import Conversation, State
from .places import take_place
from .placing import put_in_place
from .reaching import can_begin, point_at
from .shapes import Choices, ClientId, MessageIn, Text
from .starting_events import ConversationStarted
from .template_shapes import TemplateIn


class NotTheirPoint(Invalid):
    """This contact does not come by this contact point."""


class ChannelCannotBegin(Conflict):
    """By this channel nobody can be written to first, or it is switched off."""


class AlreadyTalking(Conflict):
    """A conversation with them is open; go on there."""


class AtYourLimit(Conflict):
    """You serve as many as you may; end one first."""


class SubjectMissing(Invalid):
    """The first mail to somebody has a subject."""


class StartIn(In, kw_only=True):
    contact_point_id: str = ""
    channel_id: str = ""
    """Instead of a contact point: a channel that they never came by, but where their address or number is known."""
    id: ClientId
    """Made by the client: sent twice, it is one message, and one conversation."""
    text: Text = ""
    file_ids: Annotated[list[str], Meta(max_length=10)] = []
    mail: MailIn | None = None
    choices: Choices = []
    template: TemplateIn | None = None
    """Where they can only be written to by one; `text` is left out, or what it says as the agent saw it."""


def start(tx: Tx, contact_id: str, said: StartIn) -> Conversation:
    """Open a conversation with a contact and say the first word. The actor serves it, within their limits."""
    contact = current(tx, contact_id)
    point = _point(tx, contact, said)
    if sent := find_sent(tx, point.channel_id, f"{tx.actor.id}/{said.id}"):
        return queries.visible(tx, sent.conversation_id)
    channel = tx.get(Channel, point.channel_id)
    if channel.kind == "email" and not (said.mail and said.mail.subject.strip()):
        raise SubjectMissing(field="mail.subject")
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
    conversation.contact_point_id = point.id
    conversation.thread = new_id() if channel.kind == "email" else ""  # of mails, several can be open one day
    conversation.contact_id, conversation.contact_name = contact.id, contact.name
    conversation.team_id, conversation.agent_id, conversation.skills = category.team_id, tx.actor.id, category.skills
    conversation.created_at = conversation.queued_at = conversation.assigned_at = conversation.last_at = tx.now
    conversation.previous_id = before.id if before else None
    conversation.priority = 0
    heard = queries.latest_of(tx, point.id)
    conversation.reply_until = heard.reply_until if heard else None
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
    same = {name: getattr(said, name) for name in ("id", "text", "file_ids", "mail", "choices", "template")}
    answering.send(tx, conversation.id, MessageIn(**same, anyway=True))
    return conversation


def _point(tx: Tx, contact: Contact, said: StartIn) -> ContactPoint:
    """Where they are written to."""
    if said.channel_id:
        channel = tx.find(Channel, said.channel_id)
        if channel is None or not can_begin(tx, channel):
            raise ChannelCannotBegin(field="channel_id")
        if (made := point_at(tx, contact, channel)) is None:
            raise NotTheirPoint(field="channel_id")
        return made
    point = tx.find(ContactPoint, said.contact_point_id)
    if point is None or point.contact_id != contact.id:
        raise NotTheirPoint(field="contact_point_id")
    return tx.lock(ContactPoint, point.id)[0]


def _refuse_above_limit(tx: Tx, kind: str) -> None:
    (presence,) = tx.lock(Presence, tx.actor.id)
    row, most = Conversation, people.workspace(tx).kind_limits.get(kind)
    served = select(func.count()).where(row.workspace_id == tx.workspace_id, row.agent_id == tx.actor.id)
    served = served.where(row.channel_kind == kind, row.state.in_([State.OFFERED, State.ACTIVE]))
    if presence.load >= presence.capacity or (most is not None and (tx.db.scalar(served) or 0) >= most):
        raise AtYourLimit
