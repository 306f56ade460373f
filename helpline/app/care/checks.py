"""What must hold in a workspace beyond what constraints hold. What is wrong is chosen by statements that repairs use too."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Select, case, exists, func, select

from helpline.board import Visit
from helpline.conversations import Conversation, Message, State
from helpline.conversations import jobs as conversations
from helpline.conversations.events import ConversationClosed, ConversationQueued
from helpline.core import Tx
from helpline.core.facts import Counter, FactRow
from helpline.core.jobs import JobRow, kind_of
from helpline.files import File, FileState
from helpline.people import Agent, Membership, Presence, Team
from helpline.people.models import Workspace
from helpline.service_records import RecordState, ServiceRecord
from helpline.service_records.events import RecordCreated

from .finding import Check, Found, each, of
from .reasons import with_other_reasons

LATE = timedelta(minutes=5)
Wrong = Select[Any]


def facts_are_whole(tx: Tx) -> Found:
    """The log counts 1, 2, 3 … up to its counter, and knows no tomorrow."""
    here = FactRow.workspace_id == tx.workspace_id
    count, first, last = tx.db.execute(
        select(func.count(), func.min(FactRow.seq), func.max(FactRow.seq)).where(here)
    ).one()
    counted = counter(tx, "fact")
    if (count and (first, last) != (1, count)) or counted > (last or 0):
        yield of(tx, "facts_incomplete", f"{count} facts are numbered from {first} to {last}, of {counted}.")
    if counted < (last or 0):
        yield of(tx, "fact_counter_behind", f"The counter says {counted}, the newest fact is {last}.")
    newest = tx.db.scalar(select(func.max(FactRow.at)).where(here, FactRow.seq > (last or 0) - 100))
    if newest and newest > tx.now + LATE:
        yield of(tx, "clock_ahead", f"The newest fact is of {newest:%Y-%m-%d %H:%M}, which is later than now.")


def records_are_numbered(tx: Tx) -> Found:
    """Service records are numbered up to their counter, and each that was begun is there; an import may leave numbers out."""
    count, last = tx.db.execute(
        select(func.count(), func.max(ServiceRecord.number)).where(ServiceRecord.workspace_id == tx.workspace_id)
    ).one()
    if counter(tx, "record") != (last or 0):
        yield of(
            tx, "record_counter_wrong", f"The counter says {counter(tx, 'record')}, the last record is {last or 0}."
        )
    begun = (FactRow.workspace_id == tx.workspace_id, FactRow.topic == RecordCreated.topic())
    told = tx.db.scalar(select(func.count()).where(*begun)) or 0
    if told > count:
        yield of(tx, "record_numbers_missing", f"{told} records were begun, and {count} are there.")


def messages_are_whole(tx: Tx) -> Found:
    """The messages of a conversation are numbered 1, 2, 3 … up to its last."""
    told = "Messages of conversation {} are not numbered without holes."
    yield from each(tx, "messages_incomplete", _messages(tx, whole=False), told)
    yield from each(tx, "last_message_wrong", wrong_last(tx), "Conversation {} says it has fewer or more messages.")


def wrong_last(tx: Tx) -> Wrong:
    """Conversations whose messages are whole, and which say another number."""
    return _messages(tx, whole=True)


def _messages(tx: Tx, *, whole: bool) -> Wrong:
    said = select(Message.conversation_id.label("id"), func.count().label("n"), func.max(Message.seq).label("last"))
    there = said.where(Message.workspace_id == tx.workspace_id).group_by(Message.conversation_id).subquery()
    wrong = select(Conversation.id).outerjoin(there, there.c.id == Conversation.id)
    wrong = wrong.where(Conversation.workspace_id == tx.workspace_id)
    count, last = func.coalesce(there.c.n, 0), func.coalesce(there.c.last, 0)
    if whole:
        return wrong.where(count == last, last > Conversation.last_seq)
    return wrong.where((count != last) | (last < Conversation.last_seq))


def presences_are_true(tx: Tx) -> Found:
    """An agent's load is what they serve and are offered; their limit follows from the settings."""
    yield from each(tx, "load_wrong", wrong_loads(tx), "The load of agent {} is not what they serve.")
    yield from each(tx, "capacity_wrong", wrong_capacities(tx), "The limit of agent {} is not what the settings say.")


def wrong_loads(tx: Tx) -> Wrong:
    """Agents."""
    held = select(Conversation.agent_id.label("id"), func.count().label("n"))
    held = held.where(
        Conversation.workspace_id == tx.workspace_id, Conversation.state.in_([State.OFFERED, State.ACTIVE])
    )
    counted = held.group_by(Conversation.agent_id).subquery()
    wrong = select(Presence.id).outerjoin(counted, counted.c.id == Presence.id)
    return wrong.where(Presence.workspace_id == tx.workspace_id, Presence.load != func.coalesce(counted.c.n, 0))


def wrong_capacities(tx: Tx) -> Wrong:
    """Agents."""
    of_team = select(func.max(Team.limit)).join(
        Membership, (Membership.workspace_id == Team.workspace_id) & (Membership.team_id == Team.id)
    )
    of_team = of_team.where(Team.workspace_id == tx.workspace_id, Membership.agent_id == Agent.id, Team.active)
    of_all = select(Workspace.limit).where(Workspace.id == tx.workspace_id).scalar_subquery()
    limit = func.coalesce(Agent.limit, of_team.correlate(Agent).scalar_subquery(), of_all)
    wrong = select(Presence.id).join(Agent, (Agent.workspace_id == Presence.workspace_id) & (Agent.id == Presence.id))
    return wrong.where(Presence.workspace_id == tx.workspace_id, Presence.capacity != limit)


def records_have_conversations(tx: Tx) -> Found:
    """A record has a conversation; one that is over has only closed ones; its reasons are found by filters too."""
    of_it = select(Conversation.id).where(
        Conversation.workspace_id == tx.workspace_id, Conversation.record_id == ServiceRecord.id
    )
    mine = select(ServiceRecord.id).where(ServiceRecord.workspace_id == tx.workspace_id)
    told = "Service record {} has no conversation."
    yield from each(tx, "record_without_conversation", mine.where(~of_it.exists()), told)
    still = of_it.where(Conversation.state != State.CLOSED).exists()
    over = mine.where(ServiceRecord.state == RecordState.COMPLETED, still)
    told = "Service record {} is completed, and a conversation of it is not closed."
    yield from each(tx, "record_completed_too_early", over, told)
    for id in with_other_reasons(tx):
        yield of(tx, "reasons_differ", f"Service record {id} is found by other reasons than it has.")


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
    yield from each(
        tx, "close_unexplained", closed.where(~told.exists()), "No fact says why conversation {} is closed."
    )


def stays_are_told(tx: Tx) -> Found:
    """Each time a conversation was queued is a stay; who waits is in one, of their team, and nobody else is."""
    yield from each(tx, "stays_differ", wrong_stays(tx), "The stays of conversation {} are not what the facts tell.")


def wrong_stays(tx: Tx) -> Wrong:
    """Conversations; also those that are older than the table of stays."""
    told = select(FactRow.subject_id.label("id"), func.count().label("n"))
    told = told.where(FactRow.workspace_id == tx.workspace_id, FactRow.topic == ConversationQueued.topic())
    facts = told.group_by(FactRow.subject_id).subquery()
    still = func.sum(case((Visit.left_at.is_(None), 1), else_=0)).label("still")
    kept = select(Visit.conversation_id.label("id"), func.count().label("n"), still)
    stays = kept.where(Visit.workspace_id == tx.workspace_id).group_by(Visit.conversation_id).subquery()
    rows = select(Conversation.id).outerjoin(facts, facts.c.id == Conversation.id)
    rows = rows.outerjoin(stays, stays.c.id == Conversation.id).where(Conversation.workspace_id == tx.workspace_id)
    waits = case((Conversation.state == State.WAITING, 1), else_=0)
    differs = func.coalesce(facts.c.n, 0) != func.coalesce(stays.c.n, 0)
    return rows.where(differs | (func.coalesce(stays.c.still, 0) != waits))


def files_are_counted(tx: Tx) -> Found:
    """What the workspace says of the room that its files take is what they take."""
    said, taken = room_for_files(tx)
    if said != taken:
        yield of(tx, "storage_wrong", f"The files take {taken} bytes, and the workspace says {said}.")


def room_for_files(tx: Tx) -> tuple[int, int]:
    """How much the files take as it is kept, and as it is."""
    said = tx.db.scalar(select(Workspace.storage_used).where(Workspace.id == tx.workspace_id)) or 0
    here = File.state.not_in([FileState.AWAITED, FileState.MISSING])
    sizes = select(func.sum(File.size)).where(File.workspace_id == tx.workspace_id, here)
    return said, int(tx.db.scalar(sizes) or 0)


def jobs_run(tx: Tx) -> Found:
    """No job was given up, none has waited for long, and none is missing."""
    here = JobRow.workspace_id == tx.workspace_id
    for kind, error in tx.db.execute(select(JobRow.kind, JobRow.last_error).where(here, JobRow.due_at.is_(None))):
        yield of(tx, "job_given_up", f"{kind} was given up: {error}.")
    late = tx.db.scalar(select(func.count()).where(here, JobRow.due_at < tx.now - LATE)) or 0
    if late:
        yield of(tx, "jobs_late", f"{late} jobs are late.", "warning")
    yield from each(tx, "wake_missing", never_woken(tx), "Nothing will wake conversation {}, which was put aside.")


def never_woken(tx: Tx) -> Wrong:
    """Conversations that were put aside until a time for which no timer is set."""
    timer = exists().where(
        JobRow.workspace_id == tx.workspace_id,
        JobRow.kind == kind_of(conversations.wake),
        JobRow.key == Conversation.id,
    )
    put_aside = (Conversation.state == State.ACTIVE, Conversation.snoozed_until.is_not(None))
    return select(Conversation.id).where(Conversation.workspace_id == tx.workspace_id, *put_aside, ~timer)


def counter(tx: Tx, name: str) -> int:
    """How far a series has counted."""
    row = (Counter.workspace_id == tx.workspace_id, Counter.name == name)
    return tx.db.scalar(select(Counter.value).where(*row)) or 0


CHECKS: tuple[Check, ...] = (
    facts_are_whole,
    records_are_numbered,
    messages_are_whole,
    presences_are_true,
    records_have_conversations,
    facts_explain,
    stays_are_told,
    files_are_counted,
    jobs_run,
)
