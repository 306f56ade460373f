"""Mending what follows from other rows. Each looks again itself, so a repair that was not needed changes nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, delete, func, insert, select, update

from helpline.board import Visit
from helpline.board.past import STAYS, keep_stay
from helpline.conversations import Conversation, Message, State
from helpline.conversations import jobs as conversations
from helpline.core import Tx
from helpline.core.facts import Counter, FactRow, fact_of
from helpline.core.jobs import JobRow
from helpline.people import Presence, Workspace
from helpline.people.actions import refresh_capacity
from helpline.people.events import AgentCapacityChanged
from helpline.people.queries import hold_every_team
from helpline.service_records import ServiceRecord
from helpline.service_records.models import RecordReason

from . import checks
from .events import DamageRepaired
from .reasons import with_other_reasons

AT_ONCE = 200
Repair = Callable[[Tx], int]
"""Mends some, and says how many; nothing when all is well."""


def repair(tx: Tx, code: str) -> int:
    """Mend the next few of a kind."""
    mended = REPAIRS[code](tx)
    if mended:
        tx.emit(DamageRepaired(code=code, count=mended))
    return mended


def set_fact_counter(tx: Tx) -> int:
    """Have the log count on after its last fact."""
    _hold_counter(tx, "fact")
    last = tx.db.scalar(select(func.max(FactRow.seq)).where(FactRow.workspace_id == tx.workspace_id)) or 0
    return _set_counter(tx, "fact", last) if checks.counter(tx, "fact") < last else 0


def set_record_counter(tx: Tx) -> int:
    """Have records count on after the last one."""
    row = ServiceRecord
    _hold_counter(tx, "record")
    last = tx.db.scalar(select(func.max(row.number)).where(row.workspace_id == tx.workspace_id)) or 0
    return _set_counter(tx, "record", last) if checks.counter(tx, "record") != last else 0


def set_last_message(tx: Tx) -> int:
    """Have conversations count on after their last message."""
    ids = _some(tx, checks.wrong_last(tx))
    tx.lock(Conversation, *ids)
    last = select(func.max(Message.seq)).where(
        Message.workspace_id == tx.workspace_id, Message.conversation_id == Conversation.id
    )
    mine = (Conversation.workspace_id == tx.workspace_id, Conversation.id.in_(ids))
    tx.execute(update(Conversation).where(*mine).values(last_seq=last.scalar_subquery()))
    return len(ids)


def set_loads(tx: Tx) -> int:
    """Count again what agents serve, and let those who are free after all have what waits."""
    hold_every_team(tx)
    ids = _some(tx, checks.wrong_loads(tx))
    capacities = {row.id: row.capacity for row in tx.lock(Presence, *ids)}
    held = select(func.count()).where(
        Conversation.workspace_id == tx.workspace_id,
        Conversation.agent_id == Presence.id,
        Conversation.state.in_([State.OFFERED, State.ACTIVE]),
    )
    mine = (Presence.workspace_id == tx.workspace_id, Presence.id.in_(ids))
    tx.execute(update(Presence).where(*mine).values(load=held.scalar_subquery()))
    tx.expire()
    for id, capacity in capacities.items():
        tx.emit(AgentCapacityChanged(agent_id=id, capacity=capacity))
    return len(ids)


def set_capacities(tx: Tx) -> int:
    """Work out again which limit holds for whom."""
    hold_every_team(tx)
    ids = _some(tx, checks.wrong_capacities(tx))
    for id in ids:
        refresh_capacity(tx, id)
    return len(ids)


def set_reasons(tx: Tx) -> int:
    """Make the rows for filters from what is written on the records."""
    ids = with_other_reasons(tx, AT_ONCE)
    tx.execute(delete(RecordReason).where(RecordReason.workspace_id == tx.workspace_id, RecordReason.id.in_(ids)))
    row = ServiceRecord
    written = select(row.id, row.reasons).where(row.workspace_id == tx.workspace_id, row.id.in_(ids))
    rows = [(record.id, reason["id"]) for record in tx.execute(written).all() for reason in record.reasons]
    if rows:
        home = tx.workspace_id
        tx.execute(insert(RecordReason), [{"workspace_id": home, "id": id, "reason_id": reason} for id, reason in rows])
    return len(ids)


def tell_stays_again(tx: Tx) -> int:
    """Make the stays of conversations from their facts, also of those that are older than the table.

    What the target was then is not known any more: it is taken to have been today's.
    """
    ids = _some(tx, checks.wrong_stays(tx))
    tx.lock(Conversation, *ids)
    tx.execute(delete(Visit).where(Visit.workspace_id == tx.workspace_id, Visit.conversation_id.in_(ids)))
    row, topics = FactRow, [kind.topic() for kind in STAYS]
    told = select(row.topic, row.payload, row.at).where(row.workspace_id == tx.workspace_id, row.topic.in_(topics))
    for one in tx.execute(told.where(row.subject_id.in_(ids)).order_by(row.seq)).all():
        fact = fact_of(one.topic, one.payload)
        if fact is not None:
            keep_stay(tx, fact, one.at)
    return len(ids)


def set_storage(tx: Tx) -> int:
    """Add up again what the files take."""
    mine = select(Workspace.id).where(Workspace.id == tx.workspace_id)
    tx.execute(mine.with_for_update(key_share=True))  # nobody adds a file meanwhile
    said, taken = checks.room_for_files(tx)
    if said == taken:
        return 0
    tx.execute(update(Workspace).where(Workspace.id == tx.workspace_id).values(storage_used=taken))
    return 1


def set_alarms(tx: Tx) -> int:
    """Set the timers of what was put aside."""
    ids = _some(tx, checks.never_woken(tx))
    for row in tx.lock(Conversation, *ids):
        tx.enqueue(conversations.wake, key=row.id, at=row.snoozed_until, conversation_id=row.id)
    return len(ids)


def try_again(tx: Tx) -> int:
    """Have jobs tried again that were given up."""
    mine = (JobRow.workspace_id == tx.workspace_id, JobRow.due_at.is_(None))
    tried = tx.execute(update(JobRow).where(*mine).values(due_at=tx.now - timedelta(seconds=1), attempts=0))
    tx.due_at = tx.now
    return tried.rowcount


REPAIRS: dict[str, Repair] = {
    "fact_counter_behind": set_fact_counter,
    "record_counter_wrong": set_record_counter,
    "last_message_wrong": set_last_message,
    "load_wrong": set_loads,
    "capacity_wrong": set_capacities,
    "reasons_differ": set_reasons,
    "stays_differ": tell_stays_again,
    "storage_wrong": set_storage,
    "wake_missing": set_alarms,
    "job_given_up": try_again,
}


def _some(tx: Tx, wrong: Select[Any]) -> list[str]:
    return list(tx.db.scalars(wrong.limit(AT_ONCE)))


def _hold_counter(tx: Tx, name: str) -> None:
    """Nobody takes a number between the look at the last one and the change of the counter."""
    mine = (Counter.workspace_id == tx.workspace_id, Counter.name == name)
    tx.execute(select(Counter.value).where(*mine).with_for_update(key_share=True))


def _set_counter(tx: Tx, name: str, value: int) -> int:
    mine = (Counter.workspace_id == tx.workspace_id, Counter.name == name)
    return tx.execute(update(Counter).where(*mine).values(value=value)).rowcount
