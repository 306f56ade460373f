"""The audit log: who changed how things are set up, and who came in, newest first."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from helpline.core import Out, Tx
from helpline.core.actor import ActorKind
from helpline.core.facts import Changes, FactRow
from helpline.core.paging import cursor, place

from .models import Agent


class AuditOut(Out):
    seq: int
    at: datetime
    topic: str
    actor_kind: ActorKind
    actor_id: str
    actor_name: str
    subject_id: str | None
    subject_name: str
    changes: Changes
    details: dict[str, Any]


class AuditPage(Out):
    items: list[AuditOut]
    next: str | None


def page(
    tx: Tx,
    *,
    actor_ids: Sequence[str] = (),
    topics: Sequence[str] = (),
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int,
    after: str | None,
) -> AuditPage:
    """One page of what the filters let through; several values of one kind mean any of them."""
    row = FactRow
    chosen = select(row).where(row.workspace_id == tx.workspace_id, row.audited)
    if actor_ids:
        chosen = chosen.where(row.actor_id.in_(actor_ids))
    if topics:
        chosen = chosen.where(row.topic.in_(topics))
    if since:
        chosen = chosen.where(row.at >= since)
    if until:
        chosen = chosen.where(row.at < until)
    if after:
        (seq,) = place(after, int)
        chosen = chosen.where(row.seq < seq)
    rows = list(tx.db.scalars(chosen.order_by(row.seq.desc()).limit(limit + 1)))
    more = cursor(rows[limit - 1].seq) if len(rows) > limit else None
    names = _names(tx, {id for row in rows for id in (row.actor_id, row.subject_id) if id})
    return AuditPage(items=[_out(row, names) for row in rows[:limit]], next=more)


def _names(tx: Tx, ids: set[str]) -> dict[str, str]:
    them = select(Agent.id, Agent.name).where(Agent.workspace_id == tx.workspace_id, Agent.id.in_(ids))
    return {row.id: row.name for row in tx.db.execute(them)}


def _out(row: FactRow, names: dict[str, str]) -> AuditOut:
    details = {**row.payload}
    changes, name = details.pop("changes", {}), details.pop("name", "")
    return AuditOut(
        seq=row.seq,
        at=row.at,
        topic=row.topic,
        actor_kind=row.actor_kind,
        actor_id=row.actor_id,
        actor_name=names.get(row.actor_id, ""),
        subject_id=row.subject_id,
        subject_name=name or names.get(row.subject_id or "", ""),
        changes=changes,
        details=details,
    )
