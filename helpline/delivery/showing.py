"""What agents show contacts beside messages: whether it can be shown, about which message, and what stands here once it is."""

from typing import NamedTuple

from sqlalchemy import select

from helpline.channels.contract import Capabilities
from helpline.channels.kinds import can, goes_out
from helpline.channels.signs import Edit, Known, React, Sign, TakeBack
from helpline.contacts import ContactPoint
from helpline.conversations import Conversation, Message, amending
from helpline.conversations import queries as conversations
from helpline.conversations.answering import NotYours
from helpline.conversations.models import State
from helpline.conversations.particulars import read
from helpline.conversations.shapes import MessageOut, message_out
from helpline.conversations.windows import why_not_answered
from helpline.core import Conflict, Forbidden, Tx

from . import queries, rules
from .models import Delivery, DeliveryState


class CannotBeShown(Conflict):
    """This cannot be shown to contacts by this channel."""


class NotThereYet(Conflict):
    """The contact does not have this message."""


class NotYourMessage(Forbidden):
    """Only who wrote a message can change it or take it back."""


class ProviderRefused(Conflict):
    """The provider did not do it, so nothing was changed here."""


class Place(NamedTuple):
    """To whom something can be shown, by which channel, about what."""

    channel_id: str
    to: str
    about: Known


class Asked(NamedTuple):
    """What is to be shown by a channel."""

    channel_id: str
    signs: list[Sign]


def newest(tx: Tx, conversation_id: str) -> Place | None:
    """What the contact said last; nothing where nothing can be shown to them."""
    conversation = tx.get(Conversation, conversation_id)
    if not goes_out(conversation.channel_kind) or why_not_answered(tx, conversation):
        return None
    row = Message
    theirs = (row.conversation_id == conversation_id, row.author_kind == "contact", row.external_id.is_not(None))
    found = select(row).where(row.workspace_id == tx.workspace_id, *theirs).order_by(row.seq.desc()).limit(1)
    message = tx.db.scalars(found).first()
    about = queries.known(tx, message) if message else None
    return Place(conversation.channel_id, _address(tx, conversation), about) if about else None


def reacting(tx: Tx, message_id: str, emoji: str) -> Asked:
    """An agent puts a sign to a message, or takes it away with an empty one."""
    message, conversation, able = _held_by_me(tx, message_id)
    if not able.reactions or (emoji and emoji not in able.reactions):
        raise CannotBeShown(field="emoji")
    about = queries.known(tx, message)
    if about is None:
        raise NotThereYet
    return Asked(conversation.channel_id, [React(to=_address(tx, conversation), about=about, emoji=emoji)])


def reacted(tx: Tx, message_id: str, emoji: str) -> MessageOut:
    """It is shown to the contact."""
    amending.react(tx, message_id, tx.actor.id, tx.actor.name, emoji, tx.now)
    return message_out(tx.get(Message, message_id))


def editing(tx: Tx, message_id: str, text: str) -> Asked:
    """An agent changes what they wrote. What went out in pieces cannot be."""
    message, conversation, able = _mine(tx, message_id)
    if not able.edits or not message.text or len(rules.cut(text, able.most_text)) != 1:
        raise CannotBeShown(field="text")
    pieces = [one for one in queries.of_message(tx, message.id) if one.text]
    if len(pieces) != 1:
        raise CannotBeShown("This message went out in several pieces, of which none can be changed.", field="text")
    to = _address(tx, conversation)
    return Asked(conversation.channel_id, [Edit(to=to, about=one, text=text) for one in _there(pieces)])


def edited(tx: Tx, message_id: str, text: str) -> MessageOut:
    """It is changed at the contact's."""
    amending.edit(tx, message_id, text, tx.now)
    return message_out(tx.get(Message, message_id))


def taking_back(tx: Tx, message_id: str) -> Asked:
    """An agent takes back what they wrote, all of it."""
    message, conversation, able = _mine(tx, message_id)
    if not able.takes_back:
        raise CannotBeShown
    to, parts = _address(tx, conversation), queries.of_message(tx, message.id)
    return Asked(conversation.channel_id, [TakeBack(to=to, about=one) for one in _there(parts)])


def taken_back(tx: Tx, message_id: str) -> None:
    """It is gone at the contact's."""
    amending.take_back(tx, message_id)


def _held_by_me(tx: Tx, message_id: str) -> tuple[Message, Conversation, Capabilities]:
    message = tx.get(Message, message_id)
    conversation = conversations.servable(tx, message.conversation_id)
    if not goes_out(conversation.channel_kind):
        raise CannotBeShown
    if conversation.state != State.ACTIVE or conversation.agent_id != tx.actor.id:
        raise NotYours
    particulars = read(message.details)
    if message.visibility != "public" or message.kind == "event" or (particulars and particulars.deleted_at):
        raise CannotBeShown
    if why_not := why_not_answered(tx, conversation):
        raise why_not
    return message, conversation, can(conversation.channel_kind)


def _mine(tx: Tx, message_id: str) -> tuple[Message, Conversation, Capabilities]:
    held = _held_by_me(tx, message_id)
    if held[0].author_kind != "agent" or held[0].author_id != tx.actor.id:
        raise NotYourMessage
    return held


def _there(parts: list[Delivery]) -> list[Known]:
    """The parts that the contact has; refused while there may be more of them in a moment."""
    there = [Known(external_id=one.external_id) for one in parts if one.external_id]
    if not there or any(one.state in {DeliveryState.QUEUED, DeliveryState.SENDING} for one in parts):
        raise NotThereYet
    return there


def _address(tx: Tx, conversation: Conversation) -> str:
    return tx.get(ContactPoint, conversation.contact_point_id).address
