"""By which ways a contact can be written to first: where they came by, and where their address is known."""

import re
from typing import Literal, NamedTuple

from sqlalchemy import select

from helpline.channels import Category, Channel
from helpline.channels.contract import Capabilities
from helpline.channels.kinds import KINDS, can
from helpline.contacts import Contact, ContactPoint
from helpline.contacts.actions import add_point
from helpline.contacts.events import ContactPointLinked
from helpline.contacts.queries import held
from helpline.core import Tx

from . import queries
from .points import points_of

Manner = Literal["", "text", "template"]
WhyNot = Literal["", "channel", "unreachable", "window"]
_NUMBER = re.compile(r"(?:\+|00)([1-9]\d{6,14})")
_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+")


class Way(NamedTuple):
    """How somebody can be written to first now: freely, only by a template, or not, and then why."""

    by: Manner
    why_not: WhyNot = ""


class Unused(NamedTuple):
    """A channel that a contact never came by, and what one would write to there."""

    channel: Channel
    address: str
    by: Manner


def can_begin(tx: Tx, channel: Channel) -> bool:
    """Whether an agent can speak first by this channel."""
    return can(channel.kind).begins and channel.active and tx.get(Category, channel.category_id).active


def way_to(tx: Tx, point: ContactPoint, channel: Channel) -> Way:
    """How somebody can be written to first by a channel that they came by."""
    if not can_begin(tx, channel):
        return Way("", "channel")
    if channel.kind != "webchat" and point.unreachable:
        return Way("", "unreachable")
    able = can(channel.kind)
    heard = queries.latest_of(tx, point.id) if able.reply_window else None
    if able.reply_window is None or (heard and heard.reply_until and tx.now < heard.reply_until):
        return Way("text")
    return Way("template") if able.templates else Way("", "window")


def unused(tx: Tx, contact: Contact) -> list[Unused]:
    """The channels by which a contact has not been written to yet, though their address or number is known."""
    known = {point.channel_id for point in points_of(tx, contact.id)}
    open_kinds = [name for name, kind in KINDS.items() if kind.capabilities.addressed_by]
    rows = select(Channel).where(Channel.workspace_id == tx.workspace_id, Channel.kind.in_(open_kinds))
    found = []
    for channel in tx.db.scalars(rows.where(Channel.active).order_by(Channel.name, Channel.id)):
        able = can(channel.kind)
        address = address_of(able, email=contact.email, phone=contact.phone)
        if channel.id not in known and address and can_begin(tx, channel) and not _at(tx, channel, address):
            found.append(Unused(channel, address, "template" if able.reply_window else "text"))
    return found


def address_of(able: Capabilities, *, email: str, phone: str) -> str:
    """What one writes to; empty where it is not known, or a number has no code of its country."""
    if able.addressed_by == "email":
        return email.strip().lower() if _ADDRESS.fullmatch(email.strip()) else ""
    number = _NUMBER.fullmatch(re.sub(r"[\s().\-/]", "", phone))
    if not able.addressed_by or number is None:
        return ""
    return number[1] if able.addressed_by == "digits" else f"+{number[1]}"


def readable(able: Capabilities, address: str) -> str:
    """An address as people say it; empty where only the provider can make sense of it."""
    if not able.addressed_by:
        return ""
    return f"+{address}" if able.addressed_by == "digits" and address.isdecimal() else address


def point_at(tx: Tx, contact: Contact, channel: Channel) -> ContactPoint | None:
    """Where a contact is reached by a channel, made where nobody came from there yet; nothing where that is not theirs."""
    address = address_of(can(channel.kind), email=contact.email, phone=contact.phone)
    there = _at(tx, channel, address) if address else None
    if there is not None or not address:
        return there if there and there.contact_id == contact.id else None
    told = {"email": address} if "@" in address else {"phone": f"+{address.lstrip('+')}"}
    point = add_point(tx, channel_id=channel.id, address=address, name=contact.name, **told)
    point.contact_id = held(tx, contact.id).id
    tx.db.flush()
    tx.emit(ContactPointLinked(contact_point_id=point.id, contact_id=contact.id, was=None))
    return point


def _at(tx: Tx, channel: Channel, address: str) -> ContactPoint | None:
    here = (ContactPoint.workspace_id == tx.workspace_id, ContactPoint.channel_id == channel.id)
    return tx.db.scalars(select(ContactPoint).where(*here, ContactPoint.address == address)).first()
