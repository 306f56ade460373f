"""Service records from lines."""

from datetime import datetime
from typing import Any

from msgspec import UNSET
from sqlalchemy import insert, select

from helpline.channels import Category, Channel, Owner
from helpline.contacts import Contact
from helpline.conversations import Conversation
from helpline.conversations.events import ConversationRecorded
from helpline.core import Tx, new_id
from helpline.service_records import RecordState, ServiceRecord, actions
from helpline.service_records.events import (
    RecordCompleted,
    RecordCreated,
    RecordHandedOver,
    RecordJoined,
    RecordWrapUpStarted,
)
from helpline.service_records.models import Handover, RecordReason

from . import contacts, known
from .errors import InAnotherRecord, InTheFuture, OutOfOrder, PastIsFixed, UnknownLine, UnknownName
from .lines import Line, ReasonIn, RecordIn, RecordLine
from .names import Names
from .outcome import CHANGED, NEW, UNCHANGED, Outcome


def bring_line(tx: Tx, line: RecordLine, names: Names) -> Outcome:
    """A record with a line of its own, over conversations of earlier lines."""
    rows = []
    for external_id in line.conversations:
        there = known.find(tx, Conversation, "conversation", external_id)
        if there is None:
            raise UnknownLine(f"There is no conversation {external_id[:80]!r}.", field="conversations")
        rows.append(tx.get(Conversation, there.id))
    began_with = line.conversations.index(line.began_with) if line.began_with in line.conversations else None
    first = rows[began_with].id if began_with is not None else ""
    rows.sort(key=lambda row: (row.id != first, row.created_at, row.id))
    return bring(tx, line, line.id, rows, line, names)


def bring(
    tx: Tx, given: RecordIn, external_id: str, conversations: list[Conversation], line: Line, names: Names
) -> Outcome:
    """Make a record, or take over what may be corrected: result, reasons, notes, contact."""
    there = known.find(tx, ServiceRecord, "record", external_id, line)
    if there is not None and (there.is_same or there.is_ours):
        return UNCHANGED
    if there is not None:
        changed = _correct(tx, there.id, given, names)
        known.note_change(tx, "record", external_id, line)
        return CHANGED if changed else UNCHANGED
    if any(row.record_id is not None for row in conversations):
        raise InAnotherRecord(field="conversations")
    record = _write(tx, given, conversations, names)
    known.remember(tx, "record", external_id, record.id, line)
    return NEW


def _write(tx: Tx, given: RecordIn, conversations: list[Conversation], names: Names) -> ServiceRecord:
    first, last = conversations[0], conversations[-1]
    handler_id = names.agent(given.handler, "handler").id if given.handler else last.agent_id
    if handler_id is None:
        raise UnknownName("Say who gave this service.", field="handler")
    channel, category = tx.get(Channel, first.channel_id), tx.get(Category, first.category_id)
    owner = tx.find(Owner, category.owner_id) if given.owner is UNSET else None
    owner = names.owner(given.owner) if given.owner else owner
    contact_id = first.contact_id if given.contact is UNSET else None
    contact = tx.find(Contact, contacts.find(tx, given.contact) if given.contact else contact_id)
    record = ServiceRecord(workspace_id=tx.workspace_id, id=new_id(), number=_number(tx, given), version=1)
    record.handler_id, record.direction, record.notes = handler_id, given.direction, given.notes
    record.contact_id, record.contact_point_id = contact.id if contact else None, first.contact_point_id
    record.contact_name = given.written.get("contact", contact.name if contact else first.contact_name)
    record.owner_id = owner.id if owner else None
    record.owner_name = given.written.get("owner", owner.name if owner else "")
    record.team_id = names.team(given.team).id if given.team else first.team_id
    record.category_id = category.id
    record.edited_by_id = names.agent(given.edited_by, "edited_by").id if given.edited_by else None
    record.edited_at = given.edited_at
    record.category_name = given.written.get("category", category.name)
    record.channel_id, record.channel_kind = channel.id, channel.kind
    record.channel_name = given.written.get("channel", channel.name)
    _set_times(record, given, conversations, tx.now)
    result = names.result(given.result) if given.result else None
    record.result_id = result.id if result else None
    record.result_label = given.written.get("result", result.label) if result else ""
    record.reasons = _reasons(given, names)
    tx.db.add(record)
    tx.db.flush()
    if record.reasons:
        rows = [{"workspace_id": tx.workspace_id, "id": record.id, "reason_id": one["id"]} for one in record.reasons]
        tx.execute(insert(RecordReason), rows)
    _tell(tx, record, given, conversations, names)
    return record


def _number(tx: Tx, given: RecordIn) -> int:
    row = ServiceRecord
    if given.number is None or tx.db.scalar(
        select(row.id).where(row.workspace_id == tx.workspace_id, row.number == given.number)
    ):
        return tx.number("record")
    tx.number_at_least("record", given.number)
    return given.number


def _set_times(record: ServiceRecord, given: RecordIn, conversations: list[Conversation], now: datetime) -> None:
    first, answered = conversations[0], [row.first_answer_at for row in conversations if row.first_answer_at]
    ends = [row.closed_at for row in conversations if row.closed_at]
    over = max(ends) if len(ends) == len(conversations) else None
    started = given.started_at or (min(answered) if answered else first.assigned_at) or over or first.created_at
    record.started_at, record.conversation_ended_at = started, given.conversation_ended_at or over
    ended = record.conversation_ended_at if given.ended_at is UNSET else given.ended_at
    if given.state not in {None, RecordState.COMPLETED} and given.ended_at is UNSET:
        ended = None
    unfinished = RecordState.WRAP_UP if over else RecordState.OPEN
    record.ended_at, record.state = ended, RecordState.COMPLETED if ended else given.state or unfinished
    if (record.state == RecordState.COMPLETED) != (ended is not None) or (
        record.state != RecordState.OPEN and not over
    ):
        raise OutOfOrder("This service cannot be over yet, or is.", field="state" if given.state else "ended_at")
    if ended is not None and ended < started:
        raise OutOfOrder("This service ends before it starts.", field="ended_at")
    if max(filter(None, (started, record.conversation_ended_at, ended, given.edited_at))) > now:
        raise InTheFuture(field="ended_at")
    waited = ((first.assigned_at or started) - (first.queued_at or first.created_at)).total_seconds()
    record.rating = given.rating
    record.waited_seconds = max(waited, 0.0) if given.waited_seconds is None else given.waited_seconds


def _reasons(given: RecordIn, names: Names) -> list[dict[str, str]]:
    chosen: list[dict[str, str]] = []
    for said in given.reasons:
        asked = said if isinstance(said, ReasonIn) else ReasonIn(label=said)
        reason = names.reason(asked.label, asked.heading)
        if all(reason.id != one["id"] for one in chosen):
            chosen.append({"id": reason.id, "label": asked.written or reason.label})
    return chosen


def _tell(tx: Tx, record: ServiceRecord, given: RecordIn, conversations: list[Conversation], names: Names) -> None:
    """The hand-overs as rows, and all of it as facts."""
    steps = [(names.agent(one.to, "handovers").id, one.at, one.why) for one in given.handovers]
    steps = sorted(steps, key=lambda step: step[1]) or [(record.handler_id, record.started_at, "first_answer")]
    if steps[-1][0] != record.handler_id:
        raise OutOfOrder("The last hand-over is not to the handler.", field="handovers")
    first, before = conversations[0], None
    for to, at, why in steps:
        row = {"workspace_id": tx.workspace_id, "id": new_id(), "record_id": record.id}
        tx.execute(insert(Handover), {**row, "from_id": before, "to_id": to, "at": at, "why": why})
        if before is None:
            made: Any = RecordCreated(
                record_id=record.id, number=record.number, conversation_id=first.id, handler_id=to
            )
            tx.recall(made, record.started_at)
        else:
            tx.recall(RecordHandedOver(record_id=record.id, from_id=before, to_id=to, why=why), at)
        before = to
    for row_ in conversations:
        at = row_.first_answer_at or record.started_at
        if row_ is not first:
            tx.recall(RecordJoined(record_id=record.id, conversation_id=row_.id), at)
        row_.record_id = record.id
        tx.recall(ConversationRecorded(conversation_id=row_.id, record_id=record.id), at)
    if record.state != RecordState.OPEN:
        tx.recall(RecordWrapUpStarted(record_id=record.id), record.conversation_ended_at or record.started_at)
    if record.ended_at:
        labels = [one["label"] for one in record.reasons]
        done = RecordCompleted(record_id=record.id, result=record.result_label or None, reasons=labels)
        tx.recall(done, record.ended_at)


def _correct(tx: Tx, id: str, given: RecordIn, names: Names) -> bool:
    (record,) = tx.lock(ServiceRecord, id)
    for field in ("started_at", "conversation_ended_at", "ended_at"):
        value = getattr(given, field)
        if value not in {None, UNSET} and value != getattr(record, field):
            raise PastIsFixed(field=field)
    if given.handler and names.agent(given.handler, "handler").id != record.handler_id:
        raise PastIsFixed(field="handler")
    reasons = [one["id"] for one in _reasons(given, names)]
    changes: dict[str, Any] = {"notes": given.notes, "reason_ids": reasons}
    changes["result_id"] = names.result(given.result).id if given.result else None
    if given.contact:
        changes["contact_id"] = contacts.find(tx, given.contact)
    return actions.correct(tx, record, **changes)
