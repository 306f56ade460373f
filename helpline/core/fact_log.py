"""Writing facts into the log of their workspace."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert

from .actor import Actor
from .facts import Audited, Fact, FactRow
from .prepared import Prepared


def write_facts(
    connection: Connection, actor: Actor, first: int, written: Sequence[tuple[Fact, datetime]], told: str | None
) -> None:
    """Write what an actor caused, each with its time, numbered from ``first``; with the last one, what clients are told."""
    rows = [
        {
            "workspace_id": actor.workspace_id,
            "seq": first + place,
            "topic": fact.topic(),
            "subject_id": getattr(fact, "subject", None),
            "actor_kind": actor.kind,
            "actor_id": actor.id,
            "at": at,
            "payload": fact.payload(),
            "audited": isinstance(fact, Audited),
            "updates": None,
        }
        for place, (fact, at) in enumerate(written)
    ]
    rows[-1]["updates"] = told
    _INSERT.each(connection, rows)


_INSERT = Prepared(insert(FactRow))
