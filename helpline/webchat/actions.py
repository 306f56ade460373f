"""What a visitor can do. Everything a visitor touches follows from who they are, so there is nothing to ask permission for."""

from dataclasses import dataclass
from datetime import datetime

import msgspec

from helpline.channels import Category, Channel, Owner
from helpline.channels.forms import Form
from helpline.channels.queries import by_public_key
from helpline.channels.rules import is_allowed
from helpline.channels.shapes import Translations
from helpline.contacts import Contact, ContactPoint
from helpline.contacts.actions import add_point
from helpline.conversations import (
    CloseReason,
    Conversation,
    Inbound,
    Line,
    State,
    deciding,
    queries,
    rating,
    receive,
    serving,
)
from helpline.conversations.deciding import NotAskedToChoose
from helpline.conversations.rating import NotAskedToRate
from helpline.conversations.receiving import mark_read, visit_page
from helpline.conversations.shapes import message_out
from helpline.conversations.visitor_shapes import (
    VisitorMessage,
    VisitorSelf,
    VisitorView,
    visitor_conversation,
    visitor_message,
)
from helpline.core import Forbidden, NotFound, Tx, Unauthenticated, new_id
from helpline.people import Workspace
from helpline.people.rules import browser_name, time_zones

from .filling import filled
from .queries import closed_next, usual_wait
from .shapes import ChoiceIn, RatingIn, VisitorIn, VisitorMessageIn

MOST_SHOWN = 200
_LOOKS = ("identity_version", "brand_color", "greeting", "launcher", "position", "sounds")


class NoSuchChannel(NotFound):
    """There is no web chat with this key."""


class DomainNotAllowed(Forbidden):
    """This site may not embed the chat; an administrator can add its domain to the channel."""


class UnknownVisitor(Unauthenticated):
    """This visitor is not known here, in a restored installation for instance; begin anew."""


@dataclass(frozen=True)
class Webchat:
    """A web chat channel as the edge keeps it at hand."""

    line: Line
    brand: str
    """The owner on whose behalf it is served, else the workspace: what a visitor knows, unlike the channel's name."""
    brand_color: str
    greeting: str
    launcher: str
    position: str
    sounds: bool
    texts: Translations
    form: Form
    answers_within: int | None
    closed_from: datetime | None
    opens_at: datetime | None
    locale: str
    allowed_domains: tuple[str, ...]
    identity_version: int

    def check(self, origin: str | None, own_host: str) -> None:
        """Refuse pages of sites that are not on the channel's list."""
        if not is_allowed(origin, list(self.allowed_domains), own_host):
            raise DomainNotAllowed(f"{origin} may not embed this chat; an administrator can add its domain.")


def open_channel(tx: Tx, *, key: str = "", channel_id: str = "") -> Webchat:
    """The active channel with this public key or id."""
    channel = by_public_key(tx, key) if key else tx.find(Channel, channel_id)
    if channel is None or not channel.active:
        raise NoSuchChannel
    category = tx.get(Category, channel.category_id)
    if not category.active:
        raise NoSuchChannel
    line = Line(channel.id, channel.kind)
    workspace, owner = tx.db.get_one(Workspace, tx.workspace_id), tx.find(Owner, category.owner_id)
    brand = owner.name if owner else workspace.name
    domains = tuple(channel.allowed_domains)
    looks = {name: getattr(channel, name) for name in _LOOKS}
    within, (closed_from, opens_at) = usual_wait(tx, channel.id), closed_next(tx, category.id)
    form, texts = msgspec.convert(channel.form, Form), msgspec.convert(channel.texts, Translations)
    return Webchat(
        line=line,
        form=form,
        texts=texts,
        brand=brand,
        answers_within=within,
        closed_from=closed_from,
        opens_at=opens_at,
        locale=workspace.locale,
        allowed_domains=domains,
        **looks,
    )


def enter(tx: Tx, channel_id: str, visitor: VisitorIn, user_agent: str = "") -> str:
    """Remember a new visitor, and what their browser tells; the id of their contact point."""
    address = new_id()
    name = visitor.name.strip() or _stranger(address)
    told = {"email": visitor.email.strip(), "locale": visitor.locale, "browser": browser_name(user_agent)}
    told["time_zone"] = visitor.time_zone if visitor.time_zone in time_zones() else ""
    return add_point(tx, channel_id=channel_id, address=address, name=name, **told).id


def write(tx: Tx, webchat: Webchat, said: VisitorMessageIn) -> VisitorMessage:
    """Take in a visitor's message, once."""
    inbound = Inbound(
        contact_point_id=tx.actor.id,
        external_id=f"{tx.actor.id}/{said.id}",
        text=said.text,
        file_ids=said.file_ids,
        page=said.page or None,
        opens=filled(webchat.form, said.form, webchat.locale),
    )
    return visitor_message(receive(tx, webchat.line, inbound))


def view(tx: Tx, *, conversation_id: str | None = None, after: int = 0) -> VisitorView:
    """The visitor's latest conversation: its messages after ``after`` if it is the one they know, else all."""
    visitor, latest = _who(tx), queries.latest_of(tx, tx.actor.id)
    if latest is None:
        return VisitorView(visitor=visitor, conversation=None, messages=[])
    known = conversation_id in {None, latest.id}
    start = after if known else 0
    if known and after == 0 and latest.last_seq > MOST_SHOWN:
        start = latest.last_seq - MOST_SHOWN
    rows, more = queries.messages(tx, latest.id, after=start, limit=MOST_SHOWN, public=True)
    while more:
        further, more = queries.messages(tx, latest.id, after=rows[-1].seq, limit=MOST_SHOWN, public=True)
        rows += further
    said = [visitor_message(message_out(row)) for row in rows]
    return VisitorView(visitor=visitor, conversation=visitor_conversation(tx, latest), messages=said)


def leave(tx: Tx) -> VisitorView:
    """The visitor ends their conversation."""
    latest = queries.latest_of(tx, tx.actor.id)
    if latest is not None and latest.state != State.CLOSED:
        serving.close(tx, latest.id, CloseReason.CONTACT_CLOSED)
        tx.settle()
    return view(tx)


def rate(tx: Tx, said: RatingIn) -> VisitorView:
    """The visitor says what they thought of a conversation of theirs."""
    conversation = tx.find(Conversation, said.conversation_id)
    if conversation is None or conversation.contact_point_id != tx.actor.id:
        raise NotAskedToRate
    rating.rate(tx, conversation.id, stars=said.stars, comment=said.comment, reasons=said.reasons)
    tx.settle()
    return view(tx)


def choose(tx: Tx, said: ChoiceIn) -> VisitorView:
    """The visitor chooses who shall serve them in a conversation of theirs."""
    conversation = tx.find(Conversation, said.conversation_id)
    if conversation is None or conversation.contact_point_id != tx.actor.id:
        raise NotAskedToChoose
    deciding.choose(tx, conversation.id, said.team_id)
    tx.settle()
    return view(tx)


def look_at(tx: Tx, page: str) -> None:
    """The visitor went to another page of the site."""
    latest = queries.latest_of(tx, tx.actor.id)
    if latest is not None:
        visit_page(tx, latest.id, page)


def have_read(tx: Tx, seq: int) -> None:
    """The visitor has seen what was written to them, up to ``seq``."""
    latest = queries.latest_of(tx, tx.actor.id)
    if latest is not None:
        mark_read(tx, latest.id, seq)


def _who(tx: Tx) -> VisitorSelf:
    point = tx.find(ContactPoint, tx.actor.id)
    if point is None:
        raise UnknownVisitor
    contact = tx.find(Contact, point.contact_id)
    said = "" if point.name == _stranger(point.address) else point.name
    return VisitorSelf(name=contact.name if contact else said, answered=point.answered)


def _stranger(address: str) -> str:
    return f"Visitor {address[-4:].upper()}"
