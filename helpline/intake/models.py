"""Tables of what came in."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from helpline.core import Scoped, references


class PayloadState(StrEnum):
    """Where something stands that came in."""

    RECEIVED = "received"
    DONE = "done"
    QUARANTINED = "quarantined"
    """Could not be understood; people look at it, and try again or let it go."""
    DISMISSED = "dismissed"


class Payload(Scoped):
    """What came in by a channel, as it came. It was kept before the sender was told that it arrived."""

    __tablename__ = "payload"
    channel_id: Mapped[str] = mapped_column(String(36))
    state: Mapped[str] = mapped_column(String(12))
    headers: Mapped[dict[str, Any]]
    query: Mapped[dict[str, Any]]
    url: Mapped[str] = mapped_column(String(2000), default="")
    body: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[str] = mapped_column(String(64), default="")
    """Of what it says: what waits in quarantine waits there once, however often it comes."""
    at: Mapped[datetime]
    done: Mapped[int] = mapped_column(default=0)
    """How many of its events have been taken in."""
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(Text, default="")
    """Why it could not be understood."""
    kept: Mapped[bool] = mapped_column(default=False)
    """Whether a message points at it, because not all of it could be shown: then it is not thrown away after a while."""
    __table_args__ = (
        references("channel"),
        Index(
            "payload_to_do",
            "workspace_id",
            "channel_id",
            "id",
            sqlite_where=text("state = 'received'"),
            postgresql_where=text("state = 'received'"),
        ),
        Index("payload_by_state", "workspace_id", "state", "at", "id"),
        Index(
            "payload_set_apart",
            "workspace_id",
            "channel_id",
            "digest",
            sqlite_where=text("state IN ('quarantined', 'dismissed')"),
            postgresql_where=text("state IN ('quarantined', 'dismissed')"),
        ),
        {"sqlite_with_rowid": False},
    )


class Foretold(Scoped):
    """What was told of a message before the message came; it waits for it."""

    __tablename__ = "foretold"
    channel_id: Mapped[str] = mapped_column(String(36))
    external_id: Mapped[str] = mapped_column(String(200))
    """What the provider calls the message."""
    kind: Mapped[str] = mapped_column(String(10))
    """``edited`` or ``deleted``."""
    event: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    """When that came."""
    __table_args__ = (
        references("channel"),
        Index("foretold_by_message", "workspace_id", "channel_id", "external_id"),
        {"sqlite_with_rowid": False},
    )
