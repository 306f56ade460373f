"""What is told of a message before it: kept until it comes, or for as long as providers go on telling what was not taken."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import bindparam, delete, select

from helpline.channels.inbound import Deleted, Edited, Event
from helpline.core import Prepared, Tx, new_id

from .models import Foretold

KEPT = timedelta(days=7)
KINDS: dict[str, type[Edited] | type[Deleted]] = {"edited": Edited, "deleted": Deleted}
MOST_AT_ONCE, LONGEST_ID = 500, 200
_ROW: Any = Foretold.__table__
_OF = Prepared(
    select(_ROW)
    .where(_ROW.c.workspace_id == bindparam("workspace"), _ROW.c.channel_id == bindparam("channel"))
    .where(_ROW.c.external_id == bindparam("external_id"))
    .order_by(_ROW.c.at, _ROW.c.id)
)


class Told(NamedTuple):
    """What was told, and when that came."""

    event: Event
    at: datetime


def keep(tx: Tx, channel_id: str, event: Event, at: datetime) -> None:
    """Keep what was told of a message that is not here; other things are let go, as nothing would wait for them."""
    kind = next((name for name, kind in KINDS.items() if type(event) is kind), None)
    if kind is None or not isinstance(event, Edited | Deleted) or len(event.external_id) > LONGEST_ID:
        return
    row = Foretold(workspace_id=tx.workspace_id, id=new_id(), channel_id=channel_id, external_id=event.external_id)
    row.kind, row.event, row.at = kind, msgspec.to_builtins(event), at
    tx.db.add(row)
    tx.db.flush()


def take(tx: Tx, channel_id: str, external_id: str) -> Sequence[Told]:
    """What was told of this message before, in order; once."""
    rows = tx.say_all(_OF, workspace=tx.workspace_id, channel=channel_id, external_id=external_id)
    if rows:
        _let_go(tx, [row.id for row in rows])
    return [Told(msgspec.convert(row.event, KINDS[row.kind]), row.at) for row in rows]


def discard_old(tx: Tx) -> int:
    """Let go some of what waits for messages that do not come any more; how much."""
    row = Foretold
    here = (row.workspace_id == tx.workspace_id, row.at < tx.now - KEPT)
    ids = list(tx.db.scalars(select(row.id).where(*here).limit(MOST_AT_ONCE)))
    if ids:
        _let_go(tx, ids)
    return len(ids)


def _let_go(tx: Tx, ids: list[str]) -> None:
    tx.execute(delete(Foretold).where(Foretold.workspace_id == tx.workspace_id, Foretold.id.in_(ids)))
