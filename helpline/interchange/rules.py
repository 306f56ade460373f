"""Which times fit together."""

from datetime import datetime

from helpline.conversations import State

from .errors import InTheFuture, NothingSaid, OutOfOrder, StillOpen
from .lines import ConversationLine, EntryIn
from .story import Times


def times_of(line: ConversationLine, now: datetime) -> Times:
    """When the conversation began, waited, was taken in charge and ended; refused when that cannot have been so."""
    if line.state != State.CLOSED:
        raise StillOpen(field="state")
    if not line.messages:
        raise NothingSaid(field="messages")
    said = sorted(line.messages, key=lambda entry: entry.at)
    answers = [entry.at for entry in said if entry.by == "agent" and entry.visibility == "public"]
    public = [entry.at for entry in said if entry.visibility == "public"] or [said[-1].at]
    created = line.created_at or said[0].at
    closed = line.closed_at or public[-1]
    times = Times(created, line.queued_at or created, line.assigned_at or next(iter(answers), None), closed)
    if times.created > said[0].at:
        raise OutOfOrder("This begins after its first message.", field="created_at")
    if times.closed < public[-1] or times.closed < times.created:
        raise OutOfOrder("This ends before its last message.", field="closed_at")
    if max(times.closed, said[-1].at) > now:
        raise InTheFuture(field="closed_at" if times.closed > now else "messages")
    if not has_events(line.messages):
        _check_order(times, answers)
    return times


def has_events(entries: list[EntryIn]) -> bool:
    """Whether the line tells itself who took charge when."""
    return any(entry.event for entry in entries)


def _check_order(times: Times, answers: list[datetime]) -> None:
    if not times.created <= times.queued <= times.closed:
        raise OutOfOrder("This waited before it began or after it ended.", field="queued_at")
    if times.assigned and not times.queued <= times.assigned <= times.closed:
        raise OutOfOrder("Somebody took charge before it waited or after it ended.", field="assigned_at")
    if times.assigned and answers and answers[0] < times.assigned:
        raise OutOfOrder("An agent answered before somebody took charge.", field="assigned_at")
