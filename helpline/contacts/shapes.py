"""How contacts look on the wire."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from helpline.core import In, Out, Tx, Update
from helpline.core.shapes import UNSET, UnsetType

from .models import Contact

Name = Annotated[str, Meta(min_length=1, max_length=200)]
Line = Annotated[str, Meta(max_length=200)]
Address = Annotated[str, Meta(max_length=254)]
Phone = Annotated[str, Meta(max_length=40)]
Text = Annotated[str, Meta(max_length=10_000)]


class ContactOut(Out):
    id: str
    version: int
    name: str
    email: str
    phone: str
    company: str
    locale: str
    notes: str
    agent_id: str | None
    """Who is responsible for them."""
    merged_into_id: str | None
    """Who they turned out to be."""
    created_at: datetime


class ContactPage(Out):
    items: list[ContactOut]
    next: str | None


class ContactIn(In):
    name: Name
    email: Address = ""
    phone: Phone = ""
    company: Line = ""
    locale: Annotated[str, Meta(max_length=10)] = ""
    notes: Text = ""
    agent_id: str | None = None
    conversation_id: str | None = None


class ContactChange(In):
    version: int | None = None
    name: Name | UnsetType = UNSET
    email: Address | UnsetType = UNSET
    phone: Phone | UnsetType = UNSET
    company: Line | UnsetType = UNSET
    locale: Annotated[str, Meta(max_length=10)] | UnsetType = UNSET
    notes: Text | UnsetType = UNSET
    agent_id: str | None | UnsetType = UNSET


def contact_out(contact: Contact) -> ContactOut:
    """A contact as agents see it."""
    return ContactOut(
        id=contact.id,
        version=contact.version,
        name=contact.name,
        email=contact.email,
        phone=contact.phone,
        company=contact.company,
        locale=contact.locale,
        notes=contact.notes,
        agent_id=contact.agent_id,
        merged_into_id=contact.merged_into_id,
        created_at=contact.created_at,
    )


def contact_update(tx: Tx, contact_id: str, also: frozenset[str]) -> Update:
    """What every desk is told about a contact."""
    return Update.of("contact", contact_id, contact_out(tx.get(Contact, contact_id)), {"everyone", *also})
