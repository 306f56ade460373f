"""What can be done with a service record."""

from typing import Any

from sqlalchemy import delete, insert

from helpline.channels import Category
from helpline.contacts import ContactPoint
from helpline.contacts.queries import current, held
from helpline.conversations import CloseReason, Conversation, State, identifying, serving
from helpline.conversations.queries import open_with
from helpline.core import Conflict, Forbidden, Invalid, Tx
from helpline.core.errors import EditedMeanwhile, LostRace
from helpline.people import Presence

from . import queries
from .events import RecordCompleted, RecordEdited, RecordReopened, RecordWrapUpStarted
from .models import Reason, RecordReason, RecordState, Result, ServiceRecord
from .rules import applies

_MISSING = {
    "result": "Choose one result to complete this service.",
    "reasons": "Choose at least one reason.",
    "notes": "Write a note.",
    "contact": "Say who the contact is.",
}


class RecordIsCompleted(Conflict):
    """The record is completed and read-only; reopen it first."""

    @classmethod
    def code(cls) -> str:
        return "record_completed"


class RecordIncomplete(Invalid):
    """Something is still missing to complete this service."""


class NotYourRecord(Forbidden):
    """Only the handler, or somebody who may edit every record, changes it."""


class NotCompleted(Conflict):
    """Only a completed record can be reopened."""


class UnknownChoice(Invalid):
    """This choice is not on the list, or is switched off."""


def edit(tx: Tx, record_id: str, version: int | None, **changes: Any) -> ServiceRecord:
    """Fill in or change result, reasons, notes and contact, unless somebody else did since ``version``."""
    queries.visible(tx, record_id)
    _hold(tx, record_id, identifies="contact_id" in changes, contact_id=changes.get("contact_id"))
    record = _to_edit(tx, record_id)
    _refuse_older(tx, record, version)
    _apply(tx, record, changes)
    return record


def complete(tx: Tx, record_id: str, version: int | None = None, **changes: Any) -> ServiceRecord:
    """End this service: end its conversations that still run, check what is required, and make it read-only."""
    queries.visible(tx, record_id)
    running = _running(tx, record_id)
    _hold(tx, record_id, ends=True, identifies="contact_id" in changes, contact_id=changes.get("contact_id"))
    record = _to_edit(tx, record_id, completed_too=True)
    if record.state == RecordState.COMPLETED:
        return record
    _refuse_older(tx, record, version)
    _apply(tx, record, changes)
    missing = _missing(tx, record)
    if missing:
        raise RecordIncomplete(errors=[{"field": field, "detail": _MISSING[field]} for field in missing])
    if _running(tx, record_id) != running:  # another one joined, or one ended, before all was held
        raise LostRace
    for conversation_id in running:
        serving.close(tx, conversation_id, CloseReason.AGENT_CLOSED)
    (record,) = tx.lock(ServiceRecord, record_id)
    record.state, record.ended_at = RecordState.COMPLETED, tx.now
    record.conversation_ended_at = record.conversation_ended_at or tx.now
    record.version += 1
    labels = [reason["label"] for reason in record.reasons]
    tx.emit(RecordCompleted(record_id=record_id, result=record.result_label or None, reasons=labels))
    return record


def reopen(tx: Tx, record_id: str) -> ServiceRecord:
    """Make a completed record editable again, for its handler."""
    record = _to_edit(tx, record_id, completed_too=True)
    if record.state != RecordState.COMPLETED:
        raise NotCompleted
    record.state, record.ended_at = RecordState.OPEN, None
    record.version += 1
    tx.emit(RecordReopened(record_id=record_id))
    return record


def correct(tx: Tx, record: ServiceRecord, **changes: Any) -> bool:
    """Take over what an import knows better, also on a completed record; whether it was anything. The caller holds it."""
    version = record.version
    _apply(tx, record, changes)
    return record.version != version


def start_wrap_up(tx: Tx, record_id: str, *, by_itself: bool = False) -> None:
    """The last of the record's conversations ended; of one that did so ``by_itself`` the result may be known."""
    (record,) = tx.lock(ServiceRecord, record_id)
    if record.state != RecordState.OPEN:
        return
    if any(conversation.state != State.CLOSED for conversation in queries.conversations_of(tx, record_id)):
        return
    record.state, record.conversation_ended_at = RecordState.WRAP_UP, tx.now
    record.version += 1
    tx.emit(RecordWrapUpStarted(record_id=record_id))
    result = queries.automatic_result(tx, record.category_id) if by_itself and record.result_id is None else None
    if result and applies(result.applies_to, record.direction, record.channel_kind):
        record.result_id, record.result_label = result.id, result.label
        tx.emit(RecordEdited(record_id=record_id, fields=["result"]))


def _running(tx: Tx, record_id: str) -> list[str]:
    return [row.id for row in queries.conversations_of(tx, record_id) if row.state != State.CLOSED]


def _hold(
    tx: Tx, record_id: str, *, ends: bool = False, identifies: bool = False, contact_id: str | None = None
) -> None:
    """What a change reaches, in the order of locks: contact points, contact, teams, conversations, agents; the record last."""
    mine = queries.conversations_of(tx, record_id)
    reached = {row.id for row in mine if identifies or (ends and row.state != State.CLOSED)}
    if identifies:
        points = {row.contact_point_id for row in mine}
        tx.lock(ContactPoint, *points)
        if contact_id:
            held(tx, contact_id)
        reached |= set(open_with(tx, *points))
    talks = serving.hold(tx, *reached) if ends else tx.lock(Conversation, *reached)
    if ends:
        tx.lock(Presence, *{row.agent_id for row in talks if row.agent_id})


def _to_edit(tx: Tx, record_id: str, *, completed_too: bool = False) -> ServiceRecord:
    queries.visible(tx, record_id)
    (record,) = tx.lock(ServiceRecord, record_id)
    if record.handler_id != tx.actor.id and not tx.actor.may("record.edit_all"):
        raise NotYourRecord
    if record.state == RecordState.COMPLETED and not completed_too:
        raise RecordIsCompleted
    return record


def _refuse_older(tx: Tx, record: ServiceRecord, version: int | None) -> None:
    if version is not None and version != record.version:
        from .shapes import record_out

        raise EditedMeanwhile(record=record_out(tx, record))


def _apply(tx: Tx, record: ServiceRecord, changes: dict[str, Any]) -> None:
    changed: list[str] = []
    if "result_id" in changes and changes["result_id"] != record.result_id:
        result = _result(tx, record, changes["result_id"]) if changes["result_id"] else None
        record.result_id, record.result_label = (result.id, result.label) if result else (None, "")
        changed.append("result")
    if "reason_ids" in changes and changes["reason_ids"] != [reason["id"] for reason in record.reasons]:
        _set_reasons(tx, record, changes["reason_ids"])
        changed.append("reasons")
    if "notes" in changes and changes["notes"] != record.notes:
        record.notes = changes["notes"]
        changed.append("notes")
    if "contact_id" in changes and changes["contact_id"] != record.contact_id:
        contact = current(tx, changes["contact_id"]) if changes["contact_id"] else None
        record.contact_id = contact.id if contact else None
        record.contact_name = contact.name if contact else record.contact_name
        changed.append("contact")
        for conversation in queries.conversations_of(tx, record.id):
            identifying.identify(tx, conversation.id, contact)
    if changed:
        record.version += 1
        record.edited_by_id, record.edited_at = tx.actor.id, tx.now
        tx.emit(RecordEdited(record_id=record.id, fields=changed))


def _result(tx: Tx, record: ServiceRecord, result_id: str) -> Result:
    result: Result = _chosen(tx, Result, result_id, "result")
    if not applies(result.applies_to, record.direction, record.channel_kind):
        raise UnknownChoice(field="result")
    return result


def _set_reasons(tx: Tx, record: ServiceRecord, reason_ids: list[str]) -> None:
    kept = {reason["id"]: reason for reason in record.reasons}
    chosen = list(dict.fromkeys(reason_ids))
    # What was on the record stays as it was written, also when the list has changed since.
    record.reasons = [kept.get(id) or _leaf(tx, record, id) for id in chosen]
    mine = (RecordReason.workspace_id == tx.workspace_id, RecordReason.id == record.id)
    tx.execute(delete(RecordReason).where(*mine))
    if chosen:
        rows = [{"workspace_id": tx.workspace_id, "id": record.id, "reason_id": id} for id in chosen]
        tx.execute(insert(RecordReason), rows)


def _leaf(tx: Tx, record: ServiceRecord, reason_id: str) -> dict[str, str]:
    reason = _chosen(tx, Reason, reason_id, "reasons")
    if reason.parent_id is None or (reason.category_ids and record.category_id not in reason.category_ids):
        raise UnknownChoice(field="reasons")
    return {"id": reason.id, "label": reason.label}


def _chosen(tx: Tx, model: Any, id: str, field: str) -> Any:
    row = tx.find(model, id)
    if row is None or not row.active:
        raise UnknownChoice(field=field)
    return row


def _missing(tx: Tx, record: ServiceRecord) -> list[str]:
    filled = {
        "result": record.result_id,
        "reasons": record.reasons,
        "notes": record.notes.strip(),
        "contact": record.contact_id,
    }
    return [field for field in tx.get(Category, record.category_id).requires if not filled[field]]
