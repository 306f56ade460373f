"""Service records as lines, or as part of the line of their only conversation."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from helpline.contacts import Contact
from helpline.core import Tx
from helpline.service_records import ServiceRecord
from helpline.service_records.models import Handover

from .called import Called
from .lines import HandoverIn, ReasonIn, RecordIn


class Records:
    """What the lines of some records need, read at once."""

    def __init__(self, tx: Tx, called: Called, records: Sequence[ServiceRecord]) -> None:
        self._called = called
        self._ids = called.elsewhere("record", [record.id for record in records])
        wanted = [record.contact_id for record in records if record.contact_id]
        self._contacts = called.elsewhere("contact", wanted)
        row = Contact
        found = select(row.id, row.name).where(row.workspace_id == tx.workspace_id, row.id.in_(wanted))
        self._contact_names = {one.id: one.name for one in tx.execute(found)}
        self._handovers: dict[str, list[HandoverIn]] = {}
        mine = (Handover.workspace_id == tx.workspace_id, Handover.record_id.in_(self._ids))
        for one in tx.db.scalars(select(Handover).where(*mine).order_by(Handover.at, Handover.id)):
            line = HandoverIn(to=called.agents[one.to_id], at=one.at, why=one.why)
            self._handovers.setdefault(one.record_id, []).append(line)

    def id_of(self, record: ServiceRecord) -> str:
        """Its id in lines."""
        return self._ids[record.id]

    def fields(self, record: ServiceRecord) -> dict[str, Any]:
        """What a line says of a record."""
        called = self._called
        result = called.results.get(record.result_id or "")
        return {
            "id": self._ids[record.id],
            "number": record.number,
            "handler": called.agents[record.handler_id],
            "contact": self._contacts.get(record.contact_id or ""),
            "state": None if record.ended_at else record.state,
            "team": called.teams[record.team_id],
            "owner": called.owners.get(record.owner_id or ""),
            "direction": record.direction,
            "result": result.label if result else None,
            "reasons": [self._reason(one) for one in record.reasons],
            "notes": record.notes,
            "started_at": record.started_at,
            "conversation_ended_at": record.conversation_ended_at,
            "ended_at": record.ended_at,
            "waited_seconds": record.waited_seconds,
            "rating": record.rating,
            "edited_by": called.agents.get(record.edited_by_id or ""),
            "edited_at": record.edited_at,
            "handovers": self._handovers.get(record.id, []),
            "written": self._written(record, result.label if result else ""),
        }

    def inline(self, record: ServiceRecord) -> RecordIn:
        """As part of a conversation."""
        return RecordIn(**self.fields(record))

    def _reason(self, chosen: dict[str, str]) -> ReasonIn:
        reason = self._called.reasons[chosen["id"]]
        written = chosen["label"] if chosen["label"] != reason.label else None
        return ReasonIn(label=reason.label, heading=self._called.heading(reason), written=written)

    def _written(self, record: ServiceRecord, result: str) -> dict[str, str]:
        called = self._called
        pairs = {
            "result": (record.result_label, result),
            "owner": (record.owner_name, called.owners.get(record.owner_id or "", "")),
            "category": (record.category_name, called.categories.get(record.category_id, "")),
            "channel": (record.channel_name, called.channels.get(record.channel_id, "")),
            "contact": (record.contact_name, self._contact_names.get(record.contact_id or "")),
        }
        return {name: then for name, (then, now) in pairs.items() if then != now}
