"""Which times fit together."""

from datetime import datetime

from helpline.conversations import State

from .entries import has_events
from .errors import InTheFuture, NothingSaid, OutOfOrder, StateDoesNotFit
from .lines import ConversationLine
from .story import Times


def times_of(line: ConversationLine, now: datetime) -> Times:
    """When the conversation began, waited, was taken in charge and ended; refused when that cannot have been so."""
    if line.state not in {State.WAITING, State.ACTIVE, State.CLOSED}:
        raise StateDoesNotFit(field="state")
    if line.state != State.CLOSED and (line.closed_at or line.close_reason):
        raise StateDoesNotFit(field="closed_at" if line.closed_at else "close_reason")
    if not line.messages:
        raise NothingSaid(field="messages")
    said = sorted(line.messages, key=lambda entry: entry.at)
    answers = [entry.at for entry in said if entry.by == "agent" and entry.visibility == "public"]
    public = [entry.at for entry in said if entry.visibility == "public"] or [said[-1].at]
    created = line.created_at or said[0].at
    closed = line.closed_at or (public[-1] if line.state == State.CLOSED else None)
    times = Times(created, line.queued_at or created, line.assigned_at or next(iter(answers), None), closed)
    if max(times.closed or said[-1].at, said[-1].at) > now:
        raise InTheFuture(field="closed_at" if times.closed and times.closed > now else "messages")
    if not has_events(line.messages):  # what tells itself how it went was kept by several clocks perhaps
        _check_order(times, answers, said[0].at, public[-1], now)
    return times


def _check_order(times: Times, answers: list[datetime], first: datetime, last: datetime, now: datetime) -> None:
    end = times.closed or now
    if times.created > first:
        raise OutOfOrder("This begins after its first message.", field="created_at")
    if end < last or end < times.created:
        raise OutOfOrder("This ends before its last message.", field="closed_at")
    if not times.created <= times.queued <= end:
        raise OutOfOrder("This waited before it began or after it ended.", field="queued_at")
    if times.assigned and not times.queued <= times.assigned <= end:
        raise OutOfOrder("Somebody took charge before it waited or after it ended.", field="assigned_at")
    if times.assigned and answers and answers[0] < times.assigned:
        raise OutOfOrder("An agent answered before somebody took charge.", field="assigned_at")
