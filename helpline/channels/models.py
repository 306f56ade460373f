"""Tables of channels."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from sqlalchemy import JSON, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from helpline.core import Scoped, references


class ChannelKind(StrEnum):
    """What a channel is a line of."""

    WEBCHAT = "webchat"
    EMAIL = "email"
    PHONE = "phone"
    LINE = "line"
    WHATSAPP = "whatsapp"
    MESSENGER = "messenger"
    INSTAGRAM = "instagram"
    TELEGRAM = "telegram"
    SMS = "sms"
    API = "api"


Position = Literal["start", "end"]
Required = Literal["result", "reasons", "notes", "contact"]


class Owner(Scoped):
    """The client company or brand on whose behalf a service is given."""

    __tablename__ = "owner"
    name: Mapped[str] = mapped_column(String(120))
    active: Mapped[bool] = mapped_column(default=True)
    agent_id: Mapped[str | None] = mapped_column(String(36))
    """Who is responsible for the owner's contacts, where these have nobody of their own."""
    __table_args__ = (UniqueConstraint("workspace_id", "name"), {"sqlite_with_rowid": False})


class Category(Scoped):
    """A label over channels that carries owner, default team and what a service record must have."""

    __tablename__ = "channel_category"
    name: Mapped[str] = mapped_column(String(120))
    owner_id: Mapped[str | None] = mapped_column(String(36))
    team_id: Mapped[str] = mapped_column(String(36))
    requires: Mapped[list[Required]] = mapped_column(JSON)
    """What must be filled in before a record is completed: of result, reasons, notes, contact."""
    skills: Mapped[list[str]] = mapped_column(default=list)
    """What an agent must be able to do for a conversation that comes in by it."""
    active: Mapped[bool] = mapped_column(default=True)
    __table_args__ = (
        references("owner"),
        references("team"),
        UniqueConstraint("workspace_id", "name"),
        {"sqlite_with_rowid": False},
    )


class Channel(Scoped):
    """One configured line in: "web chat on example.com", "support@ mailbox"."""

    __tablename__ = "channel"
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120))
    category_id: Mapped[str] = mapped_column(String(36))
    active: Mapped[bool] = mapped_column(default=True)
    public_key: Mapped[str] = mapped_column(String(80))
    allowed_domains: Mapped[list[str]]
    brand_color: Mapped[str] = mapped_column(String(7), default="#215aca")
    greeting: Mapped[str] = mapped_column(Text, default="")
    launcher: Mapped[str] = mapped_column(String(60), default="")
    """What stands on the button that opens the chat; empty: an icon only."""
    position: Mapped[str] = mapped_column(String(5), default="end")
    sounds: Mapped[bool] = mapped_column(default=True)
    texts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Greeting and launcher in other languages than the workspace's."""
    form: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What is asked before the first message (``forms.Form``)."""
    identity_version: Mapped[int] = mapped_column(default=1)
    """Counts up when the secret by which a site vouches for its visitors is replaced; the secret follows from it."""
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What its kind wants to be told (``kinds.KINDS``)."""
    sealed: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Its secrets by name, each readable with the installation's own only."""
    created_at: Mapped[datetime]
    __table_args__ = (
        references("channel_category", "category_id"),
        UniqueConstraint("workspace_id", "name"),
        UniqueConstraint("workspace_id", "public_key"),
        {"sqlite_with_rowid": False},
    )


class ChannelHealth(Scoped):
    """How a channel stood with its provider when it was last looked at, or used; ``id`` is the channel's."""

    __tablename__ = "channel_health"
    ok: Mapped[bool]
    detail: Mapped[str] = mapped_column(Text, default="")
    account: Mapped[str] = mapped_column(String(200), default="")
    """What the provider calls the account."""
    since: Mapped[datetime]
    """Since when it has been so."""
    heard_at: Mapped[datetime | None]
    """When something came in last."""
    refused_at: Mapped[datetime | None]
    """Since when calls are turned away as not signed by the provider, and none has come that was."""
    unread: Mapped[str] = mapped_column(Text, default="")
    """What keeps its mailbox, or a folder of it, from being read. That mails go out says nothing of it."""
    unread_since: Mapped[datetime | None]
    __table_args__ = (references("channel", "id"), {"sqlite_with_rowid": False})


class ChannelTemplates(Scoped):
    """The texts that a channel's provider approved or is to approve, as it told them last; ``id`` is the channel's."""

    __tablename__ = "channel_templates"
    items: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    fetched_at: Mapped[datetime]
    __table_args__ = (references("channel", "id"), {"sqlite_with_rowid": False})
