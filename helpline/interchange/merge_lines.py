"""The lines about contacts who turned out to be one."""

from typing import Annotated, Literal

from msgspec import Meta

from .setting_parts import Address, Id, LongName, Name, Part, Text, Time


class PointIn(Part):
    """Which contact point: its channel, and its address there."""

    channel: Name
    address: Annotated[str, Meta(min_length=1, max_length=254)]


class MergedPart(Part):
    """A contact who turned out to be another one, and what was theirs: what an undo gives back."""

    contact: Id
    points: list[PointIn] = []
    named: dict[Id, LongName] = {}
    """What open conversations were called, by id."""
    stay: list[Id] = []
    """Closed conversations by these contact points that were the other's before."""
    records: dict[Id, LongName] = {}
    """The names on the service records that moved, by id."""
    kept: list[Id] = []
    """Service records by these contact points that were the other's before."""


class ContactMergeLine(Part, tag="contact_merge", tag_field="type", kw_only=True):
    """Contacts who turned out to be one. Below the contacts, conversations and records that it speaks of."""

    id: Id
    contact: Id
    merged: Annotated[list[MergedPart], Meta(min_length=1, max_length=100)]
    filled: dict[Literal["email", "phone", "company", "locale", "notes", "agent"], Text] = {}
    """What empty fields were filled with."""
    at: Time
    by: Address | None = None
    undone_at: Time | None = None
    undone_by: Address | None = None
