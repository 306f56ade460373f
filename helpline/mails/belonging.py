"""Where a mail belongs: in a conversation, in one that goes on with another, or in one of its own."""

from dataclasses import dataclass
from typing import Literal

from helpline.channels.email.mail import Mail
from helpline.channels.email.threads import Claim, Found, Place, claims, place
from helpline.conversations import Conversation
from helpline.core import Tx

from . import finding, tokens
from .describing import is_renamed
from .queries import is_open


@dataclass(frozen=True)
class Belongs:
    """Where a mail belongs, beside what it points at, and who takes part there."""

    place: Place | Literal["new"]
    about: Conversation | None = None
    people: frozenset[str] = frozenset()

    @property
    def same(self) -> Conversation | None:
        """The conversation in which it is a message."""
        return self.about if self.place == "same" else None

    @property
    def earlier(self) -> Conversation | None:
        """The conversation that it goes on with, in it or after it."""
        return self.about if self.place in {"same", "follow_up"} else None

    @property
    def previous(self) -> Conversation | None:
        """The conversation after which it opens another."""
        return self.about if self.place == "follow_up" else None

    @property
    def beside(self) -> Conversation | None:
        """The conversation of which whoever serves it has to say whether the two belong together."""
        return self.about if self.place == "join" else None

    def thread(self, own: str) -> str:
        """The thread that it is in; ``own`` where it begins one, as a new matter beside a conversation that is still open."""
        if self.same is None and (self.previous is None or is_open(self.previous)):
            return own
        return self.about.thread if self.about is not None else own

    @property
    def subject(self) -> str:
        """What the conversation in which it is a message was about before it."""
        return self.same.subject if self.same is not None else ""

    def renames(self, subject: str) -> bool:
        """Whether that conversation is about something else from this mail on."""
        return bool(self.subject) and is_renamed(self.subject, subject)


def belongs(tx: Tx, mail: Mail) -> Belongs:
    """The first conversation it points at where that counts; else the first where it does not."""
    beside = Belongs("new")
    for claim in claims(mail, tokens.key(tx)):
        conversation = _claimed(tx, claim)
        if conversation is None:
            continue
        there = finding.taking_part(tx, conversation.id)
        found = Found(
            open=is_open(conversation),
            last_at=conversation.last_at,
            subject=there.subject,
            participants=there.people,
        )
        here = Belongs(place(found, mail, by=claim.by, now=tx.now), conversation, there.people)
        if here.place != "join":
            return here
        beside = here if beside.about is None else beside
    return beside


def _claimed(tx: Tx, claim: Claim) -> Conversation | None:
    id = claim.conversation_id
    if not id:
        mails = finding.under_id(tx, [claim.mail_id])
        id = mails[0].conversation_id if mails else ""
    return finding.as_it_goes_on(tx, id) if id else None
