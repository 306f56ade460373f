"""Questions about service records."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, Select, false, or_, select, tuple_

from helpline.conversations import Conversation
from helpline.core import NotFound, Tx
from helpline.core.paging import cursor, place
from helpline.people.queries import teams_of

from .models import Handover, Reason, RecordReason, RecordState, Result, ServiceRecord


@dataclass(frozen=True)
class Filters:
    """What a list of records is narrowed to; several of a kind mean any of them."""

    state: Sequence[str] = ()
    handler_id: Sequence[str] = ()
    result_id: Sequence[str] = ()
    reason_id: Sequence[str] = ()
    category_id: Sequence[str] = ()
    owner_id: Sequence[str] = ()
    channel_kind: Sequence[str] = ()
    contact_id: Sequence[str] = ()
    created_from: datetime | None = None
    created_to: datetime | None = None
    text: str = field(default="")


def is_visible(tx: Tx) -> ColumnElement[bool]:
    """Which records the actor may see: all for supervisors, else those one handles and those of one's teams."""
    here = ServiceRecord.workspace_id == tx.workspace_id
    if tx.actor.kind == "system" or tx.actor.may("record.read_all"):
        return here
    if tx.actor.kind != "agent":
        return false()
    mine = or_(ServiceRecord.handler_id == tx.actor.id, ServiceRecord.team_id.in_(teams_of(tx, tx.actor.id)))
    return here & mine


def visible(tx: Tx, record_id: str) -> ServiceRecord:
    """The record, if the actor may see it; to others there is none."""
    seen = select(ServiceRecord).where(ServiceRecord.workspace_id == tx.workspace_id, is_visible(tx))
    found = tx.db.scalar(seen.where(ServiceRecord.id == record_id))
    if found is None:
        raise NotFound(f"There is no service record {record_id[:64]!r} that you may see.")
    return found


def page(tx: Tx, filters: Filters, limit: int, after: str | None) -> tuple[list[ServiceRecord], str | None]:
    """One page, newest first."""
    rows = select(ServiceRecord).where(ServiceRecord.workspace_id == tx.workspace_id, is_visible(tx))
    for name in ("state", "handler_id", "result_id", "category_id", "owner_id", "channel_kind", "contact_id"):
        wanted = getattr(filters, name)
        if wanted:
            rows = rows.where(getattr(ServiceRecord, name).in_(wanted))
    if filters.reason_id:
        rows = rows.where(ServiceRecord.id.in_(_with_reasons(tx, filters.reason_id)))
    if filters.created_from:
        rows = rows.where(ServiceRecord.started_at >= filters.created_from)
    if filters.created_to:
        rows = rows.where(ServiceRecord.started_at < filters.created_to)
    if filters.text:
        like = "%" + filters.text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        texts = (ServiceRecord.notes, ServiceRecord.contact_name)
        rows = rows.where(or_(*(column.ilike(like, escape="\\") for column in texts)))
    if after:
        rows = rows.where(tuple_(ServiceRecord.started_at, ServiceRecord.id) < place(after, datetime, str))
    order = (ServiceRecord.started_at.desc(), ServiceRecord.id.desc())
    found = list(tx.db.scalars(rows.order_by(*order).limit(limit + 1)))
    more = cursor(found[limit - 1].started_at, found[limit - 1].id) if len(found) > limit else None
    return found[:limit], more


def _with_reasons(tx: Tx, reason_ids: Sequence[str]) -> Select[str]:
    # A heading stands for everything below it.
    below = select(Reason.id).where(Reason.workspace_id == tx.workspace_id, Reason.parent_id.in_(reason_ids))
    chosen = or_(RecordReason.reason_id.in_(reason_ids), RecordReason.reason_id.in_(below))
    return select(RecordReason.id).where(RecordReason.workspace_id == tx.workspace_id, chosen)


def unfinished_with(tx: Tx, contact_point_id: str, contact_id: str | None, handler_id: str) -> ServiceRecord | None:
    """The handler's newest record with this contact that is open or in wrap-up."""
    same = ServiceRecord.contact_point_id == contact_point_id
    rows = select(ServiceRecord).where(
        ServiceRecord.workspace_id == tx.workspace_id,
        ServiceRecord.handler_id == handler_id,
        ServiceRecord.state != RecordState.COMPLETED,
        or_(same, ServiceRecord.contact_id == contact_id) if contact_id else same,
    )
    newest = rows.order_by(ServiceRecord.started_at.desc(), ServiceRecord.id.desc()).limit(1)
    return tx.db.scalar(newest.with_for_update())


def conversations_of(tx: Tx, record_id: str) -> list[Conversation]:
    """The record's conversations, in order."""
    rows = select(Conversation).where(Conversation.workspace_id == tx.workspace_id, Conversation.record_id == record_id)
    return list(tx.db.scalars(rows.order_by(Conversation.created_at, Conversation.id)))


def conversation_ids(tx: Tx, record_ids: list[str]) -> dict[str, list[str]]:
    """The ids of each record's conversations, in order; one question for a whole page."""
    rows = select(Conversation.record_id, Conversation.id).where(
        Conversation.workspace_id == tx.workspace_id, Conversation.record_id.in_(record_ids)
    )
    found: dict[str, list[str]] = {}
    for record_id, id in tx.db.execute(rows.order_by(Conversation.created_at, Conversation.id)):
        found.setdefault(str(record_id), []).append(id)
    return found


def handovers(tx: Tx, record_id: str) -> list[Handover]:
    """Who had the record, in order."""
    rows = select(Handover).where(Handover.workspace_id == tx.workspace_id, Handover.record_id == record_id)
    return list(tx.db.scalars(rows.order_by(Handover.at, Handover.id)))


def results(tx: Tx) -> list[Result]:
    """The administrator's results, in order."""
    rows = select(Result).where(Result.workspace_id == tx.workspace_id)
    return list(tx.db.scalars(rows.order_by(Result.position, Result.label)))


def reasons(tx: Tx) -> list[Reason]:
    """The administrator's reasons, in order."""
    rows = select(Reason).where(Reason.workspace_id == tx.workspace_id)
    return list(tx.db.scalars(rows.order_by(Reason.position, Reason.label)))
