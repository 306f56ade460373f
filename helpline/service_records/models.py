"""Tables of service records."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from sqlalchemy import JSON, CheckConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from helpline.core import Scoped, one_each, references

ServiceKind = Literal["inbound", "outbound", "phone", "messaging"]


class RecordState(StrEnum):
    """Where a service record stands (domain.md, Service record states)."""

    OPEN = "open"
    WRAP_UP = "wrap_up"
    COMPLETED = "completed"


class Result(Scoped):
    """One way a service can end, from the administrator's list."""

    __tablename__ = "result"
    label: Mapped[str] = mapped_column(String(120))
    category: Mapped[str] = mapped_column(String(120), default="")
    applies_to: Mapped[list[ServiceKind]] = mapped_column(JSON, default=list)
    """The kinds of services it is offered on; empty: on all."""
    automatic: Mapped[bool] = mapped_column(default=False)
    """Whether a record gets it whose last conversation ended by itself; one result of a workspace at most."""
    automatic_in: Mapped[list[str]] = mapped_column(JSON, default=list)
    """The channel categories in which such a record gets this one instead; each stands with one result at most."""
    active: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int] = mapped_column(default=0)
    __table_args__ = (
        UniqueConstraint("workspace_id", "label"),
        one_each("result_one_automatic", among="automatic"),
        {"sqlite_with_rowid": False},
    )


class Reason(Scoped):
    """What a service was about. Headings have no ``parent_id``; only those below them can be chosen."""

    __tablename__ = "reason"
    label: Mapped[str] = mapped_column(String(120))
    parent_id: Mapped[str | None] = mapped_column(String(36))
    description: Mapped[str] = mapped_column(Text, default="")
    active: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int] = mapped_column(default=0)
    category_ids: Mapped[list[str]]
    """The channel categories it is offered in; empty: in all."""
    __table_args__ = (
        references("reason", "parent_id"),
        UniqueConstraint("workspace_id", "parent_id", "label"),
        # What is empty is never the same to a database, so headings need their own.
        one_each("reason_one_heading", "label", among="parent_id IS NULL"),
        {"sqlite_with_rowid": False},
    )


class ServiceRecord(Scoped):
    """One service. Labels are copied onto it, so that it reads years later as it was written."""

    __tablename__ = "service_record"
    number: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(String(10), default=RecordState.OPEN)
    direction: Mapped[str] = mapped_column(String(10), default="inbound")
    handler_id: Mapped[str] = mapped_column(String(36))
    contact_id: Mapped[str | None] = mapped_column(String(36))
    contact_name: Mapped[str] = mapped_column(String(200), default="")
    contact_point_id: Mapped[str] = mapped_column(String(36))
    owner_id: Mapped[str | None] = mapped_column(String(36))
    owner_name: Mapped[str] = mapped_column(String(120), default="")
    team_id: Mapped[str] = mapped_column(String(36))
    category_id: Mapped[str] = mapped_column(String(36))
    category_name: Mapped[str] = mapped_column(String(120))
    channel_id: Mapped[str] = mapped_column(String(36))
    channel_kind: Mapped[str] = mapped_column(String(20))
    channel_name: Mapped[str] = mapped_column(String(120))
    result_id: Mapped[str | None] = mapped_column(String(36))
    result_label: Mapped[str] = mapped_column(String(120), default="")
    reasons: Mapped[list[Any]] = mapped_column(JSON)
    """``[{"id", "label"}, …]`` as chosen; ``RecordReason`` is the same for filters."""
    notes: Mapped[str] = mapped_column(Text, default="")
    edited_by_id: Mapped[str | None] = mapped_column(String(36))
    """The agent who last wrote on it, for whoever wrote at the same time."""
    edited_at: Mapped[datetime | None]
    started_at: Mapped[datetime]
    conversation_ended_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    waited_seconds: Mapped[float] = mapped_column(default=0.0)
    rating: Mapped[int | None]
    """How many stars the contact gave, of the latest conversation that was rated."""

    __table_args__ = (
        references("agent", "handler_id"),
        references("contact"),
        references("contact_point"),
        references("channel"),
        references("result"),
        UniqueConstraint("workspace_id", "number"),
        CheckConstraint("state IN ('open', 'wrap_up', 'completed')", name="state"),
        CheckConstraint("(state = 'completed') = (ended_at IS NOT NULL)", name="ended"),
        Index("service_record_by_time", "workspace_id", "started_at", "id"),
        # With what is most often asked for along with a handler, so that only those rows are read that have it.
        Index("service_record_by_handler", "workspace_id", "handler_id", "started_at", "id", "team_id", "result_id"),
        Index("service_record_by_end", "workspace_id", "ended_at", "id"),
        Index("service_record_by_team", "workspace_id", "team_id", "started_at", "id"),
        Index("service_record_by_result", "workspace_id", "result_id", "started_at", "id"),
        Index("service_record_by_category", "workspace_id", "category_id", "started_at", "id"),
        Index("service_record_by_owner", "workspace_id", "owner_id", "started_at", "id"),
        Index("service_record_by_channel_kind", "workspace_id", "channel_kind", "started_at", "id"),
        Index("service_record_by_state", "workspace_id", "state", "started_at", "id"),
        # Few are rated.
        Index(
            "service_record_by_rating",
            "workspace_id",
            "rating",
            "started_at",
            "id",
            sqlite_where=text("rating IS NOT NULL"),
            postgresql_where=text("rating IS NOT NULL"),
        ),
        Index("service_record_by_contact", "workspace_id", "contact_id", "started_at", "id"),
        Index("service_record_by_contact_point", "workspace_id", "contact_point_id", "started_at"),
        {"sqlite_with_rowid": False},
    )


class RecordReason(Scoped):
    """A reason chosen on a record, as a row for filters; ``id`` is the record's."""

    __tablename__ = "record_reason"
    reason_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    __table_args__ = (
        references("service_record", "id"),
        references("reason"),
        Index("record_reason_by_reason", "workspace_id", "reason_id", "id"),
        {"sqlite_with_rowid": False},
    )


class Handover(Scoped):
    """A record's handler changed, with the reason why."""

    __tablename__ = "handover"
    record_id: Mapped[str] = mapped_column(String(36))
    from_id: Mapped[str | None] = mapped_column(String(36))
    to_id: Mapped[str] = mapped_column(String(36))
    at: Mapped[datetime]
    why: Mapped[str] = mapped_column(String(20))
    __table_args__ = (
        references("service_record", "record_id"),
        Index("handover_by_record", "workspace_id", "record_id", "at"),
        {"sqlite_with_rowid": False},
    )
