"""Who it is that something was heard of: found by their address on the channel, or made."""

from typing import Any

from sqlalchemy import bindparam, select

from helpline.channels import Channel
from helpline.channels.inbound import Who
from helpline.contacts import ContactPoint
from helpline.contacts.actions import add_point, change_point
from helpline.conversations import identifying
from helpline.core import Prepared, Tx

_POINT: Any = ContactPoint.__table__
_BY_ADDRESS = Prepared(
    select(_POINT.c.id).where(
        _POINT.c.workspace_id == bindparam("workspace"),
        _POINT.c.channel_id == bindparam("channel"),
        _POINT.c.address == bindparam("address"),
    )
)


def point_of(tx: Tx, channel: Channel, who: Who) -> ContactPoint:
    """Where they are reached, found or made, and held: of a burst of first messages the second finds the first's."""
    known_id = id_of(tx, channel.id, who.address)
    if known_id is None:
        told = {"email": who.email[:254], "phone": who.phone[:40], "locale": who.locale[:10]}
        name = (who.name or who.address)[:200]
        point = add_point(tx, channel_id=channel.id, address=who.address, name=name, **told)
        tx.db.flush()
        return point
    (point,) = tx.lock(ContactPoint, known_id)
    was = point.name
    changed = {"name": who.name[:200]} if who.name else {}
    changed |= {name: value for name in ("email", "phone", "locale") if (value := getattr(who, name))}
    change_point(tx, point, **changed)
    if was == point.address != point.name:
        identifying.name(tx, point, was)
    return point


def id_of(tx: Tx, channel_id: str, address: str) -> str | None:
    """Whose address it is, if they are known."""
    found = tx.say(_BY_ADDRESS, workspace=tx.workspace_id, channel=channel_id, address=address)
    return found.id if found else None
