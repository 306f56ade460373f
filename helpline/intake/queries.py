"""Questions about what came in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, bindparam, func, select, text

from helpline.channels.contract import Raw
from helpline.contacts import ContactPoint
from helpline.core import Prepared, Tx
from helpline.core.paging import cursor, place
from helpline.core.within import among

from .models import Payload, PayloadState

_ROW: Any = Payload.__table__
_RECEIVED = Prepared(
    select(_ROW)
    .where(_ROW.c.workspace_id == bindparam("workspace"), _ROW.c.channel_id == bindparam("channel"))
    .where(text("state = 'received'"), ~among(_ROW.c.id, "but"))
    .order_by(_ROW.c.id)
    .limit(bindparam("most", type_=Integer))
)


def next_received(tx: Tx, channel_id: str, most: int, but: Sequence[str] = ()) -> list[tuple[str, int, Raw]]:
    """What came in first by a channel and is not done, ``but`` for what is in hand: id, how much of it is, and as it came."""
    found = tx.say_all(_RECEIVED, workspace=tx.workspace_id, channel=channel_id, most=most, but=but)
    return [(one.id, one.done, raw_of(one)) for one in found]


def is_named(tx: Tx, channel_id: str, address: str) -> bool:
    """Whether it is known how somebody is called who writes by a channel."""
    row = ContactPoint
    here = (row.workspace_id == tx.workspace_id, row.channel_id == channel_id)
    found = select(row.name).where(*here, row.address == address)
    return (tx.db.scalar(found.limit(1)) or address) != address


def with_work(tx: Tx) -> list[tuple[str, str]]:
    """(workspace, channel) by which something came in that is not done; over all workspaces."""
    row = Payload
    # Said in words, for the index that holds nothing else; the planner looks at no values.
    found = select(row.workspace_id, row.channel_id).where(text("state = 'received'")).distinct()
    return [(workspace_id, channel_id) for workspace_id, channel_id in tx.db.execute(found)]


def quarantined(tx: Tx, limit: int, after: str | None) -> tuple[list[Payload], str | None]:
    """What waits in quarantine, the newest first, and where to go on."""
    row = Payload
    found = select(row).where(row.workspace_id == tx.workspace_id, row.state == PayloadState.QUARANTINED)
    if after is not None:
        at, id = place(after, datetime, str)
        found = found.where((row.at < at) | ((row.at == at) & (row.id < id)))
    rows = list(tx.db.scalars(found.order_by(row.at.desc(), row.id.desc()).limit(limit + 1)))
    following = cursor(rows[limit - 1].at, rows[limit - 1].id) if len(rows) > limit else None
    return rows[:limit], following


def is_set_apart(tx: Tx, payload: Payload) -> bool:
    """Whether the same came by the same channel before, and waits in quarantine or was let go."""
    row = Payload
    here = (row.workspace_id == tx.workspace_id, row.channel_id == payload.channel_id, row.digest == payload.digest)
    found = select(row.id).where(*here, text("state IN ('quarantined', 'dismissed')"), row.id != payload.id)
    return tx.db.scalar(found.limit(1)) is not None


def number_quarantined(tx: Tx) -> int:
    """How much waits in quarantine."""
    row = Payload
    here = (row.workspace_id == tx.workspace_id, row.state == PayloadState.QUARANTINED)
    return tx.db.scalar(select(func.count()).where(*here)) or 0


def is_kept(tx: Tx, payload_id: str) -> bool:
    """Whether something that came in can still be had as it came."""
    here = (Payload.workspace_id == tx.workspace_id, Payload.id == payload_id)
    return tx.db.scalar(select(Payload.id).where(*here)) is not None


def raw_of(payload: Any) -> Raw:
    """As it came."""
    return Raw(body=payload.body, headers=payload.headers, query=payload.query, url=payload.url, at=payload.at)
