"""How long contacts waited for the first answer: from their first message to an agent's first answer.

Booked when the answer was given. Automatic texts do not count. A percentile is the smallest value that this share does not exceed.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnClause, Select, and_, exists, literal_column, or_, select, tuple_
from sqlalchemy.orm import aliased

from helpline.conversations.events import ConversationAnswered, ConversationOpened
from helpline.core import Tx
from helpline.core.facts import FactRow
from helpline.core.paging import cursor, place

Opened, Answered, Earlier = aliased(FactRow), aliased(FactRow), aliased(FactRow)
# Said literally, so that either database sees that its index of these topics will do. Where a conversation is known already,
# they are given as values, so that its own index is used.
IS_ANSWERED: ColumnClause[str] = literal_column("'conversation.answered'")
OPENED, ANSWERED = ConversationOpened.topic(), ConversationAnswered.topic()


@dataclass(frozen=True)
class FirstReply:
    """One conversation's first answer."""

    conversation_id: str
    agent_id: str
    asked_at: datetime
    answered_at: datetime

    @property
    def seconds(self) -> float:
        """How long the contact waited."""
        return (self.answered_at - self.asked_at).total_seconds()


@dataclass(frozen=True)
class Span:
    """Which answers: given from, and before, and by whom."""

    since: datetime | None = None
    before: datetime | None = None
    agent_id: str | None = None


@dataclass(frozen=True)
class Figures:
    """What a group of waits comes to, in seconds."""

    count: int
    mean: float
    p50: float
    p90: float
    longest: float


def replies(tx: Tx, span: Span) -> Iterator[FirstReply]:
    """All first answers of a span, in the order in which they were given."""
    for row in tx.execute(_replies(tx, span)).yield_per(1000):
        yield FirstReply(row.subject_id, row.payload["agent_id"], row.asked_at, row.at)


def page(tx: Tx, span: Span, limit: int, after: str | None) -> tuple[list[FirstReply], str | None]:
    """One page of them."""
    rows = _replies(tx, span)
    if after:
        rows = rows.where(tuple_(Answered.at, Answered.seq) > place(after, datetime, int))
    found = list(tx.execute(rows.limit(limit + 1)))
    more = cursor(found[limit - 1].at, found[limit - 1].seq) if len(found) > limit else None
    return [FirstReply(row.subject_id, row.payload["agent_id"], row.asked_at, row.at) for row in found[:limit]], more


def grouped(found: Iterable[FirstReply], by: Callable[[FirstReply], str]) -> dict[str, Figures]:
    """The figures of each group, in the order of their keys."""
    waits: dict[str, list[float]] = {}
    for reply in found:
        waits.setdefault(by(reply), []).append(reply.seconds)
    return {key: figures(waits[key]) for key in sorted(waits)}


def figures(waits: list[float]) -> Figures:
    """What these waits come to."""
    if not waits:
        return Figures(0, 0.0, 0.0, 0.0, 0.0)
    ranked = sorted(waits)
    p50, p90 = (ranked[ceil(share * len(ranked)) - 1] for share in (0.5, 0.9))
    return Figures(len(ranked), sum(ranked) / len(ranked), p50, p90, ranked[-1])


def day_in(zone: ZoneInfo) -> Callable[[FirstReply], str]:
    """The day of the answer, by the clocks of a time zone."""
    return lambda reply: reply.answered_at.astimezone(zone).date().isoformat()


def _replies(tx: Tx, span: Span) -> Select[tuple[int, datetime, str | None, dict[str, object], datetime]]:
    before = or_(Earlier.at < Answered.at, and_(Earlier.at == Answered.at, Earlier.seq < Answered.seq))
    earlier = exists().where(
        Earlier.workspace_id == tx.workspace_id,
        Earlier.subject_id == Answered.subject_id,
        Earlier.topic == ANSWERED,
        before,
    )
    same = and_(Opened.workspace_id == tx.workspace_id, Opened.subject_id == Answered.subject_id)
    rows = select(Answered.seq, Answered.at, Answered.subject_id, Answered.payload, Opened.at.label("asked_at"))
    rows = rows.join(Opened, and_(same, Opened.topic == OPENED))
    rows = rows.where(Answered.workspace_id == tx.workspace_id, Answered.topic == IS_ANSWERED, ~earlier)
    if span.since:
        rows = rows.where(Answered.at >= span.since)
    if span.before:
        rows = rows.where(Answered.at < span.before)
    if span.agent_id:
        rows = rows.where(Answered.payload["agent_id"].as_string() == span.agent_id)
    return rows.order_by(Answered.at, Answered.seq)
