"""How the facts of a row's history look on the wire."""

from datetime import datetime
from typing import Any

from helpline.core import Out
from helpline.core.actor import ActorKind
from helpline.core.facts import FactRow


class HappenedOut(Out):
    seq: int
    topic: str
    at: datetime
    actor_kind: ActorKind
    actor: str
    payload: dict[str, Any]


def happened_out(row: FactRow) -> HappenedOut:
    """A fact of a row's history."""
    return HappenedOut(
        seq=row.seq,
        topic=row.topic,
        at=row.at,
        actor_kind=row.actor_kind,
        actor=row.actor_id,
        payload=row.payload,
    )
