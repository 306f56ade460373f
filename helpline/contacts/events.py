"""What happens to contacts."""

from dataclasses import dataclass

from helpline.core import Audited, Fact


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
class ContactMerged(ContactFact, Audited):
    """Other contacts turned out to be this one; what was theirs is this one's now."""

    merge_id: str
    name: str
    merged: dict[str, str]
    """The names of the others, by id."""


@dataclass(frozen=True, kw_only=True)
class ContactMergeUndone(ContactFact, Audited):
    """They are several after all; what was the others' is theirs again."""

    merge_id: str
    name: str
    merged: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class ContactPointFact(Fact):
    """Something about one contact point."""

    contact_point_id: str

    @property
    def subject(self) -> str:
        return self.contact_point_id


@dataclass(frozen=True, kw_only=True)
class ContactPointAdded(ContactPointFact):
    """Somebody came by a channel for the first time: a visitor opened the web chat."""

    channel_id: str


@dataclass(frozen=True, kw_only=True)
class ContactPointChanged(ContactPointFact):
    """Somebody said more about themselves, in the form before a chat for instance."""

    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class ContactPointLinked(ContactPointFact):
    """An agent said whose a contact point is, or took it back. ``was``: whose it was before."""

    contact_id: str | None
    was: str | None
