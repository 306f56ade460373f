"""Tables of contacts."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from helpline.core import Scoped, references


class Contact(Scoped):
    """A customer as a person."""

    __tablename__ = "contact"
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    company: Mapped[str] = mapped_column(String(200), default="")
    locale: Mapped[str] = mapped_column(String(10), default="")
    notes: Mapped[str] = mapped_column(Text, default="")
    external_id: Mapped[str | None] = mapped_column(String(200))
    """What a site that vouches for its visitors calls this person."""
    agent_id: Mapped[str | None] = mapped_column(String(36))
    """Who is responsible for this person: who is asked first, where allocation goes by it."""
    merged_into_id: Mapped[str | None] = mapped_column(String(36))
    """Who they turned out to be; they stay, and whoever asks for them is led on."""
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    __table_args__ = (
        Index("contact_by_name", "workspace_id", "name", "id"),
        Index("contact_by_added", "workspace_id", "created_at", "id"),
        Index("contact_by_email", "workspace_id", text("lower(email)")),
        Index("contact_by_external_id", "workspace_id", "external_id", unique=True),
        {"sqlite_with_rowid": False},
    )


class ContactPoint(Scoped):
    """An address on a channel: a visitor of the web chat, later a LINE user, a mailbox, a number."""

    __tablename__ = "contact_point"
    channel_id: Mapped[str] = mapped_column(String(36))
    address: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    locale: Mapped[str] = mapped_column(String(10), default="")
    time_zone: Mapped[str] = mapped_column(String(64), default="")
    """Where their browser stands, as an IANA name."""
    browser: Mapped[str] = mapped_column(String(100), default="")
    """What they came with, such as "Firefox, Windows"."""
    answered: Mapped[list[str]] = mapped_column(default=list)
    """Which questions of the form before a chat were answered for good."""
    claims: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What the site said of them (``id``, ``name``, ``email``, ``phone``), and whether it was signed (``verified``)."""
    contact_id: Mapped[str | None] = mapped_column(String(36))
    unreachable: Mapped[str] = mapped_column(String(20), default="")
    """Why they cannot be written to: ``blocked``, ``unfollowed``, ``opted_out``; empty when they can."""
    reply_with: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What an answer to their last message needs, such as a reply token."""
    heard_at: Mapped[datetime | None]
    """When they wrote last by a channel outside, by its provider's clock; and below: when what ``unreachable`` says was so."""
    reachable_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    __table_args__ = (
        references("channel"),
        references("contact"),
        UniqueConstraint("workspace_id", "channel_id", "address"),
        Index("contact_point_by_contact", "workspace_id", "contact_id"),
        Index("contact_point_by_email", "workspace_id", text("lower(email)")),
        {"sqlite_with_rowid": False},
    )


class ContactMerge(Scoped):
    """Several contacts turned out to be one: what moved to ``contact_id``, so that it can be given back."""

    __tablename__ = "contact_merge"
    contact_id: Mapped[str] = mapped_column(String(36))
    merged: Mapped[list[str]]
    """The others, in the order in which they filled what was empty."""
    filled: Mapped[dict[str, Any]]
    """By field, what an empty one was filled with."""
    moved: Mapped[dict[str, Any]]
    """By the id of each of the others: what was theirs (``merging.Moved``)."""
    at: Mapped[datetime]
    by_id: Mapped[str] = mapped_column(String(36))
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[str | None] = mapped_column(String(36))
    __table_args__ = (
        references("contact"),
        Index("contact_merge_by_contact", "workspace_id", "contact_id", "at"),
        {"sqlite_with_rowid": False},
    )
