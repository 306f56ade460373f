"""When a service begins, changes hands and ends with its conversation."""

from helpline.channels import Category, Channel, Owner
from helpline.conversations import CloseReason, Conversation
from helpline.conversations.events import (
    ConversationAnswered,
    ConversationAssigned,
    ConversationClosed,
    ConversationIdentified,
    ConversationRecorded,
)
from helpline.conversations.rating_events import ConversationRated
from helpline.core import Tx, new_id

from . import actions, queries
from .events import ReasonSet, RecordCreated, RecordFact, RecordHandedOver, RecordJoined, RecordRated, ResultSet
from .models import Handover, RecordState, ServiceRecord
from .shapes import reason_update, record_update, result_update

BY_ITSELF = {CloseReason.CONTACT_TIMEOUT, CloseReason.SERVICE_LIMIT}
"""What ends a service without anybody saying so."""


def begin(tx: Tx, fact: ConversationAnswered) -> None:
    """The first answer of an agent makes a record, or joins the one they still have open with this contact."""
    (conversation,) = tx.lock(Conversation, fact.conversation_id)
    if conversation.record_id is not None:
        return
    record = queries.unfinished_with(tx, conversation.contact_point_id, conversation.contact_id, fact.agent_id)
    if record is None:
        record = _create(tx, conversation, fact.agent_id, fact.direction)
    else:
        record.state, record.conversation_ended_at = RecordState.OPEN, None
        record.version += 1
        tx.emit(RecordJoined(record_id=record.id, conversation_id=conversation.id))
    conversation.record_id = record.id
    conversation.version += 1
    tx.emit(ConversationRecorded(conversation_id=conversation.id, record_id=record.id))


def hand_over(tx: Tx, fact: ConversationAssigned) -> None:
    """A conversation whose service has begun came to another agent: they are the handler now."""
    conversation = tx.get(Conversation, fact.conversation_id)
    if conversation.record_id is None:
        return
    (record,) = tx.lock(ServiceRecord, conversation.record_id)
    if record.state == RecordState.COMPLETED or record.handler_id == fact.agent_id:
        return
    was, record.handler_id = record.handler_id, fact.agent_id
    record.version += 1
    _keep_handover(tx, record, was, fact.why)
    tx.emit(RecordHandedOver(record_id=record.id, from_id=was, to_id=fact.agent_id, why=fact.why))


def start_wrap_up(tx: Tx, fact: ConversationClosed) -> None:
    """With its last conversation closed the record waits to be completed."""
    conversation = tx.get(Conversation, fact.conversation_id)
    if conversation.record_id is not None:
        actions.start_wrap_up(tx, conversation.record_id, by_itself=fact.reason in BY_ITSELF)


def take_rating(tx: Tx, fact: ConversationRated) -> None:
    """What the contact thought stands on the record, completed or not."""
    conversation = tx.get(Conversation, fact.conversation_id)
    if conversation.record_id is None:
        return
    (record,) = tx.lock(ServiceRecord, conversation.record_id)
    record.rating = fact.stars
    record.version += 1
    tx.emit(RecordRated(record_id=record.id, conversation_id=conversation.id, stars=fact.stars))


def take_contact_over(tx: Tx, fact: ConversationIdentified) -> None:
    """Who the contact is becomes known on the record, while it can be written."""
    conversation = tx.get(Conversation, fact.conversation_id)
    if conversation.record_id is None:
        return
    (record,) = tx.lock(ServiceRecord, conversation.record_id)
    is_another = record.contact_id != fact.contact_id
    is_named = fact.contact_id is None and record.contact_name != conversation.contact_name
    if record.state != RecordState.COMPLETED and (is_another or is_named):
        record.contact_id, record.contact_name = fact.contact_id, conversation.contact_name
        record.version += 1


def show_record(tx: Tx, fact: RecordFact) -> None:
    """The handler and the supervisors get the record as it is now."""
    tx.touch(record_update, fact.record_id)


def show_to_former_handler(tx: Tx, fact: RecordHandedOver) -> None:
    """Who handed it over sees that it is gone."""
    tx.touch(record_update, fact.record_id, f"agent:{fact.from_id}")


def show_after_identifying(tx: Tx, fact: ConversationIdentified) -> None:
    """The record shows the name too."""
    record_id = tx.get(Conversation, fact.conversation_id).record_id
    if record_id:
        tx.touch(record_update, record_id)


def show_result(tx: Tx, fact: ResultSet) -> None:
    """Every desk gets the result as it is now."""
    tx.touch(result_update, fact.id)


def show_reason(tx: Tx, fact: ReasonSet) -> None:
    """Every desk gets the reason as it is now."""
    tx.touch(reason_update, fact.id)


def _create(tx: Tx, conversation: Conversation, agent_id: str, direction: str) -> ServiceRecord:
    channel = tx.get(Channel, conversation.channel_id)
    category = tx.get(Category, conversation.category_id)
    owner = tx.find(Owner, category.owner_id)
    since = conversation.queued_at or conversation.created_at
    waited = ((conversation.assigned_at or tx.now) - since).total_seconds()
    record = ServiceRecord(
        workspace_id=tx.workspace_id,
        id=new_id(),
        number=tx.number("record"),
        version=1,
        state=RecordState.OPEN,
        direction=direction,
        handler_id=agent_id,
        contact_id=conversation.contact_id,
        contact_name=conversation.contact_name,
        contact_point_id=conversation.contact_point_id,
        owner_id=owner.id if owner else None,
        owner_name=owner.name if owner else "",
        team_id=conversation.team_id,
        category_id=category.id,
        category_name=category.name,
        channel_id=channel.id,
        channel_kind=channel.kind,
        channel_name=channel.name,
        reasons=[],
        notes="",
        started_at=tx.now,
        waited_seconds=max(waited, 0.0),
    )
    tx.db.add(record)
    tx.db.flush()
    _keep_handover(tx, record, None, "first_answer")
    tx.emit(
        RecordCreated(record_id=record.id, number=record.number, conversation_id=conversation.id, handler_id=agent_id)
    )
    return record


def _keep_handover(tx: Tx, record: ServiceRecord, was: str | None, why: str) -> None:
    kept = Handover(workspace_id=tx.workspace_id, id=new_id(), record_id=record.id, from_id=was)
    kept.to_id, kept.at, kept.why = record.handler_id, tx.now, why
    tx.db.add(kept)
