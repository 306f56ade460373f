"""What there was with a contact: conversations and service records over all contact points, newest first."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select, tuple_

from helpline.contacts import ContactPoint
from helpline.contacts.queries import current
from helpline.conversations import Conversation
from helpline.conversations import queries as conversations
from helpline.conversations.shapes import ConversationOut, conversation_out
from helpline.core import Out, Tx
from helpline.core.paging import cursor, place

from . import queries
from .models import ServiceRecord
from .shapes import RecordOut, records_out


class HappeningOut(Out):
    at: datetime
    conversation: ConversationOut | None
    record: RecordOut | None


class TimelinePage(Out):
    items: list[HappeningOut]
    next: str | None


def timeline(tx: Tx, contact_id: str, limit: int, after: str | None) -> TimelinePage:
    """One page of what the actor may see of it."""
    contact_id = current(tx, contact_id).id
    points = select(ContactPoint.id).where(ContactPoint.workspace_id == tx.workspace_id)
    points = points.where(ContactPoint.contact_id == contact_id)
    talks = _page(tx, Conversation, Conversation.created_at, conversations.is_visible(tx), points, None, limit, after)
    theirs = ServiceRecord.contact_id == contact_id
    records = _page(tx, ServiceRecord, ServiceRecord.started_at, queries.is_visible(tx), points, theirs, limit, after)
    found = [(row.created_at, row.id, row) for row in talks] + [(row.started_at, row.id, row) for row in records]
    found.sort(key=lambda one: one[:2], reverse=True)
    page = found[:limit]
    more = cursor(*page[-1][:2]) if len(found) > limit else None
    shown = {out.id: out for out in records_out(tx, [row for _, _, row in page if isinstance(row, ServiceRecord)])}
    return TimelinePage(items=[_happening(at, row, shown) for at, _, row in page], next=more)


def _page(
    tx: Tx,
    model: Any,
    at: Any,
    may_see: ColumnElement[bool],
    points: Select[str],
    also: ColumnElement[bool] | None,
    limit: int,
    after: str | None,
) -> list[Any]:
    theirs = model.contact_point_id.in_(points)
    rows = select(model).where(model.workspace_id == tx.workspace_id, may_see)
    rows = rows.where(theirs if also is None else or_(theirs, also))
    if after:
        rows = rows.where(tuple_(at, model.id) < place(after, datetime, str))
    return list(tx.db.scalars(rows.order_by(at.desc(), model.id.desc()).limit(limit + 1)))


def _happening(at: datetime, row: Conversation | ServiceRecord, records: dict[str, RecordOut]) -> HappeningOut:
    if isinstance(row, Conversation):
        return HappeningOut(at=at, conversation=conversation_out(row), record=None)
    return HappeningOut(at=at, conversation=None, record=records[row.id])
