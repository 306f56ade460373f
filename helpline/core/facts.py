"""Facts: what happened, in the past tense, written in the transaction of their cause and never changed."""

from dataclasses import dataclass, field, fields
from datetime import datetime
from functools import cache
from typing import Any

import msgspec
import structlog
from sqlalchemy import JSON, BigInteger, Index, String, Text, bindparam, text, update
from sqlalchemy.orm import Mapped, mapped_column

from .actor import ActorKind
from .errors import snake_case
from .model import Model, Moment
from .prepared import Prepared

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that happened. Subclasses are named subject + past participle: ``ConversationAssigned``."""

    @classmethod
    @cache
    def topic(cls) -> str:
        """``ConversationAssigned`` → ``conversation.assigned``, ``TeamMembersChanged`` → ``team.members_changed``."""
        return snake_case(cls.__name__).replace("_", ".", 1)

    def payload(self) -> dict[str, Any]:
        """The fact's own fields, as they are kept in the log."""
        return {one.name: getattr(self, one.name) for one in fields(self)}


@dataclass(frozen=True, kw_only=True)
class Audited(Fact):
    """Something for the audit log: how things are set up was changed, or somebody came in or was put out."""


Changes = dict[str, tuple[Any, Any]]
"""What became of which field: from, to."""


@dataclass(frozen=True, kw_only=True)
class Edited(Audited):
    """Something was set up or changed: ``fields`` says what of it, ``changes`` from what to what. Never holds a secret."""

    name: str = ""
    """What people call it, as it is now."""
    fields: list[str]
    changes: Changes = field(default_factory=dict)


def edit(row: Any, values: dict[str, Any]) -> Changes:
    """Set these fields of a row; what that changed."""
    changes = {name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value}
    for name, (_, value) in changes.items():
        setattr(row, name, value)
    return changes


def fact_of(topic: str, payload: dict[str, Any]) -> Fact | None:
    """A fact from the log, or from another node; nothing when this version does not know its kind, or not in this form."""
    kind = _kinds().get(topic)
    try:
        return msgspec.convert(payload, kind, strict=False) if kind else None
    except msgspec.ValidationError:
        log.exception("a fact that cannot be read", topic=topic)  # what comes after it is not held up
        return None


@cache
def _kinds() -> dict[str, type[Fact]]:
    found, todo = dict[str, type[Fact]](), [Fact]
    while todo:
        kind = todo.pop()
        found[kind.topic()] = kind
        todo += kind.__subclasses__()
    return found


def kinds_of(fact: type[Fact]) -> tuple[type[Fact], ...]:
    """All kinds of fact that a fact of this kind is."""
    return tuple(kind for kind in fact.__mro__ if issubclass(kind, Fact))


# Not IN: what SQLite understands of it is an OR.
REPORTED = "topic = 'conversation.opened' OR topic = 'conversation.answered'"


class FactRow(Model):
    """One fact in a workspace's log. ``seq`` counts 1, 2, 3 … per workspace, without holes, in commit order."""

    __tablename__ = "fact"
    workspace_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    topic: Mapped[str] = mapped_column(String(80))
    subject_id: Mapped[str | None] = mapped_column(String(36))
    """What the fact is about (a conversation, a record, an agent …), so that its history can be read."""
    actor_kind: Mapped[ActorKind] = mapped_column(String(10))
    actor_id: Mapped[str] = mapped_column(String(36))
    at: Mapped[datetime] = mapped_column(Moment)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    audited: Mapped[bool] = mapped_column(default=False)
    updates: Mapped[str | None] = mapped_column(Text)
    """Which rows clients are told of, and who is told; carried by the last fact of a unit (see ``updates.py``)."""

    __table_args__ = (
        Index("fact_by_subject", "workspace_id", "subject_id", "seq"),
        Index("fact_audited", "workspace_id", "seq", sqlite_where=text("audited"), postgresql_where=text("audited")),
        # What reports begin with. Of a few topics only, because each entry is one more thing to write.
        Index(
            "fact_by_time",
            "workspace_id",
            "topic",
            "at",
            "seq",
            sqlite_where=text(REPORTED),
            postgresql_where=text(REPORTED),
        ),
        {"sqlite_with_rowid": False},
    )


class Counter(Model):
    """Up to which number a workspace has counted facts and service records; given out without holes, but for imports."""

    __tablename__ = "counter"
    workspace_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger)
    __table_args__ = ({"sqlite_with_rowid": False},)


ADVANCE = Prepared(
    update(Counter)
    .where(Counter.workspace_id == bindparam("workspace"), Counter.name == bindparam("series"))
    .values(value=Counter.value + bindparam("by"))
    .returning(Counter.value)
)
