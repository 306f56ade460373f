"""What a visitor of the web chat sees of their conversation: nothing internal, nobody's ids."""

from datetime import datetime
from typing import Any

from helpline.core import Out, Tx, Update
from helpline.files.shapes import FileOut
from helpline.people import Agent
from helpline.session_settings import in_force
from helpline.session_settings.prompts import Texts

from .card import choices
from .event_shapes import VisitorEventOut
from .models import AuthorKind, CloseReason, Conversation, Message, MessageKind, State
from .rating_models import Rating
from .shapes import MessageOut, message_out, visitor
from .waiting import position

_EVENTS = {"assigned": ("agent_name",), "closed": ("reason",)}


class VisitorMessage(Out):
    id: str
    conversation_id: str
    seq: int
    by: AuthorKind
    name: str
    kind: MessageKind
    text: str
    files: list[FileOut]
    event: VisitorEventOut | None
    at: datetime
    client_id: str | None
    choices: list[str] = []
    """Answers to tap."""


class VisitorRating(Out):
    """The card: what they answered, if they did, until when they can, and what may be ticked."""

    stars: int | None
    expires_at: datetime
    reasons: list[Texts]


class VisitorTeam(Out):
    id: str
    name: str


class VisitorConversation(Out):
    id: str
    state: State
    agent_name: str | None
    queue_position: int | None
    unread: int
    """How many of the contact's last messages the agent has not read yet."""
    close_reason: CloseReason | None
    rating: VisitorRating | None = None
    """Nothing before they are asked."""
    teams: list[VisitorTeam] = []
    """The card of teams, while they are asked to choose one."""
    message_left: bool = False
    """Whether nobody could be given, and what they write waits until somebody has time."""


class VisitorSelf(Out):
    """What is known of the visitor: they are greeted by it, and not asked for it again."""

    name: str
    answered: list[str]


class VisitorView(Out):
    visitor: VisitorSelf
    conversation: VisitorConversation | None
    messages: list[VisitorMessage]


def visitor_message(message: MessageOut) -> VisitorMessage:
    """A public message as the contact sees it."""
    event: Any = message.event
    if event is not None:
        event = {"name": event["name"], **{key: event.get(key) for key in _EVENTS.get(event["name"], ())}}
    return VisitorMessage(
        id=message.id,
        conversation_id=message.conversation_id,
        seq=message.seq,
        by=message.author.kind,
        name=message.author.name,
        kind=message.kind,
        text=message.text,
        files=message.files,
        event=event,
        at=message.at,
        client_id=message.client_id if message.author.kind == "contact" else None,
        choices=message.details.choices if message.details else [],
    )


def visitor_conversation(tx: Tx, row: Conversation) -> VisitorConversation:
    """Where a conversation stands, for the contact."""
    agent = tx.find(Agent, row.agent_id) if row.state != State.CLOSED else None
    return VisitorConversation(
        id=row.id,
        state=row.state,
        agent_name=agent.name if agent else None,
        queue_position=position(tx, row),
        unread=row.unread,
        close_reason=row.close_reason,
        rating=_rating(tx, row) if row.rating_asked_at else None,
        teams=[VisitorTeam(id=one.team.id, name=one.name) for one in choices(tx, row)],
        message_left=row.message_left_at is not None,
    )


def _rating(tx: Tx, row: Conversation) -> VisitorRating:
    asked = tx.get(Rating, row.id)
    reasons = in_force(tx, row.category_id).satisfaction.reasons
    return VisitorRating(stars=asked.stars, expires_at=asked.expires_at, reasons=reasons)


def visitor_state_update(tx: Tx, id: str, also: frozenset[str]) -> Update:
    """What the contact's windows are told about their conversation."""
    row = tx.get(Conversation, id)
    return Update.of("visitor_state", id, visitor_conversation(tx, row), {visitor(row), *also})


def visitor_message_update(tx: Tx, id: str, also: frozenset[str]) -> Update | None:
    """What the contact's windows are told about a message; nothing about an internal one."""
    message = tx.get(Message, id)
    if message.visibility != "public":
        return None
    row = tx.get(Conversation, message.conversation_id)
    return Update.of("visitor_message", id, visitor_message(message_out(message)), {visitor(row), *also})
