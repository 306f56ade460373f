"""What comes in by a mailbox, as the product takes it in."""

from collections.abc import Collection
from dataclasses import dataclass

from helpline.channels.inbound import Event, Media, Said, Who

from .automatic import Written, may_be_answered_automatically, written
from .mail import Address, Mail, Report
from .replying import visible

LONGEST_TEXT = 100_000


@dataclass(frozen=True, kw_only=True)
class Mailed(Said):
    """A mail came. Which conversation it belongs to is found out where conversations are known."""

    mail: Mail
    written: Written
    answerable: bool
    """Whether something automatic may go back."""
    answer_to: str = ""
    """Another address at which who wrote it wants to be answered."""

    @property
    def about(self) -> frozenset[str]:
        """Also who wrote it in whose name ever, and the mails that it goes on with."""
        author = {self.mail.author.address} if self.mail.author else frozenset[str]()
        return super().about | author | {self.mail.id, *self.mail.answers, *self.mail.references}


@dataclass(frozen=True, kw_only=True)
class Bounced(Event):
    """A mail server says what became of a mail of ours."""

    report: Report
    id: str
    """Its own id as a mail."""

    @property
    def about(self) -> frozenset[str]:
        """Itself, and the mail that it reports on."""
        return frozenset({self.id, *self.report.about})


def mailed(mail: Mail, author: Address, ours: Collection[str], mark: str) -> Mailed:
    """A mail that is not a report as an event."""
    by = written(mail, ours=ours, mark=mark)
    whom = correspondent(mail, author, ours)
    files = [Media(ref={"number": n}, name=a.name, size=len(a.content), content=a.content, media_type=a.type)
             for n, a in enumerate(mail.attachments)]  # fmt: skip
    return Mailed(
        external_id=mail.id,
        who=Who(address=whom.address, name=whom.name, email=whom.address),
        text=visible(mail.text, subject=mail.subject, sender=whom.name or whom.address)[:LONGEST_TEXT],
        media=tuple(files),
        at=mail.date,
        automatic=by != "by_person",
        mail=mail,
        written=by,
        answerable=may_be_answered_automatically(mail, by),
        answer_to=_wish(mail, whom, ours),
    )


def _wish(mail: Mail, whom: Address, ours: Collection[str]) -> str:
    """The one address that the mail names for answers. A list's is none: there, all who read it would get them."""
    if "list-id" in mail.headers or len(mail.reply_to) != 1:
        return ""
    wished = mail.reply_to[0].address
    return "" if wished in ours or wished == whom.address else wished


def correspondent(mail: Mail, author: Address, ours: Collection[str]) -> Address:
    """Whose mail it is: who wrote it, unless a group or a form of ours wrote it for them.

    Anybody can write headers, and have a list. Only where the mail is from an address of ours, which mail servers keep to us, do
    they say who it is for.
    """
    if author.address not in ours:
        return author
    original = mail.headers.get("x-original-sender", "").strip().lower()
    if original.count("@") == 1 and " " not in original and original not in ours:
        return Address(original, author.name)
    instead = [one for one in mail.reply_to if one.address not in ours]
    return instead[0] if len(instead) == 1 else author
