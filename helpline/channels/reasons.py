"""Why a message did not reach its contact, in our words: what providers say in theirs is led back to one of these.

Each kind of channel has its table of it (``errors.py``), by which answers to a call and later reports are read alike.
"""

from enum import StrEnum
from typing import Literal, NamedTuple

FailureKind = Literal["temporary", "permanent", "window_closed", "blocked", "auth"]
"""Try again; never will; the contact has to write first; the contact does not want it; the credentials are not right."""


class Reason(StrEnum):
    """A reason, what kind of failure it is, and what it means; the desk says it in the language of who reads."""

    kind: FailureKind
    meaning: str

    def __new__(cls, word: str, kind: FailureKind, meaning: str) -> "Reason":
        made = str.__new__(cls, word)
        made._value_, made.kind, made.meaning = word, kind, meaning
        return made

    BUSY = "busy", "temporary", "Too much was sent at once."
    LIMIT = "limit", "temporary", "As much was sent as the provider allows for now."
    DOWN = "down", "temporary", "The provider has trouble of its own."
    UNKNOWN = "unknown", "temporary", "The provider does not say why."
    AWAY = "away", "temporary", "The contact's phone is off or out of reach."
    MAILBOX_FULL = "mailbox_full", "temporary", "The contact's mailbox is full."

    NO_SUCH_ADDRESS = "no_such_address", "permanent", "Nobody is reached at this address or number."
    CANNOT_RECEIVE = "cannot_receive", "permanent", "This number or account cannot receive such messages."
    TO_ITSELF = "to_itself", "permanent", "The message is to the very number it is from."
    TOO_LONG = "too_long", "permanent", "The message is too long or too large."
    FILE_REFUSED = (
        "file_refused",
        "permanent",
        "The provider does not take this file: another kind or a smaller one may go.",
    )
    FILE_NOT_FETCHED = "file_not_fetched", "permanent", "The provider could not fetch the file from us."
    UNSUPPORTED = "unsupported", "permanent", "The channel cannot carry this kind of message to this contact."
    FILTERED = "filtered", "permanent", "It was taken for spam, or for something that may not be said."
    HELD_BACK = "held_back", "permanent", "The provider chose not to deliver it, as it limits what this contact gets."
    SPAM_LIMIT = "spam_limit", "permanent", "Sending is limited because contacts blocked or reported messages of ours."
    USED_UP = "used_up", "permanent", "The messages that were paid for are used up."
    COUNTRY = "country", "permanent", "The account may not send to this country."
    TEST_ACCOUNT = "test_account", "permanent", "The account is one for tests, which reaches only who is entered there."
    DOUBTED = "doubted", "permanent", "Their mail server does not believe that the mail is from us (SPF, DKIM, DMARC)."
    MESSAGE_GONE = "message_gone", "permanent", "The message in question is gone, or too old to be changed."
    TEMPLATE_MISSING = (
        "template_missing",
        "permanent",
        "The template does not exist in this language, or is not approved.",
    )
    TEMPLATE_VALUES = "template_values", "permanent", "What was filled into the template does not fit it."
    TEMPLATE_PAUSED = "template_paused", "permanent", "The provider has paused or disabled the template."
    ELSEWHERE = "elsewhere", "permanent", "Another program has taken over here."
    NOT_UNDERSTOOD = "not_understood", "permanent", "The provider does not take it as it was asked."

    WINDOW_CLOSED = "window_closed", "window_closed", "The time to answer freely is over."

    BLOCKED_US = "blocked_us", "blocked", "The contact has blocked us, or turned messages off."
    OPTED_OUT = "opted_out", "blocked", "The contact asked for no more messages."
    GONE = "gone", "blocked", "The contact's account, or the group, is no more."
    WITHHELD = "withheld", "blocked", "It was not sent on purpose: it would have answered a machine."
    NOT_STARTED = "not_started", "blocked", "The contact has never written to us there."
    NO_RIGHT = "no_right", "blocked", "The group does not let us write."

    TOKEN = "token", "auth", "The credentials are not valid, or not any more."
    PERMISSION = "permission", "auth", "The account lacks a permission for this."
    LOCKED = "locked", "auth", "The provider has locked or restricted our account."
    PAYMENT = "payment", "auth", "The provider wants something to be paid, or agreed to."
    NOT_REGISTERED = "not_registered", "auth", "Our number or sender is not registered, approved or able to send."


class Meaning(NamedTuple):
    """What an error of a provider's means."""

    said: str
    """As its documentation calls it."""
    reason: Reason
    wait: float | None = None
    """Seconds after which it can help to try again, where the provider names none."""
    may_have_arrived: bool = False


class Wording(NamedTuple):
    """An error that is known by its status and its words; these are not promised to stay, so a status alone means something too."""

    status: int
    words: str
    reason: Reason


def by_status(status: int) -> Reason:
    """What an answer means of which nothing but the status is known."""
    if status == 429:
        return Reason.BUSY
    if status in {408, 425} or status >= 500:
        return Reason.DOWN
    known = {401: Reason.TOKEN, 402: Reason.PAYMENT, 403: Reason.PERMISSION, 413: Reason.TOO_LONG}
    return known.get(status, Reason.NOT_UNDERSTOOD)


def by_words(wordings: tuple[Wording, ...], status: int, said: str) -> Reason:
    """The first of them that is in what was said, in whatever letters."""
    lower = said.lower()
    found = (one.reason for one in wordings if one.status == status and one.words.lower() in lower)
    return next(found, by_status(status))
