"""Looks whether everything that must hold does hold. Only looks."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, Literal

from sqlalchemy import Select, func, select, text

from helpline.conversations import Conversation, Message, State
from helpline.conversations.events import ConversationClosed
from helpline.core import Actor, Tx, Units
from helpline.core.facts import Counter, FactRow
from helpline.core.jobs import JobRow
from helpline.files import File, FileState
from helpline.files.storage import Storage
from helpline.people import Presence
from helpline.people.models import Workspace
from helpline.service_records import RecordState, ServiceRecord

from ..settings import Settings

LATE = timedelta(minutes=5)
LEAST_FREE = 1_000_000_000
SHOWN = 20


@dataclass(frozen=True)
class Finding:
    """Something that is not as it must be. A ``warning`` is not wrong yet."""

    check: str
    detail: str
    level: Literal["error", "warning"] = "error"
    workspace: str = ""


Found = Iterator[Finding]


def examine(units: Units, settings: Settings) -> list[Finding]:
    """Everything that is found."""
    found = [*_disk(settings), *_secret(settings), *units.read_now(Actor("system", ""), _database)]
    storage = Storage(settings.data / "files")
    for id in units.read_now(Actor("system", ""), lambda tx: list(tx.db.scalars(select(Workspace.id)))):
        for check in CHECKS:
            found += units.read_now(Actor.system(id), _at_one_moment, check)
        found += units.read_now(Actor.system(id), _at_one_moment, partial(_files, storage=storage))
    return found


def _at_one_moment(tx: Tx, check: Callable[[Tx], Found]) -> list[Finding]:
    """What a check finds while nothing it reads changes under its eyes, on a server as in a file."""
    tx.stand_still()
    return list(check(tx))


def _database(tx: Tx) -> list[Finding]:
    if tx.connection.dialect.name != "sqlite":
        return []
    said = [str(line) for line in tx.db.scalars(text("PRAGMA integrity_check(20)"))]
    broken = [Finding("database", line) for line in said if line != "ok"]
    lost = list(tx.db.execute(text("PRAGMA foreign_key_check")))
    return broken + [
        Finding("references", f"A row of {table} refers to nothing in {other}.") for table, _, other, _ in lost[:SHOWN]
    ]


def _disk(settings: Settings) -> Found:
    free = shutil.disk_usage(settings.data).free if settings.data.exists() else LEAST_FREE
    if free < LEAST_FREE:
        yield Finding("disk", f"Only {free // 1_000_000} MB are free beside the data.", "warning")


def _secret(settings: Settings) -> Found:
    kept = settings.data / "secret"
    if not settings.secret and kept.exists() and kept.stat().st_mode & 0o077:
        yield Finding("secret", f"{kept} can be read by others: chmod 600.", "warning")


def facts_are_whole(tx: Tx) -> Found:
    """The log counts 1, 2, 3 … up to its counter."""
    here = FactRow.workspace_id == tx.workspace_id
    count, first, last = tx.db.execute(
        select(func.count(), func.min(FactRow.seq), func.max(FactRow.seq)).where(here)
    ).one()
    if count and (first, last) != (1, count):
        yield _of(tx, "facts", f"{count} facts are numbered from {first} to {last}.")
    counted = _counter(tx, "fact")
    if counted != (last or 0):
        yield _of(tx, "facts", f"The counter says {counted}, the newest fact is {last}.")
    newest = tx.db.scalar(select(func.max(FactRow.at)).where(here, FactRow.seq > (last or 0) - 100))
    if newest and newest > tx.now + LATE:
        yield _of(tx, "clock", f"The newest fact is of {newest:%Y-%m-%d %H:%M}, which is later than now.")


def records_are_numbered(tx: Tx) -> Found:
    """Service records count 1, 2, 3 … up to their counter."""
    here = ServiceRecord.workspace_id == tx.workspace_id
    count, last = tx.db.execute(select(func.count(), func.max(ServiceRecord.number)).where(here)).one()
    if (last or 0) != count or _counter(tx, "record") != count:
        yield _of(tx, "record numbers", f"{count} records are numbered up to {last}.")


def messages_are_whole(tx: Tx) -> Found:
    """The messages of a conversation are numbered 1, 2, 3 … up to its last."""
    here = Message.workspace_id == tx.workspace_id
    said = select(Message.conversation_id.label("id"), func.count().label("n"), func.max(Message.seq).label("last"))
    there = said.where(here).group_by(Message.conversation_id).subquery()
    wrong = select(Conversation.id).outerjoin(there, there.c.id == Conversation.id)
    wrong = wrong.where(Conversation.workspace_id == tx.workspace_id)
    whole = (func.coalesce(there.c.n, 0) == Conversation.last_seq) & (
        func.coalesce(there.c.last, 0) == Conversation.last_seq
    )
    yield from _each(tx, "messages", wrong.where(~whole), "Messages of conversation {} are not numbered without holes.")


def loads_are_true(tx: Tx) -> Found:
    """An agent's load is what they serve and are offered."""
    held = select(Conversation.agent_id.label("id"), func.count().label("n"))
    held = held.where(
        Conversation.workspace_id == tx.workspace_id, Conversation.state.in_([State.OFFERED, State.ACTIVE])
    )
    counted = held.group_by(Conversation.agent_id).subquery()
    wrong = select(Presence.id).outerjoin(counted, counted.c.id == Presence.id)
    wrong = wrong.where(Presence.workspace_id == tx.workspace_id, Presence.load != func.coalesce(counted.c.n, 0))
    yield from _each(tx, "load", wrong, "The load of agent {} is not what they serve.")


def records_have_conversations(tx: Tx) -> Found:
    """A record has a conversation; one that is over has only closed ones."""
    of_it = select(Conversation.id).where(
        Conversation.workspace_id == tx.workspace_id, Conversation.record_id == ServiceRecord.id
    )
    mine = select(ServiceRecord.id).where(ServiceRecord.workspace_id == tx.workspace_id)
    yield from _each(tx, "records", mine.where(~of_it.exists()), "Service record {} has no conversation.")
    still = of_it.where(Conversation.state != State.CLOSED).exists()
    over = mine.where(ServiceRecord.state == RecordState.COMPLETED, still)
    yield from _each(tx, "records", over, "Service record {} is completed, and a conversation of it is not closed.")


def facts_explain(tx: Tx) -> Found:
    """Who is closed was closed by a fact."""
    told = select(FactRow.seq).where(
        FactRow.workspace_id == tx.workspace_id,
        FactRow.subject_id == Conversation.id,
        FactRow.topic == ConversationClosed.topic(),
    )
    closed = select(Conversation.id).where(
        Conversation.workspace_id == tx.workspace_id, Conversation.state == State.CLOSED
    )
    yield from _each(tx, "explained", closed.where(~told.exists()), "No fact says why conversation {} is closed.")


def jobs_run(tx: Tx) -> Found:
    """No job was given up, and none has waited for long."""
    here = JobRow.workspace_id == tx.workspace_id
    for kind, error in tx.db.execute(select(JobRow.kind, JobRow.last_error).where(here, JobRow.due_at.is_(None))):
        yield _of(tx, "jobs", f"{kind} was given up: {error}.")
    late = tx.db.scalar(select(func.count()).where(here, JobRow.due_at < tx.now - LATE)) or 0
    if late:
        yield Finding("jobs", f"{late} jobs are late; does a server run?", "warning", tx.workspace_id)


def _files(tx: Tx, storage: Storage) -> Found:
    rows = select(File.id, File.state).where(File.workspace_id == tx.workspace_id)
    known = {row.id: row.state for row in tx.db.execute(rows)}
    there = {path.name for path in (storage.root / tx.workspace_id).glob("*/*") if path.suffix != ".part"}
    lost = [id for id, state in known.items() if state == FileState.SENT and id not in there]
    for id in sorted(lost)[:SHOWN]:
        yield _of(tx, "files", f"The bytes of file {id} are missing.")
    if there - known.keys():
        detail = f"{len(there - known.keys())} files belong to nothing: uploads that broke off."
        yield Finding("files", detail, "warning", tx.workspace_id)


CHECKS: tuple[Callable[[Tx], Found], ...] = (
    facts_are_whole,
    records_are_numbered,
    messages_are_whole,
    loads_are_true,
    records_have_conversations,
    facts_explain,
    jobs_run,
)


def _each(tx: Tx, check: str, wrong: Select[Any], sentence: str) -> Found:
    for id in tx.db.scalars(wrong.limit(SHOWN)):
        yield _of(tx, check, sentence.format(id))


def _of(tx: Tx, check: str, detail: str) -> Finding:
    return Finding(check, detail, workspace=tx.workspace_id)


def _counter(tx: Tx, name: str) -> int:
    row = (Counter.workspace_id == tx.workspace_id, Counter.name == name)
    return tx.db.scalar(select(Counter.value).where(*row)) or 0
