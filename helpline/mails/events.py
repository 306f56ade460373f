"""What happens to mails."""

from dataclasses import dataclass, field

from helpline.core import Audited, Fact


@dataclass(frozen=True, kw_only=True)
class MailFact(Fact):
    """Something happened to a mail of a conversation."""

    conversation_id: str
    message_id: str
    mail_id: str

    @property
    def subject(self) -> str:
        return self.conversation_id


@dataclass(frozen=True, kw_only=True)
class MailTaken(MailFact):
    """A mail came in. ``place`` says why it is where it is: ``same``, ``follow_up``, ``join`` or ``new``."""

    place: str
    written: str


@dataclass(frozen=True, kw_only=True)
class MailFoundAgain(MailFact):
    """A mail that is here already came by another mailbox too, or once more by the same."""

    channel_id: str


@dataclass(frozen=True, kw_only=True)
class MailReturned(MailFact):
    """A mail server told what became of a mail of ours."""

    action: str
    status: str
    detail: str
    report_id: str = ""
    """The mail by which it told."""
    copies: list[str] = field(default_factory=list)
    """Of whose copies alone."""


@dataclass(frozen=True, kw_only=True)
class HintFact(Fact):
    """Somebody decided about a mail that says it answers another conversation."""

    conversation_id: str
    message_id: str
    """The hint's."""
    other_id: str

    @property
    def subject(self) -> str:
        return self.conversation_id


@dataclass(frozen=True, kw_only=True)
class MailJoined(HintFact):
    """Who wrote it is the contact of the other conversation; both are one contact's from then on."""


@dataclass(frozen=True, kw_only=True)
class MailParted(HintFact):
    """That was a mistake, and was undone."""


@dataclass(frozen=True, kw_only=True)
class MailLeftApart(HintFact):
    """Who wrote it is somebody else; nobody is asked again."""


@dataclass(frozen=True, kw_only=True)
class BackfillAsked(Audited):
    """Somebody had the mails taken in that lay in a mailbox before."""

    channel_id: str
    day: str

    @property
    def subject(self) -> str:
        return self.channel_id
