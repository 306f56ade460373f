"""What happens to contacts."""

from dataclasses import dataclass

from helpline.core import Fact


@dataclass(frozen=True, kw_only=True)
class ContactFact(Fact):
    """Something about one contact."""

    contact_id: str

    @property
    def subject(self) -> str:
        return self.contact_id


@dataclass(frozen=True, kw_only=True)
class ContactAdded(ContactFact):
    """A contact was made."""


@dataclass(frozen=True, kw_only=True)
class ContactChanged(ContactFact):
    """Some of a contact's fields were changed."""

    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class ContactPointAdded(Fact):
    """Somebody came by a channel for the first time: a visitor opened the web chat."""

    contact_point_id: str
    channel_id: str

    @property
    def subject(self) -> str:
        return self.contact_point_id
