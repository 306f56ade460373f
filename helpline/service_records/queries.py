"""Questions about service records."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, false, or_, select

from helpline.conversations import Conversation
from helpline.conversations.rating_models import Rating
from helpline.core import NotFound, Tx
from helpline.people.queries import teams_of

from .models import Handover, Reason, RecordReason, RecordState, Result, ServiceRecord

RARE = 1000
"""A reason that fewer records than this have is looked up; a commoner one is met soon on the way through time."""


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
    return tx.db.scalar(newest.with_for_update(key_share=True))


def conversations_of(tx: Tx, record_id: str) -> list[Conversation]:
    """The record's conversations, in order."""
    rows = select(Conversation).where(Conversation.workspace_id == tx.workspace_id, Conversation.record_id == record_id)
    return list(tx.db.scalars(rows.order_by(Conversation.created_at, Conversation.id)))


def handovers(tx: Tx, record_id: str) -> list[Handover]:
    """Who had the record, in order."""
    rows = select(Handover).where(Handover.workspace_id == tx.workspace_id, Handover.record_id == record_id)
    return list(tx.db.scalars(rows.order_by(Handover.at, Handover.id)))


def ratings_of(tx: Tx, record_ids: Sequence[str]) -> dict[str, Rating]:
    """What was answered last of what each record's contact was asked, by record; one question for a whole page."""
    rows = select(Conversation.record_id, Rating)
    rows = rows.join(Rating, (Rating.workspace_id == Conversation.workspace_id) & (Rating.id == Conversation.id))
    rows = rows.where(Conversation.workspace_id == tx.workspace_id, Rating.workspace_id == tx.workspace_id)
    rows = rows.where(Conversation.record_id.in_(record_ids), Rating.rated_at.is_not(None))
    return {str(record_id): rating for record_id, rating in tx.db.execute(rows.order_by(Rating.rated_at, Rating.id))}


def results(tx: Tx) -> list[Result]:
    """The administrator's results, in order."""
    rows = select(Result).where(Result.workspace_id == tx.workspace_id)
    return list(tx.db.scalars(rows.order_by(Result.position, Result.label)))


def automatic_result(tx: Tx, category_id: str) -> Result | None:
    """What is given to a service of this channel category that ended by itself: the category's own, else the workspace's."""
    there = [row for row in results(tx) if row.active]
    own = next((row for row in there if category_id in row.automatic_in), None)
    return own or next((row for row in there if row.automatic), None)


def reasons(tx: Tx) -> list[Reason]:
    """The administrator's reasons, in order."""
    rows = select(Reason).where(Reason.workspace_id == tx.workspace_id)
    return list(tx.db.scalars(rows.order_by(Reason.position, Reason.label)))


def has_reason(tx: Tx, reason_ids: Sequence[str]) -> tuple[ColumnElement[bool], bool]:
    """Whether a record has one of these reasons, and whether few do."""
    # A heading stands for everything below it.
    below = select(Reason.id).where(Reason.workspace_id == tx.workspace_id, Reason.parent_id.in_(reason_ids))
    chosen = [*reason_ids, *tx.db.scalars(below)]
    having = select(RecordReason.id).where(
        RecordReason.workspace_id == tx.workspace_id, RecordReason.reason_id.in_(chosen)
    )
    if tx.db.scalar(having.offset(RARE - 1).limit(1)) is None:
        return ServiceRecord.id.in_(having), True
    return exists(having.where(RecordReason.id == ServiceRecord.id).correlate(ServiceRecord)), False
