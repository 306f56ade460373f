"""How service records, results and reasons look on the wire."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import Meta

from helpline.channels import Category
from helpline.channels.models import ChannelKind, Required
from helpline.conversations.models import MessageState
from helpline.conversations.shapes import ConversationOut, conversation_out
from helpline.core import In, Out, Tx, Update
from helpline.core.shapes import UNSET, UnsetType

from . import queries
from .models import Reason, RecordState, Result, ServiceKind, ServiceRecord
from .talks import NONE, Talks, addresses_of, talks_of

Label = Annotated[str, Meta(min_length=1, max_length=120)]
Notes = Annotated[str, Meta(max_length=20_000)]
Position = Annotated[int, Meta(ge=0, le=100_000)]
Kinds = Annotated[list[ServiceKind], Meta(max_length=4)]
Categories = Annotated[list[str], Meta(max_length=1000)]


class LabelOut(Out):
    id: str
    label: str


class RecordOut(Out):
    id: str
    number: int
    version: int
    state: RecordState
    direction: Literal["inbound", "outbound"]
    handler_id: str
    contact_id: str | None
    contact_name: str
    contact_point_id: str
    address: str
    """The contact's number or e-mail address by this channel; empty where it has none that people can read."""
    owner_id: str | None
    owner_name: str
    category_id: str
    category_name: str
    channel_id: str
    channel_kind: ChannelKind
    channel_name: str
    result: LabelOut | None
    reasons: list[LabelOut]
    notes: str
    edited_by_id: str | None
    edited_at: datetime | None
    started_at: datetime
    conversation_ended_at: datetime | None
    ended_at: datetime | None
    waited_seconds: float
    rating: int | None
    conversation_ids: list[str]
    subject: str
    """Of the latest conversation, on channels where people say so."""
    last_sent: MessageState | None
    """What became of the last message that went out in it, on channels outside."""
    requires: list[Required]


class HandoverOut(Out):
    from_id: str | None
    to_id: str
    at: datetime
    why: str


class RecordDetail(RecordOut):
    handovers: list[HandoverOut]
    conversations: list[ConversationOut]


class RecordPage(Out):
    items: list[RecordOut]
    next: str | None
    previous: str | None
    count: int | None


class RecordChange(In):
    version: int | None = None
    result_id: str | None | UnsetType = UNSET
    reason_ids: Annotated[list[str], Meta(max_length=50)] | UnsetType = UNSET
    notes: Notes | UnsetType = UNSET
    contact_id: str | None | UnsetType = UNSET


class ResultOut(Out):
    id: str
    label: str
    category: str
    applies_to: list[ServiceKind]
    automatic: bool
    automatic_in: list[str]
    active: bool
    position: int


class ResultIn(In):
    label: Label
    category: Annotated[str, Meta(max_length=120)] = ""
    applies_to: Kinds = []
    automatic: bool = False
    automatic_in: Categories = []
    position: Position | UnsetType = UNSET


class ResultChange(In):
    label: Label | UnsetType = UNSET
    category: Annotated[str, Meta(max_length=120)] | UnsetType = UNSET
    applies_to: Kinds | UnsetType = UNSET
    automatic: bool | UnsetType = UNSET
    automatic_in: Categories | UnsetType = UNSET
    active: bool | UnsetType = UNSET
    position: Position | UnsetType = UNSET


class ReasonOut(Out):
    id: str
    label: str
    parent_id: str | None
    description: str
    active: bool
    position: int
    category_ids: list[str]


class ReasonIn(In):
    label: Label
    parent_id: str | None = None
    description: Annotated[str, Meta(max_length=2000)] = ""
    position: Position | UnsetType = UNSET
    category_ids: list[str] = []


class ReasonChange(In):
    label: Label | UnsetType = UNSET
    parent_id: str | None | UnsetType = UNSET
    description: Annotated[str, Meta(max_length=2000)] | UnsetType = UNSET
    active: bool | UnsetType = UNSET
    position: Position | UnsetType = UNSET
    category_ids: list[str] | UnsetType = UNSET


_ADDED = {"result", "address", "conversation_ids", "subject", "last_sent", "requires"}
_SAME = [name for name in RecordOut.__struct_fields__ if name not in _ADDED]


def _fields(record: ServiceRecord, address: str, talks: Talks, requires: list[Required]) -> dict[str, Any]:
    result = LabelOut(id=record.result_id, label=record.result_label) if record.result_id else None
    read = record.__dict__  # to ask for a page's attributes one by one takes as long as to read it
    same = {name: read[name] if name in read else getattr(record, name) for name in _SAME}
    said = {"conversation_ids": talks.ids, "subject": talks.subject, "last_sent": talks.last_sent}
    return {**same, **said, "result": result, "address": address, "requires": requires}


def record_out(tx: Tx, record: ServiceRecord) -> RecordOut:
    """One record."""
    return records_out(tx, [record])[0]


def records_out(tx: Tx, records: list[ServiceRecord]) -> list[RecordOut]:
    """A page of records."""
    return [RecordOut(**fields) for fields in _page(tx, records)]


def record_detail(tx: Tx, record: ServiceRecord) -> RecordDetail:
    """One record with its conversations and who had it."""
    (fields,) = _page(tx, [record])
    return RecordDetail(
        **fields,
        conversations=[conversation_out(row) for row in queries.conversations_of(tx, record.id)],
        handovers=[
            HandoverOut(from_id=row.from_id, to_id=row.to_id, at=row.at, why=row.why)
            for row in queries.handovers(tx, record.id)
        ],
    )


def _page(tx: Tx, records: list[ServiceRecord]) -> Iterator[dict[str, Any]]:
    talks, addresses = talks_of(tx, [record.id for record in records]), addresses_of(tx, records)
    requires = {id: tx.get(Category, id).requires for id in {record.category_id for record in records}}
    for record in records:
        address = addresses.get(record.contact_point_id, "")
        yield _fields(record, address, talks.get(record.id, NONE), requires[record.category_id])


def result_out(row: Result) -> ResultOut:
    """A result of the administrator's list."""
    return ResultOut(**{name: getattr(row, name) for name in ResultOut.__struct_fields__})


def reason_out(row: Reason) -> ReasonOut:
    """A reason of the administrator's list."""
    return ReasonOut(**{name: getattr(row, name) for name in ReasonOut.__struct_fields__})


def record_update(tx: Tx, id: str, also: frozenset[str]) -> Update:
    """What the handler, their team and those who see every record are told about a record."""
    record = tx.get(ServiceRecord, id)
    to = {f"agent:{record.handler_id}", f"team:{record.team_id}", "all_records", *also}
    return Update.of("record", id, record_out(tx, record), to)


def result_update(tx: Tx, id: str, also: frozenset[str]) -> Update:
    """What every desk is told about a result."""
    return Update.of("result", id, result_out(tx.get(Result, id)), {"everyone", *also})


def reason_update(tx: Tx, id: str, also: frozenset[str]) -> Update:
    """What every desk is told about a reason."""
    return Update.of("reason", id, reason_out(tx.get(Reason, id)), {"everyone", *also})
