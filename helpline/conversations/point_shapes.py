"""How contact points look on the wire."""

from datetime import datetime

from helpline.channels import Channel
from helpline.contacts import ContactPoint
from helpline.contacts.shapes import ContactOut
from helpline.core import Out, Tx

from . import points
from .reaching import Manner, Unused, WhyNot, way_to


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
    unreachable: str
    """Why they cannot be written to: `blocked`, `opted_out` …; empty when they can."""
    can_begin: bool
    """Whether an agent can write first by it."""
    begins_by: Manner
    """Whether freely or only by a template."""
    why_not: WhyNot
    """Why an agent cannot write first: the channel does not, they do not want it, or they wrote too long ago."""


class UnusedOut(Out):
    """A channel that a contact never came by, but where their address or number is known."""

    channel_id: str
    channel_kind: str
    channel_name: str
    address: str
    begins_by: Manner


class PointsOut(Out):
    linked: list[PointOut]
    suggested: list[PointOut]
    unused: list[UnusedOut]


class SuggestedOut(Out):
    contact_point_id: str
    contacts: list[ContactOut]


def point_out(tx: Tx, point: ContactPoint) -> PointOut:
    """A contact point with its channel, and when it was last heard of."""
    channel, latest = tx.get(Channel, point.channel_id), points.last_seen(tx, point)
    way = way_to(tx, point, channel)
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
        unreachable=point.unreachable,
        can_begin=way.by != "",
        begins_by=way.by,
        why_not=way.why_not,
    )


def unused_out(row: Unused) -> UnusedOut:
    """A channel that a contact never came by."""
    about = {"channel_id": row.channel.id, "channel_kind": row.channel.kind, "channel_name": row.channel.name}
    return UnusedOut(**about, address=row.address, begins_by=row.by)
