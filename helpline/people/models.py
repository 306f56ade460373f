"""Tables of the people who work here."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Literal

from sqlalchemy import JSON, BigInteger, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from helpline.core import Model, Scoped, new_id, one_each, references

DEFAULT_LIMIT = 5
DEFAULT_STORAGE = 10_000_000_000
UNUSED_AT_MOST, SIGNED_IN_AT_MOST = timedelta(days=14), timedelta(days=90)
"""How long a browser stays signed in: so long after it was last used, and so long in all."""
Locale = Literal["en", "zh-TW"]
Theme = Literal["system", "light", "dark"]


class Role(StrEnum):
    """What somebody is here, unless the workspace made a role of its own. Permissions follow from it (``permissions.py``)."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


class Availability(StrEnum):
    """Whether an agent is given new work."""

    OFFLINE = "offline"
    READY = "ready"
    BUSY = "busy"
    BREAK = "break"


BreakCause = Literal["missed_offer"]


class Workspace(Model):
    """One tenant: a company that serves its customers with Helpline."""

    __tablename__ = "workspace"
    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(120))
    locale: Mapped[Locale] = mapped_column(String(10), default="en")
    limit: Mapped[int] = mapped_column(default=DEFAULT_LIMIT)
    """How many conversations an agent serves at once, where neither team nor agent says otherwise."""
    offline_after: Mapped[int] = mapped_column(default=30)
    """Seconds after a lost connection until the agent counts as offline."""
    return_after: Mapped[int] = mapped_column(default=60)
    """Further seconds until the lost agent's conversations go back to the head of the queue."""
    last_agent_within: Mapped[int] = mapped_column(default=86_400)
    """Seconds after a close in which a contact who returns goes to the agent they were with; 0 switches it off."""
    kind_limits: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    """Kind of channel → how many of them an agent serves at once, within the limit; what is not named has no own."""
    secret_version: Mapped[int] = mapped_column(default=0)
    """Counts up when the secret that signs calls to the business's server is replaced; the secret follows from it."""
    wait_target: Mapped[int] = mapped_column(default=60)
    """Seconds within which somebody who waits should be answered; marks of waiting and the service level go by it."""
    undo_mail: Mapped[int] = mapped_column(default=10)
    """Seconds in which an agent can take back an answer by e-mail; it goes out after that. 0 switches it off."""
    undo_chat: Mapped[int] = mapped_column(default=0)
    """The same for all other channels."""
    timezone: Mapped[str] = mapped_column(String(64), default="UTC")
    """Where the workspace's days begin, as an IANA name."""
    storage_limit: Mapped[int | None] = mapped_column(BigInteger, default=DEFAULT_STORAGE)
    """How many bytes the files of the workspace may take; empty: as many as the disk."""
    storage_used: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    """How many they take: kept in step by whoever adds or removes one."""
    created_at: Mapped[datetime]


class Agent(Scoped):
    """A person of the workspace who serves customers."""

    __tablename__ = "agent"
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254))
    role: Mapped[str] = mapped_column(String(36), default=Role.AGENT)
    """One of the three fixed roles, or the id of one of the workspace's own."""
    password_hash: Mapped[str] = mapped_column(String(200))
    password_due: Mapped[bool] = mapped_column(default=False)
    """Somebody else chose the password; another is asked for at the next sign-in."""
    locale: Mapped[Locale] = mapped_column(String(10), default="en")
    theme: Mapped[Theme] = mapped_column(String(10), default="system")
    limit: Mapped[int | None]
    active: Mapped[bool] = mapped_column(default=True)
    preferences: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    """How they want the desk (``preferences.py``); only what differs from the defaults."""
    created_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("workspace_id", "email"),
        # Sign-in does not know the workspace yet; it is the one lookup that begins with the address.
        Index("agent_by_email", "email"),
        {"sqlite_with_rowid": False},
    )


class CustomRole(Scoped):
    """A role that the workspace made itself: a name for a set of permissions."""

    __tablename__ = "role"
    name: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(Text, default="")
    permissions: Mapped[list[str]]
    created_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("workspace_id", "name"), {"sqlite_with_rowid": False})


class Presence(Scoped):
    """Where an agent stands right now; ``id`` is the agent's. Apart from ``Agent`` because it changes all day."""

    __tablename__ = "presence"
    state: Mapped[Availability] = mapped_column(String(10), default=Availability.OFFLINE)
    reason_id: Mapped[str | None] = mapped_column(String(36))
    cause: Mapped[BreakCause | None] = mapped_column(String(20))
    """Why a break began by itself."""
    since: Mapped[datetime]
    connected: Mapped[bool] = mapped_column(default=False)
    load: Mapped[int] = mapped_column(default=0)
    """Conversations offered to or served by the agent."""
    capacity: Mapped[int] = mapped_column(default=DEFAULT_LIMIT)
    """The limit that holds for the agent: their own, else the largest of their teams', else the workspace's."""
    served_at: Mapped[datetime | None]
    """When the agent last began or ended a service; empty for one who has never served."""
    returned: Mapped[list[str]] = mapped_column(default=list)
    """Conversations that went back to their queues while the agent was lost, until the agent was told."""

    __table_args__ = (
        references("agent", "id"),
        Index("presence_by_state", "workspace_id", "state", "connected"),
        {"sqlite_with_rowid": False},
    )


class Connection(Scoped):
    """One open desk of an agent, on one node. Rows of a node that died are swept away."""

    __tablename__ = "connection"
    agent_id: Mapped[str] = mapped_column(String(36))
    node_id: Mapped[str] = mapped_column(String(36))
    since: Mapped[datetime]
    __table_args__ = (
        references("agent"),
        Index("connection_by_agent", "workspace_id", "agent_id"),
        {"sqlite_with_rowid": False},
    )


class Team(Scoped):
    """A group of agents that conversations are queued for."""

    __tablename__ = "team"
    name: Mapped[str] = mapped_column(String(120))
    limit: Mapped[int | None]
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("workspace_id", "name"), {"sqlite_with_rowid": False})


class Membership(Model):
    """An agent's place in a team."""

    __tablename__ = "membership"
    workspace_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    team_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    agent_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    priority: Mapped[int] = mapped_column(default=0)
    """Who of the team is asked first, where allocation goes by it: the highest."""
    __table_args__ = (
        references("team"),
        references("agent"),
        Index("membership_by_agent", "workspace_id", "agent_id"),
        {"sqlite_with_rowid": False},
    )


class AgentSkill(Model):
    """Something an agent can do. A language is a skill of the form ``language:de``."""

    __tablename__ = "agent_skill"
    workspace_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    agent_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    skill: Mapped[str] = mapped_column(String(50), primary_key=True)
    __table_args__ = (references("agent"), {"sqlite_with_rowid": False})


class SignIn(Scoped):
    """A signed-in browser; ``id`` is the hash of the token in its cookie."""

    __tablename__ = "sign_in"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    agent_id: Mapped[str] = mapped_column(String(36))
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    """When it was last used, to ten minutes."""
    expires_at: Mapped[datetime]
    """When it ends however much it is used."""
    browser: Mapped[str] = mapped_column(String(200), default="")
    """What the browser calls itself."""
    __table_args__ = (
        references("agent"),
        Index("sign_in_by_agent", "workspace_id", "agent_id"),
        {"sqlite_with_rowid": False},
    )


class ApiToken(Scoped):
    """A key for programs; it carries the permissions of its agent. Only its hash is kept."""

    __tablename__ = "api_token"
    agent_id: Mapped[str] = mapped_column(String(36))
    name: Mapped[str] = mapped_column(String(120))
    digest: Mapped[str] = mapped_column(String(64))
    prefix: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    """To the hour: enough to see which tokens are dead, without a write for each request."""
    __table_args__ = (
        references("agent"),
        UniqueConstraint("workspace_id", "digest"),
        Index("api_token_by_agent", "workspace_id", "agent_id"),
        {"sqlite_with_rowid": False},
    )


class BreakReason(Scoped):
    """Why somebody is on a break: lunch, training, …"""

    __tablename__ = "break_reason"
    label: Mapped[str] = mapped_column(String(120))
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    __table_args__ = (one_each("break_reason_one_label", "label"), {"sqlite_with_rowid": False})
