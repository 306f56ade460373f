"""Merged contacts as lines, and from lines: so that a merge can be undone also where the workspace went to."""

from collections.abc import Iterable
from typing import Any, TypeVar

from sqlalchemy import select

from helpline.contacts import Contact, ContactMerge, ContactPoint
from helpline.contacts.events import ContactMerged, ContactMergeUndone
from helpline.conversations import Conversation
from helpline.core import Scoped, Tx, new_id
from helpline.service_records import ServiceRecord

from . import known
from .called import Called
from .errors import InTheFuture, OutOfOrder, UnknownLine
from .merge_lines import ContactMergeLine, MergedPart, PointIn
from .names import Names
from .outcome import NEW, UNCHANGED, Outcome

M = TypeVar("M", bound=Scoped)


def line_of(tx: Tx, called: Called, row: ContactMerge) -> ContactMergeLine:
    """A merge as a line."""
    ids = called.elsewhere("contact", [row.contact_id, *row.merged])
    filled: dict[Any, str] = dict(row.filled)
    if agent_id := filled.pop("agent_id", None):
        filled["agent"] = called.agents[agent_id]
    return ContactMergeLine(
        id=called.elsewhere("contact_merge", [row.id])[row.id],
        contact=ids[row.contact_id],
        merged=[_part(tx, called, ids[id], row.moved[id]) for id in row.merged],
        filled=filled,
        at=row.at,
        by=called.agents.get(row.by_id),
        undone_at=row.undone_at,
        undone_by=called.agents.get(row.undone_by_id or ""),
    )


def bring(tx: Tx, line: ContactMergeLine, names: Names) -> Outcome:
    """A merge, as it stands. One that is here already stays as it is, also when it was undone since."""
    if known.find(tx, ContactMerge, "contact_merge", line.id, line) is not None:
        return UNCHANGED
    if max(line.at, line.undone_at or line.at) > tx.now:
        raise InTheFuture(field="at")
    if line.undone_at and line.undone_at < line.at:
        raise OutOfOrder("This was undone before it was done.", field="undone_at")
    primary = _there(tx, Contact, "contact", line.contact)
    others = [_there(tx, Contact, "contact", part.contact) for part in line.merged]
    if len({primary.id, *(other.id for other in others)}) <= len(others):
        raise OutOfOrder("A contact cannot be merged twice, or into itself.", field="merged")
    row = ContactMerge(workspace_id=tx.workspace_id, id=new_id(), contact_id=primary.id, at=line.at)
    row.merged = [other.id for other in others]
    row.moved = {other.id: _moved(tx, part, names) for other, part in zip(others, line.merged, strict=True)}
    row.filled = {name: value for name, value in line.filled.items() if name != "agent"}
    if "agent" in line.filled:
        row.filled = row.filled | {"agent_id": names.agent(line.filled["agent"], "filled").id}
    row.by_id = names.agent(line.by, "by").id if line.by else ""
    row.undone_at, row.undone_by_id = line.undone_at, names.agent(line.undone_by).id if line.undone_by else None
    tx.db.add(row)
    tx.db.flush()
    told: dict[str, Any] = {"contact_id": primary.id, "merge_id": row.id, "name": primary.name}
    told["merged"] = {other.id: other.name for other in others}
    tx.recall(ContactMerged(**told), line.at)
    if line.undone_at:
        tx.recall(ContactMergeUndone(**told), line.undone_at)
    for other in others:
        if not line.undone_at:
            other.merged_into_id = primary.id
    known.remember(tx, "contact_merge", line.id, row.id, line)
    return NEW


def _part(tx: Tx, called: Called, contact: str, moved: dict[str, Any]) -> MergedPart:
    talks = called.elsewhere("conversation", [*moved["named"], *moved["stay"]])
    records = called.elsewhere("record", [*moved["records"], *moved["kept"]])
    row = ContactPoint
    points = select(row.channel_id, row.address).where(row.workspace_id == tx.workspace_id, row.id.in_(moved["points"]))
    return MergedPart(
        contact=contact,
        points=[PointIn(called.channels[one.channel_id], one.address) for one in tx.execute(points.order_by(row.id))],
        named={talks[id]: name for id, name in moved["named"].items()},
        stay=[talks[id] for id in moved["stay"]],
        records={records[id]: name for id, name in moved["records"].items()},
        kept=[records[id] for id in moved["kept"]],
    )


def _moved(tx: Tx, part: MergedPart, names: Names) -> dict[str, Any]:
    talks = _ids(tx, Conversation, "conversation", [*part.named, *part.stay])
    records = _ids(tx, ServiceRecord, "record", [*part.records, *part.kept])
    return {
        "points": sorted(_point(tx, one, names) for one in part.points),
        "named": {talks[id]: name for id, name in part.named.items()},
        "stay": [talks[id] for id in part.stay],
        "records": {records[id]: name for id, name in part.records.items()},
        "kept": [records[id] for id in part.kept],
    }


def _point(tx: Tx, given: PointIn, names: Names) -> str:
    row = ContactPoint
    mine = (row.workspace_id == tx.workspace_id, row.channel_id == names.channel(given.channel, None, None).id)
    id = tx.db.scalar(select(row.id).where(*mine, row.address == given.address))
    if id is None:
        raise UnknownLine(f"There is no contact point {given.address[:80]!r}.", field="points")
    return id


def _ids(tx: Tx, model: type[M], kind: str, external_ids: Iterable[str]) -> dict[str, str]:
    return {id: _there(tx, model, kind, id).id for id in external_ids}


def _there(tx: Tx, model: type[M], kind: str, external_id: str) -> M:
    there = known.find(tx, model, kind, external_id)
    if there is None:
        raise UnknownLine(f"There is no {kind} {external_id[:80]!r}; give its line first.", field="merged")
    return tx.get(model, there.id)
