"""How contact points look on the wire."""

from datetime import datetime

from helpline.channels import Channel
from helpline.contacts import ContactPoint
from helpline.contacts.shapes import ContactOut
from helpline.core import Out, Tx

from . import points
from .starting import can_begin


class PointOut(Out):
    id: str
    channel_id: str
    channel_kind: str
    channel_name: str
    name: str
    email: str
    phone: str
    locale: str
    time_zone: str
    browser: str
    created_at: datetime
    last_at: datetime | None
    can_begin: bool
    """Whether an agent can write first by it."""


class PointsOut(Out):
    linked: list[PointOut]
    suggested: list[PointOut]


class SuggestedOut(Out):
    contact_point_id: str
    contacts: list[ContactOut]


def point_out(tx: Tx, point: ContactPoint) -> PointOut:
    """A contact point with its channel, and when it was last heard of."""
    channel, latest = tx.get(Channel, point.channel_id), points.last_seen(tx, point)
    return PointOut(
        id=point.id,
        channel_id=channel.id,
        channel_kind=channel.kind,
        channel_name=channel.name,
        name=point.name,
        email=point.email,
        phone=point.phone,
        locale=point.locale,
        time_zone=point.time_zone,
        browser=point.browser,
        created_at=point.created_at,
        last_at=latest.last_at if latest else None,
        can_begin=can_begin(tx, channel),
    )
